using Bridge.Profiles;
using Microsoft.Extensions.AI;

namespace Bridge.Calling;

/// <summary>Who makes tool callers and responders for the models of one provider name.</summary>
public interface IModelProvider
{
    /// <summary>Whether this provider serves the name, such as <c>ollama</c> in <c>ollama/qwen3:0.6b</c>.</summary>
    /// <param name="provider">The name before the slash.</param>
    /// <returns>Whether it does, with the configuration of this moment.</returns>
    bool Serves(string provider);

    /// <summary>Makes a tool caller. Cheap: nothing is connected.</summary>
    /// <param name="name">The model.</param>
    /// <param name="profile">How to treat it.</param>
    /// <returns>The caller; <see langword="null"/> when the provider has none.</returns>
    IToolCaller? CreateToolCaller(ModelName name, ModelProfile profile);

    /// <summary>Makes a responder. Cheap: nothing is connected.</summary>
    /// <param name="name">The model.</param>
    /// <param name="profile">How to treat it.</param>
    /// <returns>The chat client; <see langword="null"/> when the provider has none.</returns>
    IChatClient? CreateResponder(ModelName name, ModelProfile profile);

    /// <summary>Makes what gives texts their embeddings. Cheap: nothing is connected.</summary>
    /// <param name="name">The model.</param>
    /// <returns>The generator; <see langword="null"/> when the provider has none.</returns>
    IEmbeddingGenerator<string, Embedding<float>>? CreateEmbeddings(ModelName name) => null;

    /// <summary>Asks the endpoint whether the model is there, without generating anything.</summary>
    /// <param name="name">The model.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <returns>What was found.</returns>
    Task<ModelProbe> ProbeAsync(ModelName name, CancellationToken cancellationToken);
}

/// <summary>What a provider found when asked for a model.</summary>
/// <param name="Available">Whether the model can be used now.</param>
/// <param name="Detail">What was found, or what is missing and the cure.</param>
public sealed record ModelProbe(bool Available, string Detail)
{
    /// <summary>The context the server says the model has, in tokens; <see langword="null"/> when it does not say.</summary>
    public int? ContextTokens { get; init; }

    /// <summary>Whether the server says the model was trained for tools; <see langword="null"/> when it does not say.</summary>
    public bool? Tools { get; init; }
}
