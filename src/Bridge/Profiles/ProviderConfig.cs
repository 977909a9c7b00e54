using System.Collections.Immutable;

namespace Bridge.Profiles;

/// <summary>An endpoint of models as the user wrote it.</summary>
/// <param name="Name">The name before the slash of its models.</param>
/// <param name="Url">The base address, such as <c>http://127.0.0.1:8000/v1</c>.</param>
public sealed record ProviderConfig(string Name, Uri Url)
{
    /// <summary>Which API it speaks.</summary>
    /// <value>The default is <see cref="ProviderKind.Ollama"/> for the name <c>ollama</c>, else <see cref="ProviderKind.OpenAi"/>.</value>
    public ProviderKind Kind { get; init; } = Name == "ollama" ? ProviderKind.Ollama : ProviderKind.OpenAi;

    /// <summary>The key; <see langword="null"/> for an endpoint without one. Never logged.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Headers to send with every request.</summary>
    public ImmutableDictionary<string, string> Headers { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <inheritdoc/>
    /// <remarks>Key and headers are left out: the text may reach a log.</remarks>
    public override string ToString() => $"{Name} ({Url})";
}
