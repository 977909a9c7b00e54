namespace Bridge.TextCalls;

/// <summary>One way in which models write calls as text.</summary>
internal interface ITextCallFormat
{
    /// <summary>Finds the calls written this way.</summary>
    /// <param name="text">The answer, thinking removed.</param>
    /// <param name="found">Where calls go, and what was nearly one.</param>
    void Find(string text, TextCallSink found);
}
