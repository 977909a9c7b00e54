namespace Bridge.Tools;

/// <summary>Where results are kept that are too large to be handed over whole, for whoever called to read the rest. Thread-safe.</summary>
public interface IResultStore
{
    /// <summary>Keeps a result for a while.</summary>
    /// <param name="identity">Who may read it; nobody else can.</param>
    /// <param name="result">The whole result.</param>
    /// <returns>How to read it; <see langword="null"/> when it is not kept, because it is too large.</returns>
    KeptResult? Keep(ClientIdentity identity, ToolResult result);
}

/// <summary>A result that is kept.</summary>
/// <param name="Uri">Its address, such as <c>bridge://results/4f1c…</c>.</param>
/// <param name="For">How long it is kept.</param>
public sealed record KeptResult(Uri Uri, TimeSpan For);
