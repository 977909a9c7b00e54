using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Calling;
using Bridge.Embedded;
using Bridge.Evaluation.Predictions;
using Bridge.Evaluation.Records;
using Bridge.Evaluation.Scoring;
using Bridge.Shortlisting;
using Bridge.Training.Records;
using Bridge.Weights;

namespace Bridge.Training.Extractors;

/// <summary>How many records of a category are answered right.</summary>
/// <param name="Category">The category.</param>
/// <param name="Right">How many are right.</param>
/// <param name="All">How many there are.</param>
public sealed record ExtractorScore(string Category, int Right, int All)
{
    /// <summary>Scores weights on records.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="records">The records.</param>
    /// <param name="clock">Says what day it is.</param>
    /// <returns>Whether each record is answered right.</returns>
    internal static async Task<ImmutableArray<(string Category, bool Right)>> AskAsync(
        ExtractorWeights weights, IEnumerable<TrainingRecord> records, TimeProvider clock)
    {
        var caller = new EmbeddedToolCaller(clock, new Lazy<ExtractorWeights>(weights));
        var answers = ImmutableArray.CreateBuilder<(string, bool)>();
        foreach (EvalRecord record in records.Select(record => record.Record))
        {
            var shortlist = Shortlist.Of(record.Tools);
            Proposal proposal = await caller.ProposeAsync(new ProposalRequest(record.Prompt, shortlist), CancellationToken.None).ConfigureAwait(false);
            var prediction = new Prediction(record.Id, [.. proposal.Calls.Select(call =>
                new PredictedCall(shortlist.Find(call.WireName)!.Id.Name, JsonElement.Parse(call.Arguments.Span)))]);
            answers.Add((record.Category, CallRules.Mistake(record, prediction) is null));
        }

        return answers.ToImmutable();
    }

    /// <summary>Adds answers up by category.</summary>
    internal static ImmutableArray<ExtractorScore> Sum(IEnumerable<(string Category, bool Right)> answers) =>
    [
        .. answers.GroupBy(answer => answer.Category).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new ExtractorScore(group.Key, group.Count(answer => answer.Right), group.Count())),
    ];
}
