using Bridge.Calling;
using Bridge.Configuration;
using Bridge.Profiles;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace Bridge.Vectors;

/// <summary>The model of embeddings that configuration names, as it is at this moment. Thread-safe.</summary>
/// <param name="providers">Who serves models.</param>
/// <param name="profiles">Says when endpoints changed.</param>
/// <param name="options">The configuration.</param>
internal sealed class EmbeddingModel(IEnumerable<IModelProvider> providers, IModelProfiles profiles, IOptionsMonitor<BridgeOptions> options)
{
    private readonly IModelProvider[] _providers = [.. providers];
    private Known? _known;

    /// <summary>The configured name; <see langword="null"/> for none.</summary>
    public string? Name => options.CurrentValue.Shortlisting.Embeddings;

    /// <summary>The most time a prompt waits.</summary>
    public TimeSpan Timeout => options.CurrentValue.Shortlisting.EmbeddingTimeout;

    /// <summary>Who makes embeddings; <see langword="null"/> where none is named.</summary>
    /// <exception cref="ToolCallerException">Nothing serves the configured name.</exception>
    public IEmbeddingGenerator<string, Embedding<float>>? Find()
    {
        if (Name is not { Length: > 0 } name)
        {
            return null;
        }

        Known? known = _known;
        if (known is null || known.Name != name || known.Version != profiles.Version)
        {
            _known = known = new Known(name, profiles.Version, Create(name));
        }

        return known.Generator;
    }

    private IEmbeddingGenerator<string, Embedding<float>> Create(string text)
    {
        ModelName name;
        try
        {
            name = ModelName.Parse(text);
        }
        catch (FormatException error)
        {
            throw new ToolCallerException(Outcomes.ReasonKind.UnknownModel, error.Message, error);
        }

        return _providers.Where(provider => provider.Serves(name.Provider)).Select(provider => provider.CreateEmbeddings(name)).OfType<IEmbeddingGenerator<string, Embedding<float>>>().FirstOrDefault()
            ?? throw new ToolCallerException(
                Outcomes.ReasonKind.UnknownModel,
                $"'{text}' gives no embeddings: nothing serves '{name.Provider}' so. Use 'openai/MODEL', 'ollama/MODEL' or a provider named in the models file.");
    }

    private sealed record Known(string Name, int Version, IEmbeddingGenerator<string, Embedding<float>> Generator);
}
