namespace Bridge.Llama.Store;

/// <summary>Where models come from.</summary>
public sealed record ModelStoreOptions
{
    /// <summary>The variable that names another hub.</summary>
    public const string HubVariable = "HF_ENDPOINT";

    /// <summary>The variable that holds the hub's token.</summary>
    public const string TokenVariable = "HF_TOKEN";

    /// <summary>The hub.</summary>
    /// <value>The default is <c>https://huggingface.co</c>.</value>
    public string Hub { get; init; } = "https://huggingface.co";

    /// <summary>A token for models that are not open to everyone; only the hub is ever sent it.</summary>
    public string? Token { get; init; }

    /// <summary>The options of an environment.</summary>
    /// <param name="variable">Reads a variable.</param>
    public static ModelStoreOptions From(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        ModelStoreOptions defaults = new();
        return new ModelStoreOptions
        {
            Hub = variable(HubVariable) is { } hub && !string.IsNullOrWhiteSpace(hub) ? hub : defaults.Hub,
            Token = variable(TokenVariable) is { } token && !string.IsNullOrWhiteSpace(token) ? token.Trim() : null,
        };
    }
}
