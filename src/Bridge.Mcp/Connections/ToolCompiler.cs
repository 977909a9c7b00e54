using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Mcp.Mirroring;
using Bridge.Schemas.Compilation;
using Bridge.Tools;

namespace Bridge.Mcp.Connections;

/// <summary>Makes tools of what a server lists; one bad definition hurts itself only.</summary>
internal static class ToolCompiler
{
    private const int MaxNameLength = 128;

    /// <summary>Compiles definitions.</summary>
    /// <param name="source">The source's id.</param>
    /// <param name="definitions">The definitions as the server sent them.</param>
    /// <param name="secretsInHeaders">Whether tools may have secrets repeated in headers.</param>
    /// <returns>The tools, and those that are kept away.</returns>
    public static ToolListing Compile(string source, IReadOnlyList<JsonElement> definitions, bool secretsInHeaders = false)
    {
        var tools = ImmutableArray.CreateBuilder<Tool>(definitions.Count);
        var quarantined = ImmutableArray.CreateBuilder<QuarantinedTool>();
        Dictionary<string, int> names = definitions
            .Select(NameOf)
            .GroupBy(name => name, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        var refused = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonElement definition in definitions)
        {
            string name = NameOf(definition);
            var id = new ToolId(source, name);
            string? reason = names[name] > 1
                ? $"The server lists {names[name]} tools named '{name}': which one a call would reach cannot be known."
                : TryCompile(id, definition, secretsInHeaders, out Tool? tool) ?? Add(tools, tool!);
            if (reason is not null && refused.Add(name))
            {
                quarantined.Add(new QuarantinedTool(id, reason));
            }
        }

        return new ToolListing(tools.ToImmutable(), quarantined.ToImmutable());
    }

    private static string? Add(ImmutableArray<Tool>.Builder tools, Tool tool)
    {
        tools.Add(tool);
        return null;
    }

    private static string? TryCompile(ToolId id, JsonElement definition, bool secretsInHeaders, out Tool? tool)
    {
        tool = null;
        if (id.Name.Length is 0 or > MaxNameLength || id.Name.Any(char.IsControl))
        {
            return $"The tool's name must have 1 to {MaxNameLength} printable characters.";
        }

        try
        {
            if (!definition.TryGetProperty("inputSchema", out JsonElement schema) || schema.ValueKind != JsonValueKind.Object)
            {
                return $"The tool '{id.Name}' has no input schema that is an object.";
            }

            if (schema.TryGetProperty("type", out JsonElement type) && !NamesObject(type))
            {
                return $"The input schema of the tool '{id.Name}' is not of type 'object'.";
            }

            tool = Tool.Create(id, Text(definition, "description"), schema).With(
                Text(definition, "title"),
                definition.TryGetProperty("outputSchema", out JsonElement output) && output.ValueKind == JsonValueKind.Object ? output : null,
                Annotations(definition),
                definition);

            // Also of servers that are reached without headers: clients over HTTP would leave the tool out.
            return new MirroringReader(secretsInHeaders).Read(schema, out _) is { } problem ? $"The input schema of the tool '{id.Name}' cannot be used: {problem}" : null;
        }
        catch (InvalidSchemaException error)
        {
            return $"The input schema of the tool '{id.Name}' cannot be used at '{error.Pointer}': {error.Message}";
        }
        catch (InvalidOperationException)
        {
            return $"The definition of the tool '{id.Name}' holds text that is not Unicode, such as half of a surrogate pair.";
        }
    }

    private static bool NamesObject(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array
            ? type.EnumerateArray().Any(NamesObject)
            : type.ValueKind == JsonValueKind.String && type.ValueEquals("object");

    private static ToolAnnotations Annotations(JsonElement definition)
    {
        if (!definition.TryGetProperty("annotations", out JsonElement hints) || hints.ValueKind != JsonValueKind.Object)
        {
            return ToolAnnotations.None;
        }

        return new ToolAnnotations
        {
            ReadOnly = Flag(hints, "readOnlyHint"),
            Destructive = Flag(hints, "destructiveHint"),
            Idempotent = Flag(hints, "idempotentHint"),
            OpenWorld = Flag(hints, "openWorldHint"),
        };
    }

    private static string NameOf(JsonElement definition)
    {
        try
        {
            return Text(definition, "name") ?? "";
        }
        catch (InvalidOperationException)
        {
            // Not Unicode: a tool without a name is refused.
            return "";
        }
    }

    private static string? Text(JsonElement element, string key) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static bool? Flag(JsonElement element, string key) =>
        element.TryGetProperty(key, out JsonElement value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;
}
