using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Schemas.Json;

namespace Bridge.Schemas.Validation;

/// <summary><c>enum</c>, and <c>const</c> as an enum of one.</summary>
internal sealed class EnumKeyword : Keyword
{
    private const int LinearLimit = 16;
    private const int Shown = 20;
    private readonly HashSet<JsonElement>? _set;
    private readonly bool _isConst;

    public EnumKeyword(ImmutableArray<JsonElement> values, bool isConst)
    {
        Values = values;
        _isConst = isConst;
        _set = values.Length > LinearLimit ? new HashSet<JsonElement>(values, JsonEquality.Instance) : null;
    }

    /// <summary>The values that are allowed.</summary>
    public ImmutableArray<JsonElement> Values { get; }

    public override bool Check(in JsonElement instance, Evaluation run)
    {
        if (Allows(instance))
        {
            return true;
        }

        if (run.Collects)
        {
            string keyword = _isConst ? "const" : "enum";
            string rest = Values.Length > Shown ? $" and {Values.Length - Shown} more" : "";
            string allowed = string.Join(", ", Values.Take(Shown).Select(JsonText.Describe)) + rest;
            string names = string.Join(", ", Values.Take(Shown).Select(Bare)) + rest;
            string oneOf = Values.Length == 1 ? "" : "one of ";
            run.Report(
                keyword, $"must be {oneOf}{allowed}, but it is {JsonText.Describe(instance)}",
                $"must be {oneOf}{names}; got {JsonText.Compact(instance)}");
        }

        return false;
    }

    /// <summary>Whether a value is one of those allowed.</summary>
    public bool Allows(JsonElement instance)
    {
        if (_set is not null)
        {
            return _set.Contains(instance);
        }

        foreach (JsonElement value in Values)
        {
            if (JsonEquality.Instance.Equals(value, instance))
            {
                return true;
            }
        }

        return false;
    }

    private static string Bare(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? JsonText.Cap(value.GetString()!) : JsonText.Compact(value);
}
