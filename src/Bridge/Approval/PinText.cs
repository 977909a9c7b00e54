using Bridge.Tools;

namespace Bridge.Approval;

/// <summary>Why a tool waits for a person, and the cure.</summary>
internal static class PinText
{
    /// <summary>Says it.</summary>
    /// <param name="state">How its definition stands to what is trusted.</param>
    /// <param name="tool">The tool.</param>
    /// <returns>A sentence.</returns>
    public static string Of(PinState state, Tool tool) => state == PinState.Added
        ? $"The tool '{tool.Id}' was added after its server was trusted ('bridge servers approve {tool.Id.Source}' trusts what it lists now)."
        : $"The definition of the tool '{tool.Id}' changed since it was trusted ('bridge servers approve {tool.Id.Source}' trusts the new one).";
}
