using System.Text.Json.Nodes;
using Bridge.Configuration;

namespace Bridge.Profiles;

/// <summary>A file being read, and what is found wrong on the way.</summary>
internal sealed class ConfigSection(ConfigFileContent file, List<ConfigProblem> problems)
{
    public void Report(string code, string path, string message, string cure) =>
        problems.Add(new ConfigProblem(code, file.Location(path), message, cure));

    public void ReportUnknown(string path, string key, IReadOnlyCollection<string> known)
    {
        string? meant = ConfigFileKeys.NearMiss(key, known);
        Report(
            "unknown-key",
            ConfigFileContent.Member(path, key),
            $"'{key}' is not a key that is known here.",
            meant is null ? $"Remove it; allowed are {string.Join(", ", known.Select(name => $"'{name}'"))}." : $"Did you mean '{meant}'?");
    }

    /// <summary>The members of an object; anything else is reported and has none.</summary>
    public IEnumerable<KeyValuePair<string, JsonNode?>> Members(string path, JsonNode? node)
    {
        if (node is JsonObject members)
        {
            return members;
        }

        if (node is not null)
        {
            Report("invalid-value", path, $"'{path}' is not an object.", "Write { … }.");
        }

        return [];
    }

    /// <summary>Reads an object key by key; what a key's reader finds wrong is reported there.</summary>
    public T Read<T>(string path, JsonNode? node, T start, IReadOnlyDictionary<string, Func<T, ConfigValue, T>> keys)
    {
        if (node is null)
        {
            Report("invalid-value", path, $"'{path}' is not an object.", "Write { … }.");
        }

        T result = start;
        foreach ((string key, JsonNode? value) in Members(path, node))
        {
            if (!keys.TryGetValue(key, out Func<T, ConfigValue, T>? read))
            {
                ReportUnknown(path, key, [.. keys.Keys]);
                continue;
            }

            try
            {
                result = read(result, new ConfigValue(value));
            }
            catch (FormatException error)
            {
                Report("invalid-value", ConfigFileContent.Member(path, key), $"The value of '{key}' cannot be used.", error.Message);
            }
        }

        return result;
    }
}
