using System.Collections.Immutable;
using Bridge.Reading;
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
    /// <exception cref="IOException">A file cannot be read, or the weights cannot be written.</exception>
    public static async Task<ExtractorReport> TrainAsync(
        ExtractorPlan plan, Stream weights, IProgress<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        TrainingData data = await TrainingData.ReadAsync(plan.Folder, plan.Dialogues, cancellationToken).ConfigureAwait(false);
        var composer = new Composer(data);
        ImmutableArray<TrainingRecord> records =
            [.. data.Records, .. composer.Combine(), .. new ListedRequests(data.Records).Make(), .. new GeneratedRequests(data.Tools, data.Names).Make()];
        progress?.Report($"{data.Records.Length:N0} records and {records.Length - data.Records.Length:N0} composed of them are read.");
        ImmutableArray<ICandidateScanner> scanners = RequestReading.Scanners(s_clock);
        ImmutableArray<Lesson> lessons = [.. records.Select(record => Lesson.Of(record, [.. composer.Variants(record)], scanners)).OfType<Lesson>()];
        byte[] rarity = RarityTable.Of(data.Tools);
        progress?.Report($"{lessons.Length:N0} lessons with {lessons.Sum(lesson => lesson.Slots.Length):N0} questions about values are prepared.");

        ImmutableArray<ExtractorScore> validated = plan.CrossValidate
            ? await CrossValidateAsync(data, lessons, rarity, progress, cancellationToken).ConfigureAwait(false)
            : [];
        TrainedExtractor trained = ExtractorFit.Teach(lessons, rarity, cancellationToken);
        trained.Write(weights);
        progress?.Report("The weights are trained on all records.");
        ImmutableArray<(string, bool)> answers = await ExtractorScore.AskAsync(trained.ToWeights(), Measured(data), s_clock).ConfigureAwait(false);
        return new ExtractorReport(ExtractorScore.Sum(answers), validated);
    }

    private static async Task<ImmutableArray<ExtractorScore>> CrossValidateAsync(
        TrainingData data, ImmutableArray<Lesson> lessons, byte[] rarity, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        var answers = new List<(string, bool)>();
        for (int fold = 0; fold < TrainingRecord.Folds; fold++)
        {
            ExtractorWeights trained = ExtractorFit.Teach([.. lessons.Where(lesson => lesson.Record.Fold != fold)], rarity, cancellationToken).ToWeights();
            answers.AddRange(await ExtractorScore.AskAsync(trained, Measured(data).Where(record => record.Fold == fold), s_clock).ConfigureAwait(false));
            progress?.Report($"Fold {fold + 1} of {TrainingRecord.Folds} is measured.");
        }

        return ExtractorScore.Sum(answers);
    }

    private static IEnumerable<TrainingRecord> Measured(TrainingData data) => data.Records.Where(record => record.Origin == Origin.Leaderboard);

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => now;
    }
}
