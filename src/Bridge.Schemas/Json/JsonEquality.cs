using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Bridge.Schemas.Json;

/// <summary>Equality as JSON Schema means it: <c>1</c> equals <c>1.0</c>, and the order of members does not matter.</summary>
internal static class JsonEquality
{
    /// <summary>So many bytes of text are as much work as one value.</summary>
    private const int BytesPerStep = 32;

    /// <summary>Whether two values are equal.</summary>
    public static bool AreEqual(JsonElement x, JsonElement y)
    {
        using JsonTape left = JsonTape.Of(x);
        using JsonTape right = JsonTape.Of(y);
        long steps = long.MaxValue;
        return AreEqual(left.Root, right.Root, ref steps);
    }

    /// <summary>Whether two values are equal.</summary>
    /// <param name="x">A value.</param>
    /// <param name="y">Another.</param>
    /// <param name="steps">The work that may be done; what was done is taken off. When it falls below 0, the answer means nothing.</param>
    public static bool AreEqual(JsonValue x, JsonValue y, ref long steps)
    {
        steps--;
        if (x.Kind != y.Kind || steps < 0)
        {
            return false;
        }

        switch (x.Kind)
        {
            case JsonValueKind.Number:
                steps -= (x.Text.Length + y.Text.Length) / BytesPerStep;
                return x.Text.SequenceEqual(y.Text) || ExactNumber.Parse(x.Text).Equals(ExactNumber.Parse(y.Text));
            case JsonValueKind.String:
                return TextEquals(x.Text, y.Text, ref steps);
            case JsonValueKind.Array:
                RuntimeHelpers.EnsureSufficientExecutionStack();
                return x.Count == y.Count && ItemsEqual(x, y, ref steps);
            case JsonValueKind.Object:
                RuntimeHelpers.EnsureSufficientExecutionStack();
                return x.Count == y.Count && (x.Count <= MemberOrder.FewMembers ? FewMembersEqual(x, y, ref steps) : MembersEqual(x, y, ref steps));
            default:
                return true;
        }
    }

    /// <summary>A number that equal values share.</summary>
    public static int Hash(JsonValue value)
    {
        var hash = default(HashCode);
        switch (value.Kind)
        {
            case JsonValueKind.Number:
                return ExactNumber.Parse(value.Text).GetHashCode();
            case JsonValueKind.String:
                hash.AddBytes(value.Text);
                return hash.ToHashCode();
            case JsonValueKind.Array:
                RuntimeHelpers.EnsureSufficientExecutionStack();
                foreach (JsonValue item in value.Items)
                {
                    hash.Add(Hash(item));
                }

                return hash.ToHashCode();
            case JsonValueKind.Object:
                RuntimeHelpers.EnsureSufficientExecutionStack();
                int members = 0;
                foreach (JsonMember member in value.Members)
                {
                    members += HashCode.Combine(Hash(member.NameValue), Hash(member.Value));
                }

                return members;
            default:
                return (int)value.Kind;
        }
    }

    /// <summary>The work that <see cref="Hash"/> does.</summary>
    public static long HashSteps(JsonValue value) => value.Size + (value.Text.Length / BytesPerStep);

    private static bool TextEquals(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y, ref long steps)
    {
        if (x.Length != y.Length)
        {
            return false;
        }

        steps -= x.Length / BytesPerStep;
        return x.SequenceEqual(y);
    }

    private static bool ItemsEqual(JsonValue x, JsonValue y, ref long steps)
    {
        JsonItems others = y.Items;
        foreach (JsonValue item in x.Items)
        {
            others.MoveNext();
            if (!AreEqual(item, others.Current, ref steps))
            {
                return false;
            }
        }

        return true;
    }

    private static bool FewMembersEqual(JsonValue x, JsonValue y, ref long steps)
    {
        foreach (JsonMember member in x.Members)
        {
            steps -= x.Count;
            if (y.Find(member.NameUtf8) is not { } other || !AreEqual(member.Value, other, ref steps))
            {
                return false;
            }
        }

        return true;
    }

    private static bool MembersEqual(JsonValue x, JsonValue y, ref long steps)
    {
        steps -= (long)x.Count * int.Log2(x.Count);
        if (steps < 0)
        {
            return false;
        }

        using MemberOrder left = MemberOrder.Of(x);
        using MemberOrder right = MemberOrder.Of(y);
        for (int i = 0; i < left.Members.Length; i++)
        {
            if (!TextEquals(left.Members[i].NameUtf8, right.Members[i].NameUtf8, ref steps)
                || !AreEqual(left.Members[i].Value, right.Members[i].Value, ref steps))
            {
                return false;
            }
        }

        return true;
    }
}
