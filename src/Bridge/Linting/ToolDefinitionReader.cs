using System.Text.Json;

namespace Bridge.Linting;

/// <summary>Reads tool definitions in the forms they are passed around in.</summary>
/// <remarks>
/// Known are an MCP <c>tools/list</c> result, with or without its JSON-RPC envelope; a list of tools; one tool; the <c>tools</c> of OpenAI's
/// and Anthropic's APIs; and JSON Lines of any of these.
/// </remarks>
public static class ToolDefinitionReader
{
    private static readonly string[] s_schemaKeys = ["inputSchema", "input_schema", "parameters"];
    private static readonly string[] s_sourceKeys = ["server", "source"];

    /// <summary>Reads all definitions.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The definitions, in their order.</returns>
    /// <exception cref="ToolDefinitionException">The text is not JSON, or holds no tools.</exception>
    public static IReadOnlyList<ToolDefinition> Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new ToolDefinitionException("The input is empty; tool definitions are JSON, such as an MCP 'tools/list' result.");
        }

        var tools = new List<ToolDefinition>();
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            Add(document.RootElement, "", tools);
        }
        catch (JsonException whole)
        {
            ReadLines(text, whole, tools);
        }

        return tools.Count > 0 ? tools : throw new ToolDefinitionException("The input holds an empty list of tools.");
    }

    private static void ReadLines(string text, JsonException whole, List<ToolDefinition> tools)
    {
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i]))
            {
                continue;
            }

            try
            {
                using JsonDocument document = JsonDocument.Parse(lines[i]);
                Add(document.RootElement, $"line {i + 1}", tools);
            }
            catch (JsonException error)
            {
                // One broken line among good ones is worth naming; else the text was meant as one piece.
                throw tools.Count == 0
                    ? new ToolDefinitionException($"The input is not JSON: {whole.Message}", whole)
                    : new ToolDefinitionException($"Line {i + 1} is not JSON: {error.Message}", error);
            }
        }
    }

    private static void Add(JsonElement json, string place, List<ToolDefinition> tools)
    {
        if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty("result", out JsonElement result) && result.ValueKind == JsonValueKind.Object)
        {
            json = result;
        }

        if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty("tools", out JsonElement list))
        {
            json = list;
        }

        if (json.ValueKind != JsonValueKind.Array)
        {
            tools.Add(ReadOne(json, place));
            return;
        }

        int index = 0;
        foreach (JsonElement item in json.EnumerateArray())
        {
            index++;
            tools.Add(ReadOne(item, place.Length == 0 ? $"tool {index}" : $"{place}, tool {index}"));
        }
    }

    private static ToolDefinition ReadOne(JsonElement json, string place)
    {
        string where = place.Length == 0 ? "The input" : $"The input at {place}";
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new ToolDefinitionException($"{where} is no tool: a tool is a JSON object with 'name' and 'inputSchema', but this is {Describe(json)}.");
        }

        JsonElement tool = json.TryGetProperty("function", out JsonElement function) && function.ValueKind == JsonValueKind.Object ? function : json;
        JsonElement? schema = s_schemaKeys.Select(key => tool.TryGetProperty(key, out JsonElement value) ? value : (JsonElement?)null)
            .FirstOrDefault(value => value is not null);
        if (schema is null && !tool.TryGetProperty("name", out _))
        {
            throw new ToolDefinitionException(
                $"{where} is no tool: neither 'name' nor 'inputSchema' is there. Allowed are an MCP 'tools/list' result, a list of tools, one tool, OpenAI's 'tools', and a tool a line.");
        }

        return new ToolDefinition(Text(tool, "name"), Text(tool, "description"), schema is { ValueKind: not JsonValueKind.Null } ? schema.Value.Clone() : null)
        {
            Place = place.Length == 0 ? null : place,
            Source = string.Join('/', s_sourceKeys.Select(key => Text(json, key)).OfType<string>()),
        };
    }

    private static string? Text(JsonElement tool, string key) =>
        tool.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Describe(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        _ => json.GetRawText(),
    };
}
