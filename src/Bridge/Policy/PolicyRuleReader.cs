using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Configuration;
using Bridge.Schemas.Compilation;

namespace Bridge.Policy;

/// <summary>Reads one rule, and what is wrong with it.</summary>
/// <param name="file">The file.</param>
/// <param name="path">The rule's path in it.</param>
internal sealed class PolicyRuleReader(ConfigFileContent file, string path)
{
    private const string ToolForm = """a tool id or a glob over ids such as "files/write_*", or a list of them""";

    private static readonly string[] s_keys = ["tool", "clients", "users", "models", "when", "effect", "reason"];

    /// <summary>What is wrong with it.</summary>
    public List<ConfigProblem> Problems { get; } = [];

    /// <summary>Reads it.</summary>
    /// <param name="node">The rule as it is written.</param>
    /// <returns>The rule; a denial of its tools, of all where even those cannot be read, when anything is wrong.</returns>
    public PolicyRule Read(JsonNode? node)
    {
        if (node is not JsonObject rule)
        {
            Report("invalid-value", path, "A rule is an object.", """Write { "tool": "files/*", "effect": "deny" }.""");
            return Broken([]);
        }

        foreach (string key in rule.Select(member => member.Key).Where(key => !s_keys.Contains(key)))
        {
            string? meant = ConfigFileKeys.NearMiss(key, s_keys);
            Report("unknown-key", At(key), $"'{key}' is not a key of a rule.", meant is null ? $"Remove it; allowed are '{string.Join("', '", s_keys)}'." : $"Did you mean '{meant}'?");
        }

        ImmutableArray<ToolPattern> tools = Patterns(rule, "tool", ToolForm);
        if (tools.IsEmpty && !rule.ContainsKey("tool"))
        {
            Report("invalid-value", At("tool"), "The rule does not say which tools it is for.", $"Write {ToolForm}.");
        }

        foreach (ToolPattern pattern in tools.Where(pattern => !pattern.CanMatch))
        {
            Report("invalid-value", At("tool"), $"'{pattern.Text}' matches no tool: every id is SOURCE/NAME.", $"Write {ToolForm}.");
        }

        var read = new PolicyRule($"{Path.GetFileName(file.Path)}: {path}", ReadEffect(rule["effect"]))
        {
            Tools = tools,
            Clients = [.. Patterns(rule, "clients", "a client such as \"key:4f1c0a9be210\", \"user:*\" or \"local\", or a list of them"), .. Users(rule)],
            Models = Patterns(rule, "models", "a tool caller such as \"embedded\" or \"ollama/*\", or a list of them"),
            Conditions = ReadConditions(rule),
            Reason = ReadReason(rule),
        };
        return Problems.Count == 0 ? read : Broken(tools);
    }

    private PolicyRule Broken(ImmutableArray<ToolPattern> tools)
    {
        string location = $"{Path.GetFileName(file.Path)}: {path}";
        return new PolicyRule(location, PolicyEffect.Deny)
        {
            Tools = tools.IsEmpty || tools.Any(pattern => !pattern.CanMatch) ? [new ToolPattern("*")] : tools,
            Reason = $"The rule '{location}' cannot be read, so the tools it is for are denied until it is corrected: {Problems[0].Message} {Problems[0].Cure}",
        };
    }

    private PolicyEffect ReadEffect(JsonNode? node)
    {
        switch (Text(node))
        {
            case "deny":
                return PolicyEffect.Deny;
            case "allow":
                return PolicyEffect.Allow;
            default:
                Report("invalid-value", At("effect"), "The rule does not say what it does.", "Write 'allow' or 'deny'.");
                return PolicyEffect.Deny;
        }
    }

    private IEnumerable<ToolPattern> Users(JsonObject rule) =>
        Patterns(rule, "users", "the subject of a token, or a list of them").Select(pattern => new ToolPattern($"user:{pattern.Text}"));

    private string? ReadReason(JsonObject rule)
    {
        if (rule.ContainsKey("reason") && string.IsNullOrWhiteSpace(Text(rule["reason"])))
        {
            Report("invalid-value", At("reason"), "'reason' is not a text.", "Write a sentence that says why, and what to do instead.");
        }

        return Text(rule["reason"]);
    }

    private ImmutableArray<ToolPattern> Patterns(JsonObject rule, string key, string form)
    {
        if (!rule.TryGetPropertyValue(key, out JsonNode? node))
        {
            return [];
        }

        string?[] texts = node is JsonArray list ? [.. list.Select(Text)] : [Text(node)];
        if (texts.Length == 0 || texts.Any(string.IsNullOrWhiteSpace))
        {
            Report("invalid-value", At(key), $"'{key}' cannot be read.", $"Write {form}.");
            return [];
        }

        return [.. texts.Select(text => new ToolPattern(text!))];
    }

    private ImmutableArray<ArgumentCondition> ReadConditions(JsonObject rule)
    {
        if (!rule.TryGetPropertyValue("when", out JsonNode? node))
        {
            return [];
        }

        if (node is not JsonObject { Count: > 0 } when)
        {
            Report("invalid-value", At("when"), "'when' is not an object with conditions.", """Write { "/path": { "pattern": "^/tmp/" } }: a JSON Pointer into the arguments, and a JSON Schema for what is there.""");
            return [];
        }

        var conditions = ImmutableArray.CreateBuilder<ArgumentCondition>();
        foreach ((string pointer, JsonNode? schema) in when)
        {
            if (ReadCondition(pointer, schema) is { } condition)
            {
                conditions.Add(condition);
            }
        }

        return conditions.ToImmutable();
    }

    private ArgumentCondition? ReadCondition(string pointer, JsonNode? schema)
    {
        if (!ArgumentCondition.IsPointer(pointer))
        {
            Report("invalid-value", At($"when.{pointer}"), $"'{pointer}' is not a JSON Pointer.", $"Write '/{pointer}', or an empty text for the arguments as a whole.");
            return null;
        }

        try
        {
            return new ArgumentCondition(pointer, CompiledSchema.Compile(JsonElement.Parse(schema?.ToJsonString() ?? "null")));
        }
        catch (InvalidSchemaException error)
        {
            Report("invalid-value", At($"when.{pointer}"), $"The condition of '{pointer}' is not a JSON Schema that can be used. {error.Message}", "Write a JSON Schema, such as { \"pattern\": \"^/tmp/\" }.");
            return null;
        }
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private string At(string key) => $"{path}.{key}";

    private void Report(string code, string where, string message, string cure) =>
        Problems.Add(new ConfigProblem(code, file.Location(where), message, cure));
}
