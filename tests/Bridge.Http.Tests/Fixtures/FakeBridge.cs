using Bridge.Outcomes;
using Bridge.Pipeline;
using Bridge.Prompts;
using Bridge.Tools;

namespace Bridge.Http.Tests.Fixtures;

/// <summary>A bridge that does what the test says, and remembers what it was asked.</summary>
internal sealed class FakeBridge : IToolCallBridge
{
    public Func<Prompt, CancellationToken, Task<Prompt>> Handler { get; set; } =
        (prompt, _) => Task.FromResult(prompt.With(new ToolCalling(PromptOutcome.NoCall, new Reason(ReasonKind.NothingProposed, "Nothing fits."))));

    public List<(Prompt Prompt, ToolCallOptions? Options, CallContext? Context)> Requests { get; } = [];

    public Task<Prompt> UpdateWithToolCall(Prompt prompt, ToolCallOptions? options, CallContext? context, CancellationToken cancellationToken)
    {
        lock (Requests)
        {
            Requests.Add((prompt, options, context));
        }

        return Handler(prompt, cancellationToken);
    }

    public IAsyncEnumerable<BridgeEvent> StreamAsync(
        Prompt prompt, ToolCallOptions? options, CallContext? context, CancellationToken cancellationToken) => throw new NotSupportedException();
}
