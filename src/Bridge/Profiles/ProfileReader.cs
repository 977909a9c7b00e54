using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bridge.Profiles;

/// <summary>Reads one profile.</summary>
internal static class ProfileReader
{
    private const int MostTokens = 10_000_000;

    private static readonly FrozenDictionary<string, Func<ModelProfile, ConfigValue, ModelProfile>> s_keys =
        new Dictionary<string, Func<ModelProfile, ConfigValue, ModelProfile>>
        {
            ["match"] = (profile, value) => profile with { Match = value.Text() },
            ["attempts"] = (profile, value) => profile with { Attempts = value.Whole(1, 1000) },
            ["retryNoCall"] = (profile, value) => profile with { RetryNoCall = value.Truth() },
            ["temperatures"] = (profile, value) => profile with { Temperatures = [.. value.Items().Select(item => item.Number(0, 2))] },
            ["attemptTimeout"] = (profile, value) => profile with { AttemptTimeout = value.Time() },
            ["totalTimeout"] = (profile, value) => profile with { TotalTimeout = value.Time() },
            ["circuitFailures"] = (profile, value) => profile with { CircuitFailures = value.Whole(0, 1000) },
            ["circuitBreak"] = (profile, value) => profile with { CircuitBreak = value.Time() },
            ["threshold"] = (profile, value) => profile with { Threshold = value.Number(0, 1) },
            ["sideEffectThreshold"] = (profile, value) => profile with { SideEffectThreshold = value.Number(0, 1) },
            ["contextTokens"] = (profile, value) => profile with { ContextTokens = value.Whole(256, MostTokens) },
            ["outputTokens"] = (profile, value) => profile with { OutputTokens = value.Whole(1, MostTokens) },
            ["maxTools"] = (profile, value) => profile with { MaxTools = value.Whole(1, 100_000) },
            ["toolFormat"] = (profile, value) => profile with { ToolFormat = value.OneOf<ToolFormat>() },
            ["examples"] = (profile, value) => profile with { Examples = value.Whole(0, 16) },
            ["toolRole"] = (profile, value) => profile with { ToolRole = value.Truth() },
            ["think"] = (profile, value) => profile with { Think = value.Truth() },
            ["keepAlive"] = (profile, value) => profile with { KeepAlive = value.Text() },
            ["repair"] = (profile, value) => profile with { Repair = value.Truth() },
            ["sizeBytes"] = (profile, value) => profile with { SizeBytes = value.Bytes() },
            ["memoryBytes"] = (profile, value) => profile with { MemoryBytes = value.Bytes() },
            ["rank"] = (profile, value) => profile with { Rank = value.Whole(1, 1000) },
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The keys a profile may have.</summary>
    public static IReadOnlyCollection<string> Keys => s_keys.Keys;

    public static ModelProfile Read(string path, JsonNode? node, ConfigSection section)
    {
        string? match = node is JsonObject members && members["match"] is { } value && value.GetValueKind() == JsonValueKind.String
            ? value.GetValue<string>()
            : null;
        ModelProfile shipped = match is null ? ModelProfile.Default : ProfileTable.BuiltIn.Find(match);
        ModelProfile profile = section.Read(path, node, shipped, s_keys);
        if (node is JsonObject without && !without.ContainsKey("match"))
        {
            section.Report("missing-key", path, "A profile needs 'match', the models it is for.", "Write a name or a glob, such as \"match\": \"qwen3:*\".");
        }

        if (profile.ContextTokens <= profile.OutputTokens)
        {
            section.Report("invalid-value", $"{path}.contextTokens", $"The context of {profile.ContextTokens} tokens has no room besides the {profile.OutputTokens} kept for the answer.", "Raise 'contextTokens' or lower 'outputTokens'.");
        }

        return profile;
    }
}
