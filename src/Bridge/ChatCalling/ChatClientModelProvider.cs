using Bridge.Calling;
using Bridge.Profiles;
using Bridge.Tokens;
using Microsoft.Extensions.AI;

namespace Bridge.ChatCalling;

/// <summary>Makes one chat client, given in code, a tool caller and a responder under a provider name of its own.</summary>
/// <param name="provider">The name before the slash, such as <c>mine</c> in <c>mine</c> or <c>mine/qwen3</c>.</param>
/// <param name="client">The client; whoever made it disposes it.</param>
public sealed class ChatClientModelProvider(string provider, IChatClient client) : IModelProvider
{
    private readonly string _provider = provider;
    private readonly TokenEstimator _estimator = new();

    /// <summary>How the client honours a tool choice.</summary>
    /// <value>The default is <see cref="ToolChoiceSupport.Native"/>.</value>
    public ToolChoiceSupport ToolChoice { get; init; }

    /// <inheritdoc/>
    public bool Serves(string provider) => string.Equals(provider, _provider, StringComparison.Ordinal);

    /// <inheritdoc/>
    public IToolCaller? CreateToolCaller(ModelName name, ModelProfile profile) =>
        new ChatClientToolCaller(new NamedModelChatClient(client, name), name, profile) { ToolChoice = ToolChoice, Estimator = _estimator };

    /// <inheritdoc/>
    public IChatClient? CreateResponder(ModelName name, ModelProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        IChatClient named = new NamedModelChatClient(client, name);
        var guarded = new ContextGuardChatClient(named, name, profile, _estimator);
        return profile.ToolRole ? guarded : new ToolTextChatClient(guarded);
    }

    /// <inheritdoc/>
    public Task<ModelProbe> ProbeAsync(ModelName name, CancellationToken cancellationToken) =>
        Task.FromResult(new ModelProbe(true, $"'{name}' is a chat client given in code; nothing was asked."));
}
