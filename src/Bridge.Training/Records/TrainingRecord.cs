using Bridge.Evaluation.Records;
using Bridge.Shortlisting;

namespace Bridge.Training.Records;

/// <summary>A record to learn from.</summary>
/// <param name="Record">The record.</param>
/// <param name="Origin">Where it comes from.</param>
internal sealed record TrainingRecord(EvalRecord Record, Origin Origin)
{
    /// <summary>In how many parts records are cut for cross-validation.</summary>
    public const int Folds = 5;

    /// <summary>The part it belongs to, by its id: the same in every run.</summary>
    public int Fold { get; init; } = (int)(TermHash.Of(Record.Id) % Folds);

    /// <summary>What the user says.</summary>
    public string Text => Record.Prompt.UserText;

    /// <summary>Whether exactly one call is right, to a tool that is there.</summary>
    public bool IsSingle => Record.Check == EvalCheck.Calls && Record.Expected.Length == 1 && Tool(Record.Expected[0]) is not null;

    /// <summary>Whether several calls are right.</summary>
    public bool IsSeveral => Record.Check == EvalCheck.Calls && Record.Expected.Length > 1;

    /// <summary>Which half it belongs to, where one half is judged by what the other taught.</summary>
    public int Half => (int)((TermHash.Of(Record.Id) >> 11) & 1);

    /// <summary>The tool of an expected call; <see langword="null"/> when it is not offered.</summary>
    public Tools.Tool? Tool(ExpectedCall call) => Record.Tools.FirstOrDefault(tool => tool.Id.Name == call.Name);
}

/// <summary>Where a record comes from.</summary>
internal enum Origin
{
    /// <summary>The Berkeley Function Calling Leaderboard.</summary>
    Leaderboard,

    /// <summary>Seal-Tools.</summary>
    SealTools,

    /// <summary>ToolAlpaca.</summary>
    ToolAlpaca,

    /// <summary>The user's own.</summary>
    Own,

    /// <summary>Schema-Guided Dialogue.</summary>
    Dialogue,

    /// <summary>Composed of other records.</summary>
    Composed,
}
