namespace Bridge.Schemas.Automata;

/// <summary>What is known of a number after some of its digits.</summary>
/// <param name="InFraction">Whether the point has been written.</param>
/// <param name="Digits">How many digits there are on this side of the point.</param>
/// <param name="IsZero">Whether the whole part is the single digit 0.</param>
/// <param name="ToLow">How the digits compare with as many of the lower bound.</param>
/// <param name="ToHigh">How the digits compare with as many of the upper bound.</param>
/// <param name="Remainder">What is left when the whole part is divided.</param>
internal readonly record struct DigitState(bool InFraction, int Digits, bool IsZero, int ToLow, int ToHigh, int Remainder)
{
    /// <summary>The state after one more digit.</summary>
    public DigitState Append(int digit, MagnitudeBound low, MagnitudeBound? high, int divisor) => this with
    {
        Digits = Digits + 1,
        IsZero = InFraction ? IsZero : Digits == 0 && digit == 0,
        ToLow = low.Compare(this, ToLow, digit),
        ToHigh = high is null ? -1 : high.Compare(this, ToHigh, digit),
        Remainder = InFraction ? Remainder : ((Remainder * 10) + digit) % divisor,
    };

    /// <summary>The state after the point.</summary>
    public DigitState Point(MagnitudeBound low, MagnitudeBound? high) => this with
    {
        InFraction = true,
        Digits = 0,
        ToLow = low.CompareWhole(this, ToLow),
        ToHigh = high is null ? -1 : high.CompareWhole(this, ToHigh),
    };

    /// <summary>Whether the number may end here.</summary>
    public bool Ends(MagnitudeBound low, MagnitudeBound? high)
    {
        if (Digits == 0 || Remainder != 0)
        {
            return false;
        }

        int toLow = low.CompareEnd(this, ToLow);
        int toHigh = high is null ? -1 : high.CompareEnd(this, ToHigh);
        return (toLow > 0 || (toLow == 0 && low.Included)) && (toHigh < 0 || (toHigh == 0 && high!.Included));
    }
}
