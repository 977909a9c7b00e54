namespace Bridge.Tools;

/// <summary>A source could not run a call.</summary>
/// <param name="message">What happened and what to do; fit to be shown to a model.</param>
/// <param name="sent">Whether the call had left Bridge: then nobody knows whether the tool ran.</param>
/// <param name="inner">The cause.</param>
public sealed class ToolSourceException(string message, bool sent, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether the call had left Bridge: then nobody knows whether the tool ran.</summary>
    public bool Sent { get; } = sent;
}
