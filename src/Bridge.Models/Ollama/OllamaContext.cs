using Bridge.Profiles;

namespace Bridge.Models.Ollama;

/// <summary>How much context Ollama is asked for. Always said: what a server does not hear of, it cuts off at its own default without a word.</summary>
internal static class OllamaContext
{
    /// <summary>Room for a prompt and a shortlist; memory grows with it, and changing it makes the server load the model again.</summary>
    public const int DefaultTokens = 8192;

    public static int TokensFor(ModelProfile profile, OllamaModelInfo? info) =>
        profile.ContextTokens ?? Math.Min(DefaultTokens, info?.ContextTokens ?? DefaultTokens);
}
