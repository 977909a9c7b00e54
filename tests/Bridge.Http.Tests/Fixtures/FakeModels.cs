using Bridge.Calling;
using Bridge.Profiles;
using Microsoft.Extensions.AI;

namespace Bridge.Http.Tests.Fixtures;

/// <summary>Serves responders named <c>fake/…</c>, all of them one client.</summary>
internal sealed class FakeModels : IModelProvider
{
    public Func<IEnumerable<ChatMessage>, ChatOptions?, CancellationToken, Task<ChatResponse>> Answer { get; set; } =
        (_, _, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hello.")));

    public bool Serves(string provider) => provider == "fake";

    public IToolCaller? CreateToolCaller(ModelName name, ModelProfile profile) => null;

    public IChatClient CreateResponder(ModelName name, ModelProfile profile) => new Client(this);

    public Task<ModelProbe> ProbeAsync(ModelName name, CancellationToken cancellationToken) => Task.FromResult(new ModelProbe(true, ""));

    private sealed class Client(FakeModels models) : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken) =>
            models.Answer(messages, options, cancellationToken);

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey) => null;

        public void Dispose()
        {
        }
    }
}
