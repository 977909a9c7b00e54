using Bridge.Schemas.Json;

namespace Bridge.Schemas.Validation;

/// <summary><c>type</c>.</summary>
/// <param name="allowed">The types that are allowed.</param>
internal sealed class TypeKeyword(JsonKinds allowed) : Keyword
{
    public JsonKinds Allowed { get; } = allowed;

    public override bool Check(JsonValue instance, Evaluation run)
    {
        JsonKinds kind = JsonKindNames.KindOf(instance.Kind);
        if ((Allowed & kind) != 0 || (kind == JsonKinds.Number && (Allowed & JsonKinds.Integer) != 0 && IsInteger(instance)))
        {
            return true;
        }

        if (run.Collects)
        {
            run.Report(
                "type", $"must be {JsonKindNames.Nouns(Allowed)}, but it is {JsonKindNames.Describe(instance)}",
                $"must be {JsonKindNames.Names(Allowed)}; got {JsonText.Compact(instance)}");
        }

        return false;
    }

    /// <summary>Whether a number is whole, however it is spelled.</summary>
    public static bool IsInteger(JsonValue number) => number.IsPlainInteger || ExactNumber.Parse(number.Text).IsInteger;
}
