using System.Collections.Immutable;
using System.Text;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Shapes;

namespace Bridge.Schemas.Decoding;

/// <summary>What a model may write, byte by byte, so that the text is valid for a schema when it ends. Immutable and safe to share between threads.</summary>
/// <remarks>
/// Members stand in the order of the schema, and every value has one spelling. Members that the schema does not name are
/// written only where it says what they are, or says nothing of the object at all.
/// </remarks>
public sealed class DecodingProgram
{
    private readonly DecodingOptions _options;
    private readonly List<GoalTable> _goals = [];
    private readonly Dictionary<CompiledSchema, GrammarRule> _roots = new(ReferenceEqualityComparer.Instance);

    private DecodingProgram(DecodingPart part, DecodingOptions options)
    {
        _options = options;
        var states = new GrammarStates();
        Start = new DecodingState(states.Open(Build(part, EndNode.Instance), null), 0, null);
        CheckedAfter = [.. _goals.SelectMany(goals => goals.CheckedAfter).Distinct()];
        Narrowed = [.. _goals.SelectMany(goals => goals.Narrowed).Distinct()];
    }

    /// <summary>The state before anything is written.</summary>
    public DecodingState Start { get; }

    /// <summary>The keywords that decoding does not honour: where there are any, what was decoded must be validated.</summary>
    public ImmutableArray<SchemaLoss> CheckedAfter { get; }

    /// <summary>The keywords for which decoding never writes some values, valid though they are.</summary>
    public ImmutableArray<SchemaLoss> Narrowed { get; }

    /// <summary>Whether everything that is decoded is valid.</summary>
    public bool IsFullyDecodable => CheckedAfter.IsEmpty;

    /// <summary>Makes the program of a schema's values.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="options">How values are written; <see langword="null"/> for the defaults.</param>
    /// <returns>The program.</returns>
    /// <exception cref="InvalidSchemaException">No value is valid for the schema, or none within the depth.</exception>
    public static DecodingProgram For(CompiledSchema schema, DecodingOptions? options = null) => For(new DecodingPart.Json(schema), options);

    /// <summary>Makes the program of text and values together, such as the form in which a model was trained to call tools.</summary>
    /// <param name="part">What is decoded.</param>
    /// <param name="options">How values are written; <see langword="null"/> for the defaults.</param>
    /// <returns>The program.</returns>
    /// <exception cref="InvalidSchemaException">No value is valid for a schema, or none within the depth.</exception>
    public static DecodingProgram For(DecodingPart part, DecodingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(part);
        return new DecodingProgram(part, options ?? new DecodingOptions());
    }

    private GrammarNode Build(DecodingPart part, GrammarNode next) => part switch
    {
        DecodingPart.Text { Value: "" } => next,
        DecodingPart.Text text => new TextNode(Encoding.UTF8.GetBytes(text.Value), next),
        DecodingPart.Sequence sequence => sequence.Parts.Reverse().Aggregate(next, (following, piece) => Build(piece, following)),
        DecodingPart.Choice choice => new ChoiceNode([.. choice.Options.Select(option => Build(option, next))]),
        DecodingPart.Json json => new CallNode(RootOf(json.Schema), next),
        DecodingPart.Members members => new CallNode(MembersOf(members.Schema, members.Form), next),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private GrammarRule RootOf(CompiledSchema schema)
    {
        if (_roots.TryGetValue(schema, out GrammarRule? root))
        {
            return root;
        }

        root = new ValueGrammar(GoalsOf(schema), _options, ValueNotation.Of(_options.Style)).Root
            ?? throw new InvalidSchemaException("", $"No value is valid for the schema, or none with at most {_options.MaxDepth} levels of objects and arrays.");
        _roots[schema] = root;
        return root;
    }

    private GrammarRule MembersOf(CompiledSchema schema, MemberForm form) => new MemberGrammar(GoalsOf(schema), MemberKinds.Of(schema), _options, form).Root
        ?? throw new InvalidSchemaException("", "No object that is valid for the schema can be written in the form.");

    private GoalTable GoalsOf(CompiledSchema schema)
    {
        var goals = GoalTable.Of(schema, new ShapeLimits(_options.MaxTextLength, _options.MaxPatternedTextLength));
        _goals.Add(goals);
        return goals;
    }
}
