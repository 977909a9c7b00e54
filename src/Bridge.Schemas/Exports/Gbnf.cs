using Bridge.Schemas.Compilation;
using Bridge.Schemas.Decoding;

namespace Bridge.Schemas.Exports;

/// <summary>Writes grammars for llama.cpp and the servers built on it.</summary>
/// <remarks>
/// The grammar is made from the same shapes as <see cref="DecodingProgram"/> and allows the same texts, but for the losses it
/// names. The notation is that of <c>grammars/README.md</c> in the repository <c>ggml-org/llama.cpp</c>.
/// </remarks>
public static class Gbnf
{
    /// <summary>Writes the grammar of a schema's values.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="options">How values are written; <see langword="null"/> for the defaults.</param>
    /// <returns>The grammar, and what it does not honour.</returns>
    /// <exception cref="InvalidSchemaException">No value is valid for the schema.</exception>
    public static GbnfGrammar Write(CompiledSchema schema, DecodingOptions? options = null) => Write(new DecodingPart.Json(schema), options);

    /// <summary>Writes the grammar of text and values together, such as the form in which a model was trained to call tools.</summary>
    /// <param name="part">What is written.</param>
    /// <param name="options">How values are written; <see langword="null"/> for the defaults.</param>
    /// <returns>The grammar, and what it does not honour.</returns>
    /// <exception cref="InvalidSchemaException">No value is valid for a schema.</exception>
    public static GbnfGrammar Write(DecodingPart part, DecodingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(part);
        var losses = new ExportLosses();
        var rules = new GbnfRules();
        var parts = new GbnfParts(rules, losses, options ?? new DecodingOptions());
        rules.Set(rules.Reserve("root"), parts.Of(part));
        return new GbnfGrammar(rules.ToText(), [.. losses.Lost.Distinct()], [.. losses.Narrowed.Distinct()], [.. losses.Unbounded.Distinct()]);
    }
}
