using Bridge.Evaluation.Records;

namespace Bridge.Evaluation.Scoring;

/// <summary>Whether the value of an argument is right, by the published rules of the Berkeley Function Calling Leaderboard's syntax check.</summary>
/// <remarks>Texts are compared without spaces, case and the signs <c>,./-_*^</c>; the order of a list counts; numbers are compared exactly.</remarks>
internal static class ValueRules
{
    private const string Ignored = " ,./-_*^";

    /// <summary>What is wrong with a value: <c>type</c>, <c>value</c>, or nothing.</summary>
    /// <param name="value">The value.</param>
    /// <param name="accepted">The values that are right.</param>
    /// <param name="declared">The parameter's declared type.</param>
    public static string? Mistake(PythonValue value, IReadOnlyList<PythonValue> accepted, DeclaredType declared)
    {
        PythonType want = TypeOf(declared.Name);
        PythonType? item = declared is { Name: "array" or "tuple", Item: { } name } ? TypeOf(name) : null;
        value = declared.Name == "float" ? value.ToFraction() : value;
        (bool fits, bool asIs) = FitsType(value, accepted, want, item);
        if (!fits)
        {
            return "type";
        }

        // A reference of another type than the declared one is compared plainly.
        bool right = asIs ? Contains(accepted, value) : want switch
        {
            PythonType.Dictionary => accepted.Any(other => other.Type == PythonType.Dictionary && MatchesMembers(value, other)),
            PythonType.List when item == PythonType.Dictionary => accepted.Any(other => MatchesAll(value.Items, other)),
            PythonType.Text => accepted.Any(other => other.Type == PythonType.Text && Normalize(other.Text) == Normalize(value.Text)),
            PythonType.List => accepted.Any(other => MatchesList(value.Items, other)),
            _ => Contains(accepted, value),
        };
        return right ? null : "value";
    }

    private static (bool Fits, bool AsIs) FitsType(PythonValue value, IReadOnlyList<PythonValue> accepted, PythonType want, PythonType? item)
    {
        PythonType? answer = null;
        foreach (PythonValue other in accepted)
        {
            if (!other.IsOmission)
            {
                answer = other.Type;
                break;
            }
        }

        bool asIs = answer is not null && answer != want;
        if (value.Type != want)
        {
            return value.Type == answer ? (true, true) : (false, asIs);
        }

        return item is not { } inner
            || accepted.Any(other => other.Type != PythonType.List || value.Items.All(one => FitsType(one, other.Items, inner, null).Fits))
                ? (true, asIs)
                : (false, asIs);
    }

    private static bool MatchesMembers(PythonValue value, PythonValue reference) =>
        value.Members.All(member => reference.Members.TryGetValue(member.Key, out PythonValue accepted)
            && Choices(accepted).Any(other => AreAlike(member.Value, other)))
        && reference.Members.All(member => value.Members.ContainsKey(member.Key) || Choices(member.Value).Any(other => other.IsOmission));

    // An empty text stands for a list without items, as it has no characters.
    private static bool MatchesAll(IReadOnlyList<PythonValue> items, PythonValue reference) =>
        reference.IsOmission
            ? items.Count == 0
            : reference.Type == PythonType.List && reference.Items.Count == items.Count
                && items.Zip(reference.Items).All(pair => pair.First.Type == PythonType.Dictionary && pair.Second.Type == PythonType.Dictionary && MatchesMembers(pair.First, pair.Second));

    private static bool MatchesList(IReadOnlyList<PythonValue> items, PythonValue reference) =>
        reference.IsOmission
            ? items.Count == 0
            : reference.Type == PythonType.List && reference.Items.Count == items.Count && items.Zip(reference.Items).All(pair => AreAlike(pair.First, pair.Second));

    private static IReadOnlyList<PythonValue> Choices(PythonValue accepted) => accepted.Type == PythonType.List ? accepted.Items : [accepted];

    private static bool AreAlike(PythonValue one, PythonValue other) =>
        one.Type == PythonType.Text && other.Type == PythonType.Text
            ? Normalize(one.Text) == Normalize(other.Text)
            : PythonValue.AreEqual(one, other);

    private static bool Contains(IReadOnlyList<PythonValue> accepted, PythonValue value) => accepted.Any(other => PythonValue.AreEqual(value, other));

    private static string Normalize(string text) =>
        string.Concat(text.Where(character => !Ignored.Contains(character, StringComparison.Ordinal))).ToLowerInvariant().Replace('\'', '"');

    private static PythonType TypeOf(string declared) => declared switch
    {
        "integer" => PythonType.Whole,
        "float" => PythonType.Fraction,
        "boolean" => PythonType.Truth,
        "array" or "tuple" => PythonType.List,
        "dict" => PythonType.Dictionary,
        _ => PythonType.Text, // 'string', and 'any', which the rules read as a string
    };
}
