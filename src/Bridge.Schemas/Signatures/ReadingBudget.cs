namespace Bridge.Schemas.Signatures;

/// <summary>How many schemas one reading may look at: references let a small schema unfold without bound.</summary>
internal sealed class ReadingBudget
{
    private int _left = 10_000;

    public bool TrySpend() => --_left >= 0;
}
