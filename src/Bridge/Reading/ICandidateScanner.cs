namespace Bridge.Reading;

/// <summary>Finds parts of a text that look like one kind of argument. Thread-safe.</summary>
internal interface ICandidateScanner
{
    /// <summary>Finds candidates.</summary>
    /// <param name="text">The text.</param>
    /// <param name="found">What was found so far by scanners that go first; receives what is found.</param>
    void Scan(RequestText text, CandidateList found);
}
