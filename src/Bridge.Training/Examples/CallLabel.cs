using System.Text.Json;
using Bridge.Evaluation.Records;
using Bridge.Evaluation.Scoring;
using Bridge.Extraction;
using Bridge.Slots;

namespace Bridge.Training.Examples;

/// <summary>What a right call says of options: by the rules that score calls.</summary>
/// <param name="call">The call.</param>
/// <param name="declared">The declared types of its tool.</param>
internal sealed class CallLabel(ExpectedCall call, DeclaredTool declared)
{
    private static readonly DeclaredType s_any = new("any", null);

    /// <summary>Whether an option is right.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="option">The option.</param>
    public bool IsRight(Slot slot, Option option)
    {
        if (Accepted(slot) is not { Count: > 0 } accepted)
        {
            return false;
        }

        var value = PythonValue.Of(JsonElement.Parse(option.Value.ToJsonString()));
        DeclaredType type = slot.Path.Length == 1 ? declared.Types.GetValueOrDefault(slot.Path[0], s_any) : s_any;
        return ValueRules.Mistake(value, accepted, type) is null;
    }

    /// <summary>Whether the slot may be left out.</summary>
    /// <param name="slot">The slot.</param>
    public bool MayOmit(Slot slot) => Accepted(slot) is not { Count: > 0 } accepted || accepted.Exists(value => value.IsOmission);

    // The values that are right; of a member, what the first object among the object's values lists for it.
    private List<PythonValue>? Accepted(Slot slot)
    {
        ExpectedArgument? argument = call.Arguments.FirstOrDefault(argument => argument.Name == slot.Path[0]);
        if (argument is null)
        {
            return null;
        }

        IEnumerable<JsonElement> values = argument.Accepted;
        foreach (string member in slot.Path[1..])
        {
            JsonElement outer = values.FirstOrDefault(value => value.ValueKind == JsonValueKind.Object);
            if (outer.ValueKind != JsonValueKind.Object || !outer.TryGetProperty(member, out JsonElement inner))
            {
                return null;
            }

            values = inner.ValueKind == JsonValueKind.Array ? inner.EnumerateArray() : [inner];
        }

        return [.. values.Select(PythonValue.Of)];
    }
}
