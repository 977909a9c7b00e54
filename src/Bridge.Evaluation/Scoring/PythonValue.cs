using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Bridge.Evaluation.Scoring;

/// <summary>A JSON value as the published rules see it, which are written in Python: whole numbers and fractions are two types, and 1, 1.0 and true are equal.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Content">Text, <see cref="BigInteger"/>, <see cref="double"/>, <see cref="bool"/>, a list, a dictionary, or nothing.</param>
internal readonly record struct PythonValue(PythonType Type, object? Content)
{
    public string Text => (string)Content!;

    public IReadOnlyList<PythonValue> Items => (IReadOnlyList<PythonValue>)Content!;

    public IReadOnlyDictionary<string, PythonValue> Members => (IReadOnlyDictionary<string, PythonValue>)Content!;

    /// <summary>Whether it is the mark for an argument that may be left out.</summary>
    public bool IsOmission => Type == PythonType.Text && Text.Length == 0;

    /// <summary>Reads a value; of members with one name the last counts.</summary>
    public static PythonValue Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => new(PythonType.Text, json.GetString()),
        JsonValueKind.Number => OfNumber(json.GetRawText()),
        JsonValueKind.True => new(PythonType.Truth, true),
        JsonValueKind.False => new(PythonType.Truth, false),
        JsonValueKind.Array => new(PythonType.List, json.EnumerateArray().Select(Of).ToArray()),
        JsonValueKind.Object => new(PythonType.Dictionary, MembersOf(json)),
        _ => new(PythonType.None, null),
    };

    /// <summary>The value as a fraction, where it is a whole number.</summary>
    public PythonValue ToFraction() => Type == PythonType.Whole ? new(PythonType.Fraction, (double)(BigInteger)Content!) : this;

    /// <summary>Whether two values are equal by Python's <c>==</c>.</summary>
    public static bool AreEqual(PythonValue one, PythonValue other)
    {
        if (one.IsNumber && other.IsNumber)
        {
            return AreEqualNumbers(one, other);
        }

        return one.Type == other.Type && one.Type switch
        {
            PythonType.Text => one.Text == other.Text,
            PythonType.List => one.Items.Count == other.Items.Count && one.Items.Zip(other.Items).All(pair => AreEqual(pair.First, pair.Second)),
            PythonType.Dictionary => one.Members.Count == other.Members.Count
                && one.Members.All(member => other.Members.TryGetValue(member.Key, out PythonValue value) && AreEqual(member.Value, value)),
            _ => true,
        };
    }

    private bool IsNumber => Type is PythonType.Whole or PythonType.Fraction or PythonType.Truth;

    private static bool AreEqualNumbers(PythonValue one, PythonValue other)
    {
        if (one.Content is double fraction && other.Content is double second)
        {
            return fraction == second;
        }

        // Exactly, as Python compares: a whole number is not rounded to a fraction first.
        return WholeOf(one) is { } whole && WholeOf(other) is { } otherWhole && whole == otherWhole;
    }

    private static BigInteger? WholeOf(PythonValue value) => value.Content switch
    {
        BigInteger whole => whole,
        bool truth => truth ? BigInteger.One : BigInteger.Zero,
        double fraction when double.IsFinite(fraction) && Math.Floor(fraction) == fraction => new BigInteger(fraction),
        _ => null,
    };

    private static PythonValue OfNumber(string text) => text.AsSpan().IndexOfAny(".eE") < 0
        ? new(PythonType.Whole, BigInteger.Parse(text, CultureInfo.InvariantCulture))
        : new(PythonType.Fraction, double.Parse(text, CultureInfo.InvariantCulture));

    private static Dictionary<string, PythonValue> MembersOf(JsonElement json)
    {
        var members = new Dictionary<string, PythonValue>(StringComparer.Ordinal);
        foreach (JsonProperty member in json.EnumerateObject())
        {
            members[member.Name] = Of(member.Value);
        }

        return members;
    }
}

/// <summary>The types that the published rules tell apart.</summary>
internal enum PythonType
{
    None,
    Text,
    Whole,
    Fraction,
    Truth,
    List,
    Dictionary,
}
