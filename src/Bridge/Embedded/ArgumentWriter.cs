using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Extraction;
using Bridge.Schemas.Compilation;

namespace Bridge.Embedded;

/// <summary>Writes chosen values as the JSON of a call, and lets nothing out that the schema refuses.</summary>
internal static class ArgumentWriter
{
    // Arguments go to tools, not into web pages: "+" and "ü" stay what they are.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes arguments.</summary>
    /// <param name="schema">The tool's schema.</param>
    /// <param name="chosen">The values, in schema order.</param>
    /// <returns>The JSON; without the optional values where these are what is invalid; <see langword="null"/> when a required one is.</returns>
    public static WrittenArguments? Write(CompiledSchema schema, ImmutableArray<Option> chosen)
    {
        ReadOnlyMemory<byte> all = Serialize(chosen);
        if (IsValid(schema, all))
        {
            return new WrittenArguments(all, chosen);
        }

        ImmutableArray<Option> needed = [.. chosen.Where(option => option.Slot.Required)];
        ReadOnlyMemory<byte> least = Serialize(needed);
        return IsValid(schema, least) ? new WrittenArguments(least, needed) : null;
    }

    private static ReadOnlyMemory<byte> Serialize(ImmutableArray<Option> chosen)
    {
        var root = new JsonObject();
        foreach (Option option in chosen)
        {
            JsonObject parent = root;
            foreach (string member in option.Slot.Path[..^1])
            {
                if (parent[member] is not JsonObject child)
                {
                    child = [];
                    parent[member] = child;
                }

                parent = child;
            }

            parent[option.Slot.Path[^1]] = option.Value.DeepClone();
        }

        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            root.WriteTo(writer);
        }

        return buffer.WrittenMemory;
    }

    private static bool IsValid(CompiledSchema schema, ReadOnlyMemory<byte> json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return schema.Validate(document.RootElement).IsEmpty;
    }
}

/// <summary>Arguments as JSON that a tool's schema accepts.</summary>
/// <param name="Json">The JSON, UTF-8.</param>
/// <param name="Options">What is written.</param>
internal sealed record WrittenArguments(ReadOnlyMemory<byte> Json, ImmutableArray<Option> Options);
