namespace Bridge.Calling;

/// <summary>Whether a tool may, must or must not be called.</summary>
/// <param name="Mode">The mode.</param>
/// <param name="Tool">The tool that must be called, id or unambiguous name, in mode <see cref="ToolChoiceMode.Named"/>.</param>
public sealed record ToolChoice(ToolChoiceMode Mode, string? Tool = null)
{
    /// <summary>The tool caller decides.</summary>
    public static ToolChoice Auto { get; } = new(ToolChoiceMode.Auto);

    /// <summary>No tool may be called.</summary>
    public static ToolChoice None { get; } = new(ToolChoiceMode.None);

    /// <summary>A tool must be called.</summary>
    public static ToolChoice Required { get; } = new(ToolChoiceMode.Required);

    /// <summary>This tool must be called.</summary>
    /// <param name="tool">The tool's id or unambiguous name.</param>
    /// <returns>The choice.</returns>
    public static ToolChoice Named(string tool) => new(ToolChoiceMode.Named, tool);
}

/// <summary>The modes of a tool choice.</summary>
public enum ToolChoiceMode
{
    /// <summary>The tool caller decides.</summary>
    Auto,

    /// <summary>No tool may be called.</summary>
    None,

    /// <summary>A tool must be called.</summary>
    Required,

    /// <summary>One certain tool must be called.</summary>
    Named,
}
