using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Bridge.Configuration;

namespace Bridge.Policy;

/// <summary>Reads <c>policy.json</c> (or YAML): <c>rules</c> in the order they are tried.</summary>
/// <remarks>A rule that cannot be read denies the tools it is for, whatever stands before it: nobody knows what it would have forbidden.</remarks>
public static class PolicyFile
{
    private static readonly string[] s_keys = ["rules", "$schema"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The rules, and everything that is wrong with them.</returns>
    public static PolicyFileResult Read(string path) => Read(ConfigFile.Read(path));

    /// <summary>Reads a text as the file of that path would be read.</summary>
    /// <param name="path">The path, for its ending and for messages.</param>
    /// <param name="text">The text.</param>
    /// <returns>The rules, and everything that is wrong with them.</returns>
    public static PolicyFileResult Parse(string path, string text) => Read(ConfigFile.Parse(path, text));

    private static PolicyFileResult Read(ConfigFileContent file)
    {
        var problems = new List<ConfigProblem>(file.Problems);
        if (file.Root is not { } root || problems.Count > 0)
        {
            return new PolicyFileResult(null, [.. problems], file.Text);
        }

        foreach (string key in root.Select(member => member.Key).Where(key => !s_keys.Contains(key)))
        {
            problems.Add(new ConfigProblem("unknown-key", file.Location(key), $"'{key}' is not a key that is known here.", "Remove it; allowed is 'rules'."));
        }

        if (root["rules"] is not JsonArray list)
        {
            problems.Add(new ConfigProblem("invalid-value", file.Location("rules"), "'rules' is not a list.", """Write a list: [{ "tool": "files/*", "effect": "deny" }]."""));
        }
        else if (problems.Count == 0)
        {
            return ReadRules(file, list);
        }

        return new PolicyFileResult(null, [.. problems], file.Text);
    }

    private static PolicyFileResult ReadRules(ConfigFileContent file, JsonArray list)
    {
        var rules = new List<PolicyRule>();
        var broken = new List<PolicyRule>();
        var problems = new List<ConfigProblem>();
        foreach ((int index, JsonNode? node) in list.Index())
        {
            var reader = new PolicyRuleReader(file, $"rules[{index}]");
            PolicyRule rule = reader.Read(node);
            (reader.Problems.Count == 0 ? rules : broken).Add(rule);
            problems.AddRange(reader.Problems);
        }

        return new PolicyFileResult(new PolicyRules([.. broken, .. rules]), [.. problems], file.Text);
    }
}
