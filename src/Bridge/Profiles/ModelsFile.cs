using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Bridge.Configuration;

namespace Bridge.Profiles;

/// <summary>Reads <c>models.json</c> (or YAML): <c>providers</c> by name and <c>profiles</c> in the order they are tried.</summary>
/// <remarks>A profile begins with what Bridge ships for the model it names; what it says replaces that, key by key.</remarks>
public static class ModelsFile
{
    private static readonly string[] s_keys = ["providers", "profiles", "$schema"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="environment">How to look up an environment variable; <see langword="null"/> for the process's own.</param>
    /// <returns>The configuration, or everything that is wrong with it.</returns>
    public static ModelsFileResult Read(string path, Func<string, string?>? environment = null) =>
        Read(ConfigFile.Read(path), environment);

    /// <summary>Reads a text as the file of that path would be read.</summary>
    /// <param name="path">The path, for its ending and for messages.</param>
    /// <param name="text">The text.</param>
    /// <param name="environment">How to look up an environment variable; <see langword="null"/> for the process's own.</param>
    /// <returns>The configuration, or everything that is wrong with it.</returns>
    public static ModelsFileResult Parse(string path, string text, Func<string, string?>? environment = null) =>
        Read(ConfigFile.Parse(path, text), environment);

    private static ModelsFileResult Read(ConfigFileContent file, Func<string, string?>? environment)
    {
        var problems = new List<ConfigProblem>(file.Problems);
        if (file.Root is null)
        {
            return new ModelsFileResult(null, [.. problems], file.Text);
        }

        var root = (JsonObject)new ConfigFileVariables(environment: environment).Expand(file.Root, file, "", problems)!;
        var section = new ConfigSection(file, problems);
        foreach (string key in root.Select(member => member.Key).Where(key => !s_keys.Contains(key)))
        {
            section.ReportUnknown("", key, s_keys);
        }

        ModelsConfig config = new(ReadProviders(root["providers"], section), new ProfileTable(ReadProfiles(root["profiles"], section)));
        return new ModelsFileResult(problems.Count == 0 ? config : null, [.. problems], file.Text);
    }

    private static ImmutableDictionary<string, ProviderConfig> ReadProviders(JsonNode? node, ConfigSection section)
    {
        var providers = ImmutableDictionary.CreateBuilder<string, ProviderConfig>(StringComparer.Ordinal);
        foreach ((string name, JsonNode? value) in section.Members("providers", node))
        {
            if (ProviderReader.Read(name, value, section) is { } provider)
            {
                providers.Add(name, provider);
            }
        }

        return providers.ToImmutable();
    }

    private static ImmutableArray<ModelProfile> ReadProfiles(JsonNode? node, ConfigSection section)
    {
        var profiles = ImmutableArray.CreateBuilder<ModelProfile>();
        if (node is not (null or JsonArray))
        {
            section.Report("invalid-value", "profiles", "'profiles' is not a list.", "Write a list: [{ \"match\": \"qwen3:*\", … }].");
        }

        foreach ((int index, JsonNode? value) in (node as JsonArray ?? []).Index())
        {
            profiles.Add(ProfileReader.Read($"profiles[{index}]", value, section));
        }

        return profiles.ToImmutable();
    }
}
