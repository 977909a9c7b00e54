using System.Collections.Immutable;
using Bridge.Schemas.Shapes;

namespace Bridge.Schemas.Exports;

/// <summary>A grammar in GBNF, the notation of llama.cpp.</summary>
/// <param name="Text">The grammar; its first rule is <c>root</c>.</param>
/// <param name="Losses">The keywords that the grammar does not honour: where there are any, what was written must be validated.</param>
/// <param name="Narrowed">The keywords for which the grammar never allows some values, valid though they are.</param>
/// <param name="Unbounded">Where the schema sets no bound and the grammar does not keep the one that decoding sets.</param>
public sealed record GbnfGrammar(
    string Text, ImmutableArray<SchemaLoss> Losses, ImmutableArray<SchemaLoss> Narrowed, ImmutableArray<SchemaLoss> Unbounded);
