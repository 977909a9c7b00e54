using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Bridge.Configuration;

namespace Bridge.Mcp.Listing;

/// <summary>The tools of Bridge's own that stand for all others, where a client does not list those.</summary>
internal static class FixedTools
{
    /// <summary>Finds tools by words.</summary>
    public const string Find = "find_tools";

    /// <summary>Gives the definition of a tool.</summary>
    public const string Describe = "describe_tool";

    /// <summary>Calls a tool.</summary>
    public const string Call = "call_tool";

    /// <summary>Does what is asked in words.</summary>
    public const string Do = "do_with_tools";

    /// <summary>What <see cref="Find"/> takes.</summary>
    public const string FindInput =
        """{"type":"object","properties":{"query":{"type":"string","minLength":1,"maxLength":2000,"description":"What is to be done, in words."},"limit":{"type":"integer","minimum":1,"maximum":50,"default":10,"description":"The most tools to find."}},"required":["query"],"additionalProperties":false}""";

    /// <summary>What <see cref="Describe"/> takes.</summary>
    public const string DescribeInput =
        """{"type":"object","properties":{"name":{"type":"string","minLength":1,"description":"The name of a tool, as find_tools gives it."}},"required":["name"],"additionalProperties":false}""";

    /// <summary>What <see cref="Call"/> takes.</summary>
    public const string CallInput =
        """{"type":"object","properties":{"name":{"type":"string","minLength":1,"description":"The name of a tool, as find_tools gives it."},"arguments":{"type":"object","description":"The tool's arguments, as its inputSchema wants them."}},"required":["name"],"additionalProperties":false}""";

    /// <summary>What <see cref="Do"/> takes.</summary>
    public const string DoInput =
        """{"type":"object","properties":{"request":{"type":"string","minLength":1,"maxLength":20000,"description":"What is to be done, in words, with every value that it needs."}},"required":["request"],"additionalProperties":false}""";

    private const string FindOutput =
        """{"type":"object","properties":{"tools":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},"description":{"type":"string"}},"required":["name","description"]}},"total":{"type":"integer"}},"required":["tools","total"]}""";

    private const string DoOutput =
        """{"type":"object","properties":{"outcome":{"enum":["called","needs_approval","failed","cancelled","no_call"]},"reason":{"type":"string"},"confidence":{"type":"number"},"calls":{"type":"array","items":{"type":"object","properties":{"tool":{"type":"string"},"arguments":{"type":"object"},"status":{"type":"string"},"reason":{"type":"string"},"result":{}},"required":["tool","arguments","status"]}}},"required":["outcome","calls"]}""";

    private const int MostSources = 20;

    /// <summary>Writes the definitions.</summary>
    /// <param name="mode">How the client comes to tools.</param>
    /// <param name="behind">The tools they stand for; whose they are is said, so the list changes when a server comes or goes.</param>
    /// <returns>One JSON object each.</returns>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Write(GatewayMode mode, ImmutableArray<NamedTool> behind)
    {
        string sources = Sources(behind);
        return mode == GatewayMode.Router
            ?
            [
                Write(Do, $"Say in plain words what is to be done, with every value that it needs. The right tool is picked, its arguments are filled in and checked, it runs, and its result comes back, with the call that was made. Where no tool fits, nothing runs and the answer says why.{sources}", DoInput, DoOutput, readOnly: false),
            ]
            :
            [
                Write(Find, $"Finds tools by what they do: gives names and descriptions.{sources}", FindInput, FindOutput, readOnly: true),
                Write(Describe, $"Gives the full definition of a tool, with the schema of its arguments. Read it before '{Call}'.", DescribeInput, null, readOnly: true),
                Write(Call, "Calls a tool by its name and gives its result.", CallInput, null, readOnly: false),
            ];
    }

    private static ReadOnlyMemory<byte> Write(string name, string description, string input, string? output, bool readOnly)
    {
        var definition = new JsonObject { ["name"] = name, ["description"] = description, ["inputSchema"] = JsonNode.Parse(input) };
        if (output is not null)
        {
            definition["outputSchema"] = JsonNode.Parse(output);
        }

        if (readOnly)
        {
            definition["annotations"] = new JsonObject { ["readOnlyHint"] = true, ["openWorldHint"] = false };
        }

        return Encoding.UTF8.GetBytes(definition.ToJsonString());
    }

    private static string Sources(ImmutableArray<NamedTool> behind)
    {
        string[] ids = [.. behind.Select(tool => tool.Entry.Tool.Id.Source).Distinct()];
        return ids.Length == 0 ? "" : $" There are tools of {string.Join(", ", ids.Take(MostSources))}{(ids.Length > MostSources ? " and others" : "")}.";
    }
}
