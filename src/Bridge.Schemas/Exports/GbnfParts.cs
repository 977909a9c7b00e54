using System.Diagnostics;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Decoding;
using Bridge.Schemas.Shapes;

namespace Bridge.Schemas.Exports;

/// <summary>Writes the parts of what is decoded: texts and choices as they stand, schemas by rules.</summary>
internal sealed class GbnfParts(GbnfRules rules, ExportLosses losses, DecodingOptions options)
{
    private readonly GbnfTexts _texts = new(rules, losses, options);
    private readonly Dictionary<CompiledSchema, string> _roots = new(ReferenceEqualityComparer.Instance);

    /// <summary>The symbols of a part, as one alternative or several.</summary>
    public string Of(DecodingPart part) => part switch
    {
        DecodingPart.Text { Value: "" } => "\"\"",
        DecodingPart.Text text => GbnfSpelling.Literal(text.Value),
        DecodingPart.Sequence { Parts.IsEmpty: true } => "\"\"",
        DecodingPart.Sequence sequence => GbnfSpelling.Sequence(sequence.Parts.Select(piece => piece is DecodingPart.Choice ? $"({Of(piece)})" : Of(piece))),
        DecodingPart.Choice choice => GbnfSpelling.Choice(choice.Options.Select(Of)),
        DecodingPart.Json json => RootOf(json.Schema),
        _ => throw new UnreachableException(),
    };

    private string RootOf(CompiledSchema schema)
    {
        if (!_roots.TryGetValue(schema, out string? root))
        {
            var goals = GoalTable.Of(schema, new ShapeLimits(options.MaxTextLength, options.MaxPatternedTextLength));
            losses.Lost.AddRange(goals.CheckedAfter);
            losses.Narrowed.AddRange(goals.Narrowed);
            _roots[schema] = root = new GbnfValues(goals, _texts, rules, losses, options).Root
                ?? throw new InvalidSchemaException("", "No value is valid for the schema.");
        }

        return root;
    }
}
