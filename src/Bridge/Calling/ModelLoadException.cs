namespace Bridge.Calling;

/// <summary>A model cannot be loaded.</summary>
/// <param name="message">Which and why, and what to do.</param>
/// <param name="inner">The cause.</param>
public sealed class ModelLoadException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether it is for want of memory.</summary>
    public bool LacksMemory { get; init; }
}
