using System.Collections.Immutable;
using Bridge.Evaluation.Records;

namespace Bridge.Training.Extractors;

/// <summary>From what the embedded tool caller learns, and how.</summary>
/// <param name="Folder">A folder that holds <c>eval/bfcl-dev</c>, <c>eval/retrieval</c> and <c>train</c>; <see langword="null"/> to learn on from the weights that ship, from <see cref="Own"/> alone.</param>
public sealed record ExtractorPlan(string? Folder)
{
    /// <summary>So many records at the least make a training of their own.</summary>
    public const int FewestOwn = 20;

    /// <summary>The user's own records. The default is none.</summary>
    public ImmutableArray<EvalRecord> Own { get; init; } = [];

    /// <summary>Whether to learn from Schema-Guided Dialogue too, whose licence is share-alike. The default is <see langword="false"/>.</summary>
    public bool Dialogues { get; init; }

    /// <summary>Whether to measure by cross-validation as well, which takes five times as long. The default is <see langword="true"/>.</summary>
    public bool CrossValidate { get; init; } = true;
}
