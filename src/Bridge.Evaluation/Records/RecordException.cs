namespace Bridge.Evaluation.Records;

/// <summary>A line is no record.</summary>
/// <param name="kind">Whether it cannot be read or contradicts itself.</param>
/// <param name="message">What is wrong, and what is allowed.</param>
internal sealed class RecordException(RecordProblemKind kind, string message) : Exception(message)
{
    public RecordProblemKind Kind { get; } = kind;
}
