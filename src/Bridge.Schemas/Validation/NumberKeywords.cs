using System.Text.Json;
using Bridge.Schemas.Json;

namespace Bridge.Schemas.Validation;

/// <summary>A bound of a number: <c>minimum</c>, <c>maximum</c>, and their exclusive forms.</summary>
/// <param name="keyword">The keyword.</param>
/// <param name="bound">The bound.</param>
internal sealed class BoundKeyword(string keyword, JsonElement bound) : Keyword(JsonKinds.Number)
{
    /// <summary>The keyword.</summary>
    public string Name => keyword;

    /// <summary>The bound.</summary>
    public ExactNumber Bound { get; } = ExactNumber.Of(bound);

    /// <summary>Whether it bounds from below.</summary>
    public bool IsLower { get; } = keyword is "minimum" or "exclusiveMinimum";

    /// <summary>Whether the bound itself is not allowed.</summary>
    public bool IsExclusive { get; } = keyword is "exclusiveMinimum" or "exclusiveMaximum";

    private readonly long? _whole = ExactNumber.Of(bound).ToInt64();

    public override bool Check(JsonValue instance, Evaluation run)
    {
        int order = Compare(instance, run);
        if (order == 0 ? !IsExclusive : order > 0 == IsLower)
        {
            return true;
        }

        if (run.Collects)
        {
            string limit = (IsLower, IsExclusive) switch
            {
                (true, false) => "at least",
                (true, true) => "greater than",
                (false, false) => "at most",
                (false, true) => "less than",
            };
            string rule = $"must be {limit} {JsonText.Compact(bound)}";
            run.Report(keyword, $"{rule}, but it is {JsonText.Describe(instance)}", $"{rule}; got {JsonText.Compact(instance)}");
        }

        return false;
    }

    private int Compare(JsonValue instance, Evaluation run)
    {
        if (_whole is { } whole && instance.TryGetSmallInteger(out long value))
        {
            return value.CompareTo(whole);
        }

        run.SpendOnNumber(instance);
        return ExactNumber.Parse(instance.Text).CompareTo(Bound);
    }
}

/// <summary><c>multipleOf</c>, exact in decimal.</summary>
/// <param name="divisor">The divisor, greater than 0.</param>
internal sealed class MultipleOfKeyword(JsonElement divisor) : Keyword(JsonKinds.Number)
{
    /// <summary>The divisor.</summary>
    public ExactNumber Divisor { get; } = ExactNumber.Of(divisor);

    public override bool Check(JsonValue instance, Evaluation run)
    {
        run.SpendOnNumber(instance);
        if (ExactNumber.Parse(instance.Text).IsMultipleOf(Divisor))
        {
            return true;
        }

        if (run.Collects)
        {
            string rule = $"must be a multiple of {JsonText.Compact(divisor)}";
            run.Report("multipleOf", $"{rule}, but it is {JsonText.Describe(instance)}", $"{rule}; got {JsonText.Compact(instance)}");
        }

        return false;
    }
}
