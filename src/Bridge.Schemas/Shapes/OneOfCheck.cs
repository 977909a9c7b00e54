using System.Text.Json;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Json;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Shapes;

/// <summary>Looks whether the branches of <c>oneOf</c> exclude each other; where that cannot be seen, the value is checked after decoding.</summary>
/// <param name="produced">The goals of values that are produced.</param>
/// <param name="others">The goals of branches on their own, which a produced value must not satisfy.</param>
internal sealed class OneOfCheck(GoalTable produced, GoalTable others)
{
    /// <summary>How deep members are compared with members.</summary>
    private const int MaxDepth = 4;

    /// <summary>The most comparisons of one schema; beyond, branches count as overlapping.</summary>
    private const int MaxComparisons = 20_000;

    private int _comparisons;

    /// <summary>Checks the branches that were chosen on a way to some shapes.</summary>
    public void Check(Conjunction way, Shape[] shapes)
    {
        foreach ((SchemaNode node, OneOfKeyword keyword, int branch) in way.Choices)
        {
            for (int other = 0; other < keyword.InPlace.Length; other++)
            {
                SchemaNode alternative = keyword.InPlace[other];
                if (other != branch && !shapes.All(shape => IsApart(shape, keyword.InPlace[branch], alternative)))
                {
                    produced.Lose(node, "oneOf", $"A value of the {branch + 1}. alternative may fit the {other + 1}. too.");
                    break;
                }
            }
        }
    }

    private bool IsApart(Shape shape, SchemaNode branch, SchemaNode alternative)
    {
        // Constants have been asked one by one whether they fit exactly one branch.
        return shape is LiteralShape || others.ReadNow(others.Find([alternative])).All(other => other switch
        {
            LiteralShape literals => AreInvalid(literals.Values.Where(value => MayBe(value, shape)), branch),
            _ => AreApart(shape, other, MaxDepth),
        });
    }

    private bool AreInvalid(IEnumerable<JsonElement> values, SchemaNode node)
    {
        long steps = SchemaBudget.BaseSteps;
        return values.All(value => !produced.Schema.IsValid(node, value, ref steps)) && steps > 0;
    }

    private bool AreApart(Goal goal, Goal other, int depth) => depth > 0
        && goal.Shapes.All(shape => others.ReadNow(other).All(against => AreApart(shape, against, depth)));

    private bool AreApart(Shape shape, Shape other, int depth) => ++_comparisons < MaxComparisons && (shape, other) switch
    {
        (RecordShape record, RecordShape against) => AreApart(record, against, depth),
        (ListShape list, ListShape against) => list.Min > against.Max || list.Max < against.Min
            || (list.Min > 0 && against.Max > 0 && AreApart(list.At(0)!, against.At(0)!, depth - 1)),
        (NumberShape number, NumberShape against) =>
            number.Range.Low?.CompareTo(against.Range.High ?? number.Range.Low.Value) > 0
            || number.Range.High?.CompareTo(against.Range.Low ?? number.Range.High.Value) < 0,
        (TextShape, TextShape) => false,
        (LiteralShape literals, _) => literals.Values.All(value => !MayBe(value, other)),
        (_, LiteralShape literals) => literals.Values.All(value => !MayBe(value, shape)),
        _ => true,
    };

    /// <summary>Objects are apart when one demands a member that the other cannot have, or both demand it of different kinds.</summary>
    private bool AreApart(RecordShape record, RecordShape other, int depth) =>
        other.Members.Any(member => member.Required && record.Find(member.Name) is null && record.Others is null)
        || record.Members.Any(member => member.Required && other.Forbids(member.Name))
        || record.Members.Any(member => member.Required && other.Find(member.Name) is { } against && AreApart(member.Goal, against.Goal, depth - 1));

    private static bool MayBe(JsonElement value, Shape shape) => shape switch
    {
        LiteralShape literals => literals.Values.Any(literal => JsonEquality.AreEqual(literal, value)),
        TextShape => value.ValueKind == JsonValueKind.String,
        NumberShape => value.ValueKind == JsonValueKind.Number,
        ListShape => value.ValueKind == JsonValueKind.Array,
        _ => value.ValueKind == JsonValueKind.Object,
    };
}
