namespace Bridge.Profiles;

/// <summary>Which API an endpoint speaks.</summary>
public enum ProviderKind
{
    /// <summary>The chat completions of OpenAI, as vLLM, llama-server, LM Studio and most others offer them.</summary>
    OpenAi,

    /// <summary>Ollama's own.</summary>
    Ollama,
}
