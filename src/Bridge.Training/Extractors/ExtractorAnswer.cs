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

/// <summary>What weights answered to a record.</summary>
/// <param name="Record">The record.</param>
/// <param name="Fold">The part of the records it belongs to.</param>
/// <param name="Proposal">The answer.</param>
/// <param name="IsRight">Whether it is right.</param>
internal sealed record ExtractorAnswer(EvalRecord Record, int Fold, Proposal Proposal, bool IsRight)
{
    /// <summary>Asks weights.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="records">The records.</param>
    /// <param name="clock">Says what day it is.</param>
    /// <returns>The answers, in the order of the records.</returns>
    public static async Task<ImmutableArray<ExtractorAnswer>> AskAsync(ExtractorWeights weights, IEnumerable<TrainingRecord> records, TimeProvider clock)
    {
        var caller = new EmbeddedToolCaller(clock, new Lazy<ExtractorWeights>(weights));
        var answers = ImmutableArray.CreateBuilder<ExtractorAnswer>();
        foreach (TrainingRecord record in records)
        {
            var shortlist = Shortlist.Of(record.Record.Tools);
            Proposal proposal = await caller.ProposeAsync(new ProposalRequest(record.Record.Prompt, shortlist), CancellationToken.None).ConfigureAwait(false);
            answers.Add(new ExtractorAnswer(record.Record, record.Fold, proposal, CallRules.Mistake(record.Record, PredictionOf(record.Record, shortlist, proposal)) is null));
        }

        return answers.ToImmutable();
    }

    /// <summary>The answer as the evaluation takes it.</summary>
    public Prediction ToPrediction() => PredictionOf(Record, Shortlist.Of(Record.Tools), Proposal);

    private static Prediction PredictionOf(EvalRecord record, Shortlist shortlist, Proposal proposal) => new(record.Id, [.. proposal.Calls.Select(call =>
        new PredictedCall(shortlist.Find(call.WireName)!.Id.Name, JsonElement.Parse(call.Arguments.Span)) { Confidence = call.Confidence })])
    {
        Confidence = proposal.Confidence,
    };
}
