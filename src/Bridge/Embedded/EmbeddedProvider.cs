using Bridge.Calling;
using Bridge.Profiles;
using Microsoft.Extensions.AI;

namespace Bridge.Embedded;

/// <summary>Serves <c>embedded</c>: the tool caller that needs no model. It has no responder.</summary>
/// <param name="clock">Says what day it is.</param>
internal sealed class EmbeddedProvider(TimeProvider clock) : IModelProvider
{
    /// <summary>The provider's name.</summary>
    public const string Name = "embedded";

    private readonly EmbeddedToolCaller _caller = new(clock);

    /// <inheritdoc/>
    public bool Serves(string provider) => provider == Name;

    /// <inheritdoc/>
    public IToolCaller? CreateToolCaller(ModelName name, ModelProfile profile) => name.Model.Length == 0 ? _caller : null;

    /// <inheritdoc/>
    public IChatClient? CreateResponder(ModelName name, ModelProfile profile) => null;

    /// <inheritdoc/>
    public Task<ModelProbe> ProbeAsync(ModelName name, CancellationToken cancellationToken)
    {
        ModelProbe probe = name.Model.Length == 0
            ? new ModelProbe(true, "It ships with Bridge: nothing to download, nothing to start.") { Tools = true }
            : new ModelProbe(false, $"'{name}' does not exist; 'embedded' is one model and stands alone.");
        return Task.FromResult(probe);
    }
}
