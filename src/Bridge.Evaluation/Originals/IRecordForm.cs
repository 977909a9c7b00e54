using System.Collections.Immutable;

namespace Bridge.Evaluation.Originals;

/// <summary>The form in which a benchmark is published: reads its files as records of the uniform form.</summary>
internal interface IRecordForm
{
    /// <summary>What the form is called where forms are listed.</summary>
    string Name { get; }

    /// <summary>Whether a file is of this form.</summary>
    /// <param name="head">How it begins.</param>
    bool Matches(FileHead head);

    /// <summary>Reads a file, and what belongs to it beside it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="IOException">A file cannot be read, or one that belongs to it is missing.</exception>
    /// <exception cref="InvalidDataException">A file that belongs to it is not of its form.</exception>
    Task<OriginalSet> ReadAsync(string file, CancellationToken cancellationToken);
}

/// <summary>What a file holds.</summary>
/// <param name="Records">Its records, in their order.</param>
internal sealed record OriginalSet(ImmutableArray<OriginalRecord> Records)
{
    /// <summary>The service that records name in place of tools, where all share them.</summary>
    public const string SharedService = "all";

    /// <summary>The tools of <see cref="SharedService"/>, each as JSON in the uniform form.</summary>
    public ImmutableArray<string> Tools { get; init; } = [];

    /// <summary>What was left aside, a sentence each.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];
}

/// <summary>A record as it was converted, or what is wrong with it.</summary>
/// <param name="Number">Its line, from 1; in a file that is one JSON list its place in that.</param>
/// <param name="Id">Its id, where one can be read.</param>
internal sealed record OriginalRecord(int Number, string? Id)
{
    /// <summary>The record in the uniform form; <see langword="null"/> where something is wrong.</summary>
    public string? Json { get; init; }

    /// <summary>What is wrong, and what is allowed.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether the record can be read and what it says is right contradicts itself.</summary>
    public bool Contradictory { get; init; }
}

/// <summary>A record cannot be converted.</summary>
/// <param name="message">What is wrong, and what is allowed.</param>
/// <param name="contradictory">Whether it can be read and contradicts itself.</param>
internal sealed class OriginalException(string message, bool contradictory = false) : Exception(message)
{
    public bool Contradictory { get; } = contradictory;
}
