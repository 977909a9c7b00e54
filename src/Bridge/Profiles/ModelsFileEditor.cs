using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Configuration;

namespace Bridge.Profiles;

/// <summary>Changes the profile of one model in <c>models.json</c>; everything else it says stays, comments and layout excepted.</summary>
public static class ModelsFileEditor
{
    private static readonly JsonSerializerOptions s_layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Sets values of a model's profile; a profile of its own is made from the one that fits it now, and stands before that.</summary>
    /// <param name="path">The file; it is made where there is none.</param>
    /// <param name="name">The model.</param>
    /// <param name="values">The values by key.</param>
    /// <exception cref="BridgeConfigurationException">The file is broken or YAML, or would be broken by the change; it is left as it was.</exception>
    public static void Set(string path, ModelName name, IReadOnlyDictionary<string, JsonNode> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (ConfigFile.IsYaml(path))
        {
            throw new BridgeConfigurationException(new ConfigProblem("yaml-not-edited", path, "A YAML file is not edited by Bridge.", "Write the values into it by hand, or use models.json."));
        }

        JsonObject root = File.Exists(path) ? Read(path) : [];
        string match = name.Model.Length > 0 ? name.Model : name.Provider;
        JsonArray profiles = root["profiles"] as JsonArray ?? [];
        root["profiles"] = profiles;
        JsonObject profile = ProfileFor(match, profiles);
        foreach ((string key, JsonNode value) in values)
        {
            profile[key] = value.DeepClone();
        }

        string text = root.ToJsonString(s_layout) + "\n";
        Require(ModelsFile.Parse(path, text));
        ConfigFileWriter.Write(path, text);
    }

    private static JsonObject Read(string path)
    {
        Require(ModelsFile.Read(path));
        return (JsonObject)ConfigFile.Read(path).Root!.DeepClone();
    }

    // The first that matches wins: what a broader one says of this model must stand in the new one too.
    private static JsonObject ProfileFor(string match, JsonArray profiles)
    {
        int index = 0;
        foreach (JsonObject profile in profiles.OfType<JsonObject>())
        {
            string glob = profile["match"]!.GetValue<string>();
            if (string.Equals(glob, match, StringComparison.OrdinalIgnoreCase))
            {
                return profile;
            }

            if (NameGlob.Matches(glob, match))
            {
                var copy = (JsonObject)profile.DeepClone();
                copy["match"] = match;
                profiles.Insert(index, copy);
                return copy;
            }

            index++;
        }

        var made = new JsonObject { ["match"] = match };
        profiles.Insert(0, made);
        return made;
    }

    private static void Require(ModelsFileResult result)
    {
        if (result.Config is null)
        {
            throw new BridgeConfigurationException(result.Problems);
        }
    }
}
