namespace Bridge.Shortlisting;

/// <summary>Receives what the ranker sees.</summary>
internal interface IRankReceiver
{
    /// <summary>Takes one tool's features against one part of a prompt.</summary>
    /// <param name="tool">The tool's place.</param>
    /// <param name="row">Its features, valid during the call.</param>
    /// <param name="turn">Zero for the last message of the user, then one for each turn before.</param>
    void Receive(int tool, ReadOnlySpan<float> row, int turn);
}
