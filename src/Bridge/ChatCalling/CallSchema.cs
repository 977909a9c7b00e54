using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Calling;
using Bridge.Shortlisting;

namespace Bridge.ChatCalling;

/// <summary>The schema under which a server decodes the calls of one request.</summary>
internal static class CallSchema
{
    private const string Definitions = "$defs";

    public static JsonElement Build(ProposalRequest request)
    {
        var definitions = new JsonObject();
        var choices = new JsonArray();
        foreach (ShortlistedTool tool in request.Shortlist.Tools)
        {
            choices.Add((JsonNode)CallOf(tool, definitions));
        }

        bool mustCall = request.Choice.Mode is ToolChoiceMode.Required or ToolChoiceMode.Named;
        var root = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                [SchemaCallFormat.Calls] = new JsonObject
                {
                    ["type"] = "array",
                    ["minItems"] = mustCall ? 1 : 0,
                    ["maxItems"] = request.MaxCalls,
                    ["items"] = new JsonObject { ["anyOf"] = choices },
                },
            },
            ["required"] = new JsonArray(SchemaCallFormat.Calls),
            ["additionalProperties"] = false,
        };
        if (definitions.Count > 0)
        {
            root[Definitions] = definitions;
        }

        return ToElement(root);
    }

    private static JsonObject CallOf(ShortlistedTool tool, JsonObject definitions) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            [SchemaCallFormat.Tool] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray(tool.WireName) },
            [SchemaCallFormat.Arguments] = ArgumentsOf(tool, definitions),
        },
        ["required"] = new JsonArray(SchemaCallFormat.Tool, SchemaCallFormat.Arguments),
        ["additionalProperties"] = false,
    };

    /// <summary>
    /// The tool's schema. One with references is moved under the root's definitions and its references with it:
    /// they are written from the root, and servers follow them through objects only.
    /// </summary>
    private static JsonObject ArgumentsOf(ShortlistedTool tool, JsonObject definitions)
    {
        if (JsonNode.Parse(tool.Tool.InputSchema.GetRawText()) is not JsonObject schema)
        {
            return new JsonObject { ["type"] = "object" };
        }

        schema.Remove("$schema"); // a dialect may be named at the root alone
        string target = $"#/{Definitions}/{tool.WireName}";
        if (!MoveReferences(schema, target))
        {
            return schema;
        }

        definitions[tool.WireName] = schema;
        return new JsonObject { ["$ref"] = target };
    }

    private static bool MoveReferences(JsonNode? node, string target)
    {
        bool any = false;
        switch (node)
        {
            case JsonArray array:
                foreach (JsonNode? item in array)
                {
                    any |= MoveReferences(item, target);
                }

                break;
            case JsonObject map:
                if (map["$ref"] is JsonValue value && value.TryGetValue(out string? reference) && reference.StartsWith('#'))
                {
                    map["$ref"] = target + reference[1..];
                    any = true;
                }

                foreach ((string key, JsonNode? child) in map.ToArray())
                {
                    any |= key is not ("const" or "enum" or "default" or "examples") && MoveReferences(child, target);
                }

                break;
        }

        return any;
    }

    private static JsonElement ToElement(JsonNode node)
    {
        using JsonDocument document = JsonDocument.Parse(node.ToJsonString());
        return document.RootElement.Clone();
    }
}
