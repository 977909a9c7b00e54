using System.Text.Json;
using Bridge.Schemas.Compilation;

namespace Bridge.Schemas.Repair;

/// <summary>Changes that no one can disagree with: <c>"2"</c> where a number is required becomes <c>2</c>.</summary>
public static class ArgumentRepair
{
    /// <summary>Repairs an instance that violates its schema, where the repair is unambiguous.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="instance">The instance.</param>
    /// <returns>The repaired instance (the same one when nothing was changed) and what was changed.</returns>
    /// <remarks>
    /// Repaired are: numbers and booleans written as strings, objects and arrays written as strings, a lone value where a list is
    /// required, an enum value in another case or with spaces around it, and required members that declare a default. A part that
    /// could be repaired in several ways, or in none, stays as it was: a text that may be a written-out list, a whole number with an
    /// exponent, a default that would decide between alternatives. Validate the result.
    /// </remarks>
    public static RepairResult Repair(CompiledSchema schema, JsonElement instance)
    {
        ArgumentNullException.ThrowIfNull(schema);
        if (schema.IsValid(instance))
        {
            return new RepairResult(instance, []);
        }

        var notes = new List<string>();
        JsonElement repaired = new RepairPass(schema, instance).Repair(schema.Root, instance, "", notes);
        return notes.Count == 0 ? new RepairResult(instance, []) : new RepairResult(repaired, [.. notes]);
    }
}
