namespace Bridge.Llama.Jinja;

/// <summary>Where a rendering goes after a statement.</summary>
internal enum Flow
{
    /// <summary>To the next statement.</summary>
    Next,

    /// <summary>Out of the loop.</summary>
    Break,

    /// <summary>To the next item of the loop.</summary>
    Continue,
}
