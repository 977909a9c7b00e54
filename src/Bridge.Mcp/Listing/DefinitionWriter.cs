using System.Buffers;
using System.Text.Json;
using Bridge.Tools;

namespace Bridge.Mcp.Listing;

/// <summary>Writes definitions for clients: as their server gave them, but under the name that the client calls.</summary>
internal static class DefinitionWriter
{
    /// <summary>Writes a definition with one member replaced; every other one stays, known or not.</summary>
    /// <param name="definition">The definition.</param>
    /// <param name="member">The member that names it.</param>
    /// <param name="value">What it is called here.</param>
    /// <returns>One JSON object.</returns>
    public static byte[] Rename(JsonElement definition, string member, string value) => Write(writer =>
    {
        foreach (JsonProperty property in definition.EnumerateObject())
        {
            if (property.NameEquals(member))
            {
                writer.WriteString(member, value);
            }
            else
            {
                property.WriteTo(writer);
            }
        }
    });

    /// <summary>Writes a tool.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="name">What it is called here.</param>
    /// <returns>One JSON object.</returns>
    public static byte[] Write(Tool tool, string name) => tool.Definition is { } definition ? Rename(definition, "name", name) : Write(writer =>
    {
        writer.WriteString("name", name);
        if (tool.Title is not null)
        {
            writer.WriteString("title", tool.Title);
        }

        writer.WriteString("description", tool.Description);
        writer.WritePropertyName("inputSchema");
        WriteInput(writer, tool.InputSchema);
        if (tool.OutputSchema is { } output)
        {
            writer.WritePropertyName("outputSchema");
            output.WriteTo(writer);
        }

        WriteHints(writer, tool.Annotations);
    });

    // A function without parameters may have a schema that says nothing; clients demand an object.
    private static void WriteInput(Utf8JsonWriter writer, JsonElement schema)
    {
        if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("type", out _))
        {
            schema.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("type", "object");
        if (schema.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in schema.EnumerateObject())
            {
                property.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteHints(Utf8JsonWriter writer, ToolAnnotations hints)
    {
        if (hints == ToolAnnotations.None)
        {
            return;
        }

        writer.WriteStartObject("annotations");
        Write(writer, "readOnlyHint", hints.ReadOnly);
        Write(writer, "destructiveHint", hints.Destructive);
        Write(writer, "idempotentHint", hints.Idempotent);
        Write(writer, "openWorldHint", hints.OpenWorld);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, bool? hint)
    {
        if (hint is { } value)
        {
            writer.WriteBoolean(name, value);
        }
    }

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
