namespace Bridge.Tools;

/// <summary>The one name of a tool, <c>SOURCE/NAME</c>: what configuration, policy, pins, audit, logs and JSON use.</summary>
/// <param name="Source">The configured id of the source, <c>[a-z0-9][a-z0-9-]{0,31}</c>.</param>
/// <param name="Name">The tool's name as its source spells it.</param>
public readonly record struct ToolId(string Source, string Name)
{
    /// <summary>Reads an id; everything behind the first slash is the name.</summary>
    /// <param name="text">The text, such as <c>calculator/add</c>.</param>
    /// <param name="id">The id.</param>
    /// <returns><see langword="false"/> when the text has no source or no name.</returns>
    public static bool TryParse(string? text, out ToolId id)
    {
        int slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        bool valid = slash > 0 && slash < text!.Length - 1;
        id = valid ? new ToolId(text![..slash], text[(slash + 1)..]) : default;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Source}/{Name}";
}
