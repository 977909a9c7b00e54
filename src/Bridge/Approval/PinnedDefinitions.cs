using System.Text.Json.Serialization;

namespace Bridge.Approval;

/// <summary>The trusted definitions of one source, as they are stored.</summary>
internal sealed record PinnedDefinitions
{
    /// <summary>When they were trusted, in UTC.</summary>
    public required DateTimeOffset TrustedAt { get; init; }

    /// <summary>The definition hashes by tool name.</summary>
    public required Dictionary<string, string> Tools { get; init; }
}

/// <summary>How pins are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(PinnedDefinitions))]
internal sealed partial class PinsJsonContext : JsonSerializerContext;
