using System.Collections.Immutable;
using Bridge.Evaluation.Calibrating;
using Bridge.Reading;
using Bridge.Tools;
using Bridge.Training.Examples;
using Bridge.Training.Records;
using Bridge.Weights;

namespace Bridge.Training.Extractors;

/// <summary>Trains the embedded tool caller.</summary>
public static class ExtractorTraining
{
    // Dates such as "tomorrow" mean the same in every run.
    private static readonly TimeProvider s_clock = new FixedTime(new DateTimeOffset(2024, 1, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>Trains on all records, and says how well it does: on the same records, and by cross-validation.</summary>
    /// <param name="plan">From what and how.</param>
    /// <param name="weights">Receives the weights.</param>
    /// <param name="progress">Hears what is done, in a sentence; <see langword="null"/> for nobody.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The scores.</returns>
    /// <remarks>Without a folder, the models learn on from those that ship: the records there are then show how people ask for their tools, and much of what is known of others stays.</remarks>
    /// <exception cref="InvalidDataException">There are too few records.</exception>
    /// <exception cref="IOException">A file cannot be read, or the weights cannot be written.</exception>
    public static async Task<ExtractorReport> TrainAsync(
        ExtractorPlan plan, Stream weights, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        TrainingData data = await ReadAsync(plan, cancellationToken).ConfigureAwait(false);
        ExtractorWeights? start = plan.Folder is null ? ExtractorWeights.Shipped.Value : null;
        var composer = new Composer(data);
        ImmutableArray<TrainingRecord> records =
            [.. data.Records, .. composer.Combine(), .. start is null ? Made(data) : []];
        progress?.Report($"{data.Records.Length:N0} records and {records.Length - data.Records.Length:N0} composed of them are read.");
        ImmutableArray<ICandidateScanner> scanners = RequestReading.Scanners(s_clock);
        (TrainingRecord Record, ImmutableArray<Tool>[] Variants)[] offered = [.. records.Select(record => (record, composer.Variants(record).ToArray()))];
        ImmutableArray<Lesson> lessons =
            [.. offered.AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(one => Lesson.Of(one.Record, one.Variants, scanners)).OfType<Lesson>()];
        byte[] rarity = start is null ? RarityTable.Of(data.Tools) : start.Rarity.Table.ToArray();
        progress?.Report($"{lessons.Length:N0} lessons with {lessons.Sum(lesson => lesson.Slots.Length):N0} questions about values are prepared.");

        ImmutableArray<ExtractorAnswer> unseen = plan.CrossValidate
            ? await CrossValidateAsync(data, lessons, rarity, start, progress, cancellationToken).ConfigureAwait(false)
            : [];
        TrainedExtractor trained = ExtractorFit.Teach(lessons, rarity, start, cancellationToken) with
        {
            // What answers are worth is learned from records never seen; where there are none, what is known of it holds.
            Confidence = start is null && plan.CrossValidate ? ConfidenceFit.Fit(unseen) : ExtractorWeights.Shipped.Value.Confidence,
        };
        trained.Write(weights);
        progress?.Report("The weights are trained on all records.");
        ImmutableArray<ExtractorAnswer> answers = await ExtractorAnswer.AskAsync(trained.ToWeights(), Measured(data), s_clock).ConfigureAwait(false);
        return Report(answers, unseen, start) with { Shipped = ExtractorScore.Sum(await AskShippedAsync(data).ConfigureAwait(false)) };
    }

    private static ExtractorReport Report(ImmutableArray<ExtractorAnswer> answers, ImmutableArray<ExtractorAnswer> unseen, ExtractorWeights? start)
    {
        ImmutableArray<ExtractorAnswer> held = start is null ? ConfidenceFit.Held(unseen) : ConfidenceFit.Apply(start.Confidence, unseen);
        return new ExtractorReport(ExtractorScore.Sum(answers), ExtractorScore.Sum(unseen))
        {
            Calibration = ConfidenceFit.Measure(held),
            Advice = held.IsEmpty ? null : CallerAdvice.Learn("embedded", [.. held.Select(answer => (answer.Record, answer.ToPrediction()))]),
        };
    }

    private static async Task<ImmutableArray<ExtractorAnswer>> AskShippedAsync(TrainingData data)
    {
        TrainingRecord[] own = [.. data.Records.Where(record => record.Origin == Origin.Own)];
        return own.Length == 0 ? [] : await ExtractorAnswer.AskAsync(ExtractorWeights.Shipped.Value, own, s_clock).ConfigureAwait(false);
    }

    private static async Task<TrainingData> ReadAsync(ExtractorPlan plan, CancellationToken cancellationToken)
    {
        if (plan.Folder is not null)
        {
            return (await TrainingData.ReadAsync(plan.Folder, plan.Dialogues, cancellationToken).ConfigureAwait(false)).With(plan.Own);
        }

        return plan.Own.Length >= ExtractorPlan.FewestOwn
            ? new TrainingData([], []).With(plan.Own)
            : throw new InvalidDataException($"{plan.Own.Length} records are too few to learn from: {ExtractorPlan.FewestOwn} at the least.");
    }

    private static IEnumerable<TrainingRecord> Made(TrainingData data) =>
        [.. new ListedRequests(data.Records).Make(), .. new GeneratedRequests(data.Tools, data.Names).Make()];

    private static async Task<ImmutableArray<ExtractorAnswer>> CrossValidateAsync(
        TrainingData data, ImmutableArray<Lesson> lessons, byte[] rarity, ExtractorWeights? start, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var answers = new ImmutableArray<ExtractorAnswer>[TrainingRecord.Folds];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, TrainingRecord.Folds, parallel, async (fold, token) =>
        {
            ExtractorWeights trained = ExtractorFit.Teach([.. lessons.Where(lesson => lesson.Record.Fold != fold)], rarity, start, token).ToWeights();
            answers[fold] = await ExtractorAnswer.AskAsync(trained, Measured(data).Where(record => record.Fold == fold), s_clock).ConfigureAwait(false);
            progress?.Report($"Fold {fold + 1} of {TrainingRecord.Folds} is measured.");
        }).ConfigureAwait(false);
        return [.. answers.SelectMany(part => part)];
    }

    private static IEnumerable<TrainingRecord> Measured(TrainingData data) => data.Records.Where(record => record.Origin is Origin.Leaderboard or Origin.Own);

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => now;
    }
}
