using Bridge.Calling;
using Bridge.Configuration;
using Bridge.Profiles;
using Bridge.Weights;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace Bridge.Embedded;

/// <summary>Serves <c>embedded</c>: the tool caller that needs no model. It has no responder.</summary>
/// <param name="clock">Says what day it is.</param>
/// <param name="options">Says which weights it uses; a change holds from the next start.</param>
internal sealed class EmbeddedProvider(TimeProvider clock, IOptionsMonitor<BridgeOptions> options) : IModelProvider
{
    /// <summary>The provider's name.</summary>
    public const string Name = "embedded";

    private readonly Lazy<ExtractorWeights> _weights = WeightsFile.Of(options.CurrentValue.Embedded.Weights);
    private EmbeddedToolCaller? _caller;

    /// <inheritdoc/>
    public bool Serves(string provider) => provider == Name;

    /// <inheritdoc/>
    public IToolCaller? CreateToolCaller(ModelName name, ModelProfile profile) => name.Model.Length == 0 ? _caller ??= new EmbeddedToolCaller(clock, _weights) : null;

    /// <inheritdoc/>
    public IChatClient? CreateResponder(ModelName name, ModelProfile profile) => null;

    /// <inheritdoc/>
    public Task<ModelProbe> ProbeAsync(ModelName name, CancellationToken cancellationToken)
    {
        ModelProbe probe = name.Model.Length > 0
            ? new ModelProbe(false, $"'{name}' does not exist; 'embedded' is one model and stands alone.")
            : Probe(options.CurrentValue.Embedded.Weights);
        return Task.FromResult(probe);
    }

    private ModelProbe Probe(string? file)
    {
        try
        {
            _ = string.IsNullOrEmpty(file) ? null : _weights.Value;
            return new ModelProbe(true, string.IsNullOrEmpty(file)
                ? "It ships with Bridge: nothing to download, nothing to start."
                : $"It uses the weights of '{file}': nothing to download, nothing to start.") { Tools = true };
        }
        catch (ToolCallerException error)
        {
            return new ModelProbe(false, error.Message);
        }
    }
}
