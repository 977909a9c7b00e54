using System.Text.Json;
using Bridge.Schemas.Json;

namespace Bridge.Schemas.Validation;

/// <summary>A bound of a number: <c>minimum</c>, <c>maximum</c>, and their exclusive forms.</summary>
/// <param name="keyword">The keyword.</param>
/// <param name="bound">The bound.</param>
internal sealed class BoundKeyword(string keyword, JsonElement bound) : Keyword
{
    private readonly ExactNumber _bound = ExactNumber.Of(bound);
    private readonly bool _isLower = keyword is "minimum" or "exclusiveMinimum";
    private readonly bool _isExclusive = keyword is "exclusiveMinimum" or "exclusiveMaximum";

    public override JsonKinds Kinds => JsonKinds.Number;

    public override bool Check(in JsonElement instance, Evaluation run)
    {
        int order = ExactNumber.Of(instance).CompareTo(_bound);
        if (order == 0 ? !_isExclusive : order > 0 == _isLower)
        {
            return true;
        }

        if (run.Collects)
        {
            string limit = (_isLower, _isExclusive) switch
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
}

/// <summary><c>multipleOf</c>, exact in decimal.</summary>
/// <param name="divisor">The divisor, greater than 0.</param>
internal sealed class MultipleOfKeyword(JsonElement divisor) : Keyword
{
    private readonly ExactNumber _divisor = ExactNumber.Of(divisor);

    public override JsonKinds Kinds => JsonKinds.Number;

    public override bool Check(in JsonElement instance, Evaluation run)
    {
        if (ExactNumber.Of(instance).IsMultipleOf(_divisor))
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
