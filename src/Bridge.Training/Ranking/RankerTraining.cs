using System.Collections.Immutable;
using Bridge.Evaluation.Records;
using Bridge.Shortlisting;
using Bridge.Tools;

namespace Bridge.Training.Ranking;

/// <summary>Trains the ranker that picks tools out of many. Deterministic: the same data gives the same file.</summary>
public static class RankerTraining
{
    private const int SmallCatalog = 100;

    /// <summary>Trains, measures and writes the ranker.</summary>
    /// <param name="dataFolder">The folder <see cref="RankerData"/> reads.</param>
    /// <param name="outputFile">The file to write, which takes the place of <c>src/Bridge/Shortlisting/ranker.json</c>.</param>
    /// <param name="progress">Hears what is being done.</param>
    /// <param name="cancellationToken">Ends the training; nothing is written then.</param>
    /// <returns>How well it finds tools.</returns>
    /// <exception cref="IOException">Data cannot be read, or the file cannot be written.</exception>
    public static RankerReport Train(
        string dataFolder, string outputFile, IProgress<string>? progress = null, CancellationToken cancellationToken = default) =>
        Train(dataFolder, outputFile, [], progress, cancellationToken);

    /// <summary>The same with the user's own records, one set more.</summary>
    /// <param name="dataFolder">The folder <see cref="RankerData"/> reads.</param>
    /// <param name="outputFile">The file to write.</param>
    /// <param name="own">The records.</param>
    /// <param name="progress">Hears what is being done.</param>
    /// <param name="cancellationToken">Ends the training; nothing is written then.</param>
    /// <returns>How well it finds tools.</returns>
    /// <exception cref="IOException">Data cannot be read, or the file cannot be written.</exception>
    public static RankerReport Train(
        string dataFolder, string outputFile, ImmutableArray<EvalRecord> own, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        progress?.Report("Reading tools and queries.");
        ImmutableArray<RankerSet> sets = RankerData.Read(dataFolder);
        sets = RankerData.Of(own) is { Queries.IsEmpty: false } theirs ? sets.Add(theirs) : sets;
        List<RankerSample> samples = [.. sets.SelectMany(set => SampleReader.Read(set, set.Tools))];
        var more = sets.SelectMany(ReadSmall).ToLookup(sample => (sample.Set, sample.Query.Number));

        progress?.Report($"Fitting on {samples.Count} queries.");
        RankModel model = LinearFit.Fit([.. samples, .. more.SelectMany(query => query)], cancellationToken);
        progress?.Report("Cross-validating.");
        List<(RankerSample Sample, int[] Ranked)> held = RankerCrossValidation.Run(samples, more, cancellationToken);
        var report = new RankerReport([.. sets.Select(set => new RankerReport.SetReport(
            set.Name, set.Tools.Length,
            RankerRecall.Measure([.. samples.Where(sample => sample.Set == set.Name).Select(sample => (sample.Query, RankerCrossValidation.Rank(model, sample)))]),
            RankerRecall.Measure([.. held.Where(ranked => ranked.Sample.Set == set.Name).Select(ranked => (ranked.Sample.Query, ranked.Ranked))])))]);
        File.WriteAllBytes(outputFile, RankerFile.Write(model, report));
        return report;
    }

    private static IEnumerable<RankerSample> ReadSmall(RankerSet set)
    {
        ImmutableArray<Tool> tools = StuffedTools.AddTo(set.Tools);
        return SmallCatalogs.Cut(set with { Tools = tools }, SmallCatalog).SelectMany(small => SampleReader.Read(small, small.Tools));
    }
}
