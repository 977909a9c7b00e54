using Bridge.Schemas.Json;

namespace Bridge.Schemas.Automata;

/// <summary>A bound without its sign, in decimal digits.</summary>
/// <param name="Integer">The digits before the point, without leading zeros; <c>0</c> when there are none.</param>
/// <param name="Fraction">The digits after the point, without trailing zeros.</param>
/// <param name="Included">Whether the bound itself is allowed.</param>
internal sealed record MagnitudeBound(string Integer, string Fraction, bool Included)
{
    /// <summary>The most digits on either side of the point; doubles need no more.</summary>
    public const int MaxDigits = 400;

    /// <summary>The magnitude of a bound.</summary>
    public static MagnitudeBound Of(ExactNumber number, bool included)
    {
        (string integer, string fraction) = number.ToDecimal(MaxDigits);
        return new MagnitudeBound(integer, fraction, included);
    }

    /// <summary>How the digits compare when one more is written; <paramref name="order"/> is how those before it do.</summary>
    public int Compare(DigitState state, int order, int digit)
    {
        string digits = state.InFraction ? Fraction : Integer;
        if (order != 0)
        {
            return order;
        }

        int mine = state.Digits < digits.Length ? digits[state.Digits] - '0' : 0;
        return digit.CompareTo(mine);
    }

    /// <summary>How the whole part compares when it is complete: first by its length.</summary>
    public int CompareWhole(DigitState state, int order) =>
        state.Digits == Integer.Length ? order : state.Digits.CompareTo(Integer.Length);

    /// <summary>How the number compares when it is complete.</summary>
    public int CompareEnd(DigitState state, int order)
    {
        if (!state.InFraction)
        {
            int whole = CompareWhole(state, order);
            return whole != 0 || Fraction.Length == 0 ? whole : -1;
        }

        return order != 0 || state.Digits >= Fraction.Length ? order : -1;
    }
}
