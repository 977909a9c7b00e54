using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Configuration;

namespace Bridge.Mcp.Configuration;

/// <summary>Typed reading of one object of a configuration file; a value of the wrong type is reported and counts as absent.</summary>
internal sealed class ConfigEntry(JsonObject entry, string path, ConfigFileContent file, ICollection<ConfigProblem> problems)
{
    public bool Has(string key) => entry[key] is not null;

    public IEnumerable<string> Keys => entry.Select(pair => pair.Key);

    public bool IsText(string key) => entry[key]?.GetValueKind() == JsonValueKind.String;

    public void Report(string code, string key, string message, string cure) =>
        problems.Add(new ConfigProblem(code, file.Location(key.Length == 0 ? path : ConfigFileContent.Member(path, key)), message, cure));

    public string? Text(string key, bool scalar = false)
    {
        if (entry[key] is not { } node)
        {
            return null;
        }

        if (scalar && Scalar(node) is { } written)
        {
            return written;
        }

        if (node is JsonValue value && value.TryGetValue(out string? text))
        {
            return text;
        }

        Report("wrong-type", key, $"'{key}' is not a text.", "Put it in double quotes.");
        return null;
    }

    /// <summary>The entry of a member that is an object.</summary>
    public ConfigEntry? Section(string key)
    {
        if (entry[key] is not { } node || node.GetValueKind() is JsonValueKind.True or JsonValueKind.False)
        {
            return null; // other programs switch it on or off
        }

        if (node is JsonObject section)
        {
            return new ConfigEntry(section, ConfigFileContent.Member(path, key), file, problems);
        }

        Report("wrong-type", key, $"'{key}' is not an object.", "Write { … }.");
        return null;
    }

    /// <summary>Reports the keys that are nearly known ones; others are those of other programs.</summary>
    public void ReportUnknown(IReadOnlyCollection<string> known)
    {
        foreach (string key in entry.Select(pair => pair.Key).Where(key => !known.Contains(key, StringComparer.Ordinal)))
        {
            if (ConfigFileKeys.NearMiss(key, known) is { } meant)
            {
                Report("unknown-key", key, $"'{key}' is not known here.", $"Did you mean '{meant}'?");
            }
        }
    }

    public bool? Flag(string key)
    {
        if (entry[key] is not { } node)
        {
            return null;
        }

        if (node is JsonValue value && value.TryGetValue(out bool flag))
        {
            return flag;
        }

        Report("wrong-type", key, $"'{key}' is neither true nor false.", "Write true or false without quotes.");
        return null;
    }

    public ImmutableArray<string> Texts(string key)
    {
        if (entry[key] is not { } node)
        {
            return [];
        }

        if (node is not JsonArray array)
        {
            Report("wrong-type", key, $"'{key}' is not a list.", "Write [\"one\", \"two\"].");
            return [];
        }

        var texts = ImmutableArray.CreateBuilder<string>(array.Count);
        for (int i = 0; i < array.Count; i++)
        {
            if (Scalar(array[i]) is { } text)
            {
                texts.Add(text);
            }
            else
            {
                Report("wrong-type", $"{key}[{i}]", "The item is not a text.", "Put it in double quotes.");
            }
        }

        return texts.ToImmutable();
    }

    public ImmutableSortedDictionary<string, string> Pairs(string key)
    {
        if (entry[key] is not { } node)
        {
            return McpServerConfig.NoPairs;
        }

        if (node is not JsonObject members)
        {
            Report("wrong-type", key, $"'{key}' is not an object.", "Write { \"NAME\": \"value\" }.");
            return McpServerConfig.NoPairs;
        }

        ImmutableSortedDictionary<string, string>.Builder pairs = McpServerConfig.NoPairs.ToBuilder();
        foreach ((string name, JsonNode? value) in members)
        {
            if (Scalar(value) is { } text && !text.AsSpan().ContainsAny('\r', '\n', '\0'))
            {
                pairs[name] = text;
            }
            else
            {
                Report("wrong-type", $"{key}.{name}", "The value is not a text of one line.", "Put it in double quotes.");
            }
        }

        return pairs.ToImmutable();
    }

    public TimeSpan? Duration(string key)
    {
        if (entry[key] is not JsonValue value)
        {
            return null;
        }

        if (Seconds(value) is { } seconds and > 0 and <= 86_400)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        Report("invalid-duration", key, $"'{key}' is not a duration up to a day.", "Write seconds as a number, or a text such as \"500ms\", \"30s\" or \"5m\".");
        return null;
    }

    // Numbers and flags are taken as texts too: YAML writers leave the quotes out.
    private static string? Scalar(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => node.ToJsonString(),
        _ => null,
    };

    private static double? Seconds(JsonValue value)
    {
        string text = Scalar(value) ?? "";
        (string number, double unit) = text switch
        {
            _ when text.EndsWith("ms", StringComparison.Ordinal) => (text[..^2], 0.001),
            _ when text.EndsWith('s') => (text[..^1], 1),
            _ when text.EndsWith('m') => (text[..^1], 60),
            _ => (text, 1),
        };
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double parsed) ? parsed * unit : null;
    }
}
