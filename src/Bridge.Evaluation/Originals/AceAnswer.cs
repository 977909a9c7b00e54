using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Bridge.Evaluation.Originals;

/// <summary>What ACEBench says is right: calls by the tool's name, <c>NAME_1</c>, <c>NAME_2</c> for several of one tool; a text, or lists of what is missing or wrong, where no call is.</summary>
internal static partial class AceAnswer
{
    /// <summary>The expected calls in the uniform form.</summary>
    /// <param name="truth">The value of <c>ground_truth</c>; of a list, any of its answers is right.</param>
    /// <param name="tools">The record's tools, in the uniform form.</param>
    /// <exception cref="OriginalException">It is of another form, or contradicts the tools.</exception>
    public static JsonArray Read(JsonElement truth, JsonArray tools)
    {
        if (truth.ValueKind == JsonValueKind.String || IsObjectOf(truth, JsonValueKind.Array))
        {
            return [];
        }

        JsonElement[] answers = truth.ValueKind == JsonValueKind.Array ? [.. truth.EnumerateArray()] : [truth];
        if (answers.Length == 0 || answers.Any(answer => !IsObjectOf(answer, JsonValueKind.Object)))
        {
            throw new OriginalException("'ground_truth' must be calls ({\"NAME\": {arguments}}), a list of such answers, or, where no call is right, a text or {\"NAME\": [parameters]}.");
        }

        Dictionary<string, JsonNode?> schemas = tools.DistinctBy(tool => tool!["name"]!.GetValue<string>())
            .ToDictionary(tool => tool!["name"]!.GetValue<string>(), tool => tool!["inputSchema"], StringComparer.Ordinal);
        (string Name, JsonElement Arguments)[][] calls = [.. answers.Select(answer => answer.EnumerateObject().Select(call => (NameOf(call.Name, schemas), call.Value)).ToArray())];
        if (calls.Any(other => !other.Select(call => call.Name).SequenceEqual(calls[0].Select(call => call.Name))))
        {
            throw new OriginalException("Its answers call different tools, and only one set of calls can be scored.", contradictory: true);
        }

        return [.. calls[0].Select((call, i) => Call(call.Name, schemas[call.Name], [.. calls.Select(answer => answer[i].Arguments)]))];
    }

    private static JsonObject Call(string name, JsonNode? schema, JsonElement[] answers)
    {
        JsonObject? declared = schema?["properties"] as JsonObject;
        string?[] required = [.. (schema?["required"] as JsonArray ?? []).Select(item => item?.ToString())];
        var arguments = new JsonObject();
        foreach (string argument in answers.SelectMany(answer => answer.EnumerateObject()).Select(member => member.Name).Distinct())
        {
            if (schema is not null && declared?.ContainsKey(argument) != true)
            {
                throw new OriginalException($"The answer gives '{argument}' to '{name}', which takes no such argument.", contradictory: true);
            }

            var accepted = new JsonArray();
            foreach (JsonElement answer in answers)
            {
                if (answer.TryGetProperty(argument, out JsonElement value))
                {
                    accepted.Add(JsonNode.Parse(value.GetRawText()));
                }
            }

            // ACEBench misses no argument that the tool can do without.
            if (!required.Contains(argument))
            {
                accepted.Add("");
            }

            arguments[argument] = accepted;
        }

        return new JsonObject { ["name"] = name, ["arguments"] = arguments };
    }

    private static string NameOf(string name, Dictionary<string, JsonNode?> schemas)
    {
        string counted = Count().Replace(name, "");
        return schemas.ContainsKey(name) ? name
            : schemas.ContainsKey(counted) ? counted
            : throw new OriginalException($"A call of '{name}' is right, and that tool is not offered.", contradictory: true);
    }

    private static bool IsObjectOf(JsonElement json, JsonValueKind kind) => json.ValueKind == JsonValueKind.Object
        && json.EnumerateObject().Any() && json.EnumerateObject().All(member => member.Value.ValueKind == kind);

    [GeneratedRegex(@"_\d+$")]
    private static partial Regex Count();
}
