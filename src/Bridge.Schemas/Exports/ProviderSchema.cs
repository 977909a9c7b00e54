using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Decoding;
using Bridge.Schemas.Shapes;

namespace Bridge.Schemas.Exports;

/// <summary>A schema in the part of JSON Schema that the API of a model takes. Immutable and safe to share between threads.</summary>
/// <remarks>
/// It is made from the same shapes as <see cref="DecodingProgram"/>: references, <c>allOf</c> and the like are worked out, and
/// members that the schema does not name are left out unless it says what they are.
/// </remarks>
public sealed class ProviderSchema
{
    private readonly AbsentMembers? _absent;

    private ProviderSchema(GoalTable goals, ProviderWriter writer, AbsentMembers? absent)
    {
        JsonObject? schema = goals.Root.MinDepth >= Goal.Endless ? null : writer.Write();
        Refusal = schema is null ? "No value is valid for the schema." : writer.Refusal ?? writer.CheckLimits(schema);
        if (Refusal is null)
        {
            Schema = ToElement(schema!);
            Losses = [.. writer.Losses.Lost.Distinct()];
            Narrowed = [.. writer.Losses.Narrowed.Distinct()];
            _absent = absent;
        }
    }

    /// <summary>The schema to send; <see langword="null"/> when the API cannot take one that says what is meant.</summary>
    public JsonElement? Schema { get; }

    /// <summary>Why there is no schema to send, as a sentence; <see langword="null"/> when there is one.</summary>
    public string? Refusal { get; }

    /// <summary>The keywords that the schema to send does not honour: where there are any, what was written must be validated.</summary>
    public ImmutableArray<SchemaLoss> Losses { get; } = [];

    /// <summary>The keywords for which some values can never be written, valid though they are.</summary>
    public ImmutableArray<SchemaLoss> Narrowed { get; } = [];

    /// <summary>Whether there is a schema to send.</summary>
    [MemberNotNullWhen(true, nameof(Schema))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsExportable => Refusal is null;

    /// <summary>Writes a schema for Ollama's <c>format</c>, which hands it to llama.cpp.</summary>
    /// <param name="schema">The schema.</param>
    /// <returns>The schema to send, or why there is none.</returns>
    /// <remarks>
    /// The rules are those of <c>common/json-schema-to-grammar.cpp</c> and of the list of known limitations in
    /// <c>grammars/README.md</c>, both in the repository <c>ggml-org/llama.cpp</c>.
    /// </remarks>
    public static ProviderSchema ForOllama(CompiledSchema schema)
    {
        GoalTable goals = Read(schema);
        return new ProviderSchema(goals, new OllamaWriter(goals), null);
    }

    /// <summary>Writes a schema for OpenAI's structured outputs: functions and response formats with <c>"strict": true</c>.</summary>
    /// <param name="schema">The schema; its values are objects, or only the objects among them are exported.</param>
    /// <returns>The schema to send, or why there is none. What was written must be read back with <see cref="Read(ReadOnlyMemory{byte})"/>.</returns>
    /// <remarks>
    /// The rules are those of the section "Supported schemas" of OpenAI's guide "Structured model outputs". What it does not
    /// list as supported is not sent.
    /// </remarks>
    public static ProviderSchema ForOpenAi(CompiledSchema schema)
    {
        GoalTable goals = Read(schema);
        return new ProviderSchema(goals, new OpenAiWriter(goals), new AbsentMembers(goals));
    }

    /// <summary>Reads back what a model wrote under the schema: drops each null that says that a member is absent.</summary>
    /// <param name="written">What the model wrote, as JSON.</param>
    /// <returns>The value for the original schema; <paramref name="written"/> itself when there is nothing to drop, or when it is no JSON.</returns>
    public ReadOnlyMemory<byte> Read(ReadOnlyMemory<byte> written) => _absent?.Drop(written) ?? written;

    private static JsonElement ToElement(JsonObject schema)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            schema.WriteTo(json);
        }

        // A constant is nested as deep as its schema was, and stands deeper here.
        return JsonElement.Parse(text.WrittenSpan, new JsonDocumentOptions { MaxDepth = 256 });
    }

    private static GoalTable Read(CompiledSchema schema)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var bounds = new DecodingOptions();
        return GoalTable.Of(schema, new ShapeLimits(bounds.MaxTextLength, bounds.MaxPatternedTextLength));
    }
}
