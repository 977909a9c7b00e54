using System.Collections.Immutable;
using System.Text.Json;
using Bridge.TestKit;
using Bridge.Training.Ranking;

namespace Bridge.Training.Tests.Ranking;

public sealed class RankerTrainingTests(ITestOutputHelper output) : IDisposable
{
    private static readonly string[] s_verbs = ["create", "read", "delete", "search", "export"];
    private static readonly string[] s_nouns = ["invoice", "customer", "ticket", "shipment", "calendar", "document", "playlist", "vehicle", "recipe", "contract"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Train_SmallSet_WritesWeightsThatRank()
    {
        WriteSet();
        var steps = new List<string>();

        RankerReport report = RankerTraining.Train(_folder.Path, File("one.json"), new Recorder(steps));

        report.Sets.Should().ContainSingle().Which.Tools.Should().Be(50);
        RankerRecall all = report.Sets[0].CrossValidated[^1];
        all.Queries.Should().Be(40);
        all.At5.Should().BeGreaterThan(0.9);
        all.At10.Should().BeGreaterThanOrEqualTo(all.At5);
        steps.Should().NotBeEmpty();
        using var written = JsonDocument.Parse(System.IO.File.ReadAllBytes(File("one.json")));
        JsonElement[] features = [.. written.RootElement.GetProperty("features").EnumerateArray()];
        features.Should().Contain(feature => feature.GetProperty("weight").GetSingle() != 0);
        features.Select(feature => feature.GetProperty("name").GetString()).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void Train_SameData_GivesTheSameFile()
    {
        WriteSet();

        RankerTraining.Train(_folder.Path, File("one.json"));
        RankerTraining.Train(_folder.Path, File("two.json"));

        System.IO.File.ReadAllBytes(File("two.json")).Should().Equal(System.IO.File.ReadAllBytes(File("one.json")));
    }

    [Fact]
    public void Train_Cancelled_WritesNothing()
    {
        WriteSet();

        FluentActions.Invoking(() => RankerTraining.Train(_folder.Path, File("one.json"), null, new CancellationToken(canceled: true)))
            .Should().Throw<OperationCanceledException>();
        System.IO.File.Exists(File("one.json")).Should().BeFalse();
    }

    [Fact]
    public void Train_NoData_SaysWhichFileIsMissing() =>
        FluentActions.Invoking(() => RankerTraining.Train(_folder.Path, File("one.json"))).Should().Throw<IOException>().WithMessage("*tools.jsonl*");

    [Fact]
    public void Measure_Rankings_AveragesTheShareFound()
    {
        ImmutableArray<RankerRecall> table = RankerRecall.Measure(
        [
            (new RankerQuery(0, "easy", "a", [3]), [3, 1, 2]),
            (new RankerQuery(1, "hard", "b", [4, 9]), [1, 4, 2, 5, 6, 9]),
        ]);

        table.Should().Equal(new RankerRecall("easy", 1, 1, 1, 1), new RankerRecall("hard", 1, 0, 0.5, 1), new RankerRecall("all", 2, 0.5, 0.75, 1));
    }

    // The weights that ship are what the data gives; another machine's arithmetic may differ in the last digits.
    [Fact]
    [Trait("Category", "Soak")]
    public void Train_PublicSets_GivesTheWeightsThatShip()
    {
        TestData.Require("eval/bfcl-dev");
        string data = Path.GetDirectoryName(Path.GetDirectoryName(TestData.Require("eval/retrieval")))!;

        RankerReport report = RankerTraining.Train(data, File("ranker.json"));

        output.WriteLine(string.Join('\n', report.Sets.SelectMany(set => set.Trained.Concat(set.CrossValidated))));
        report.Sets[0].CrossValidated[^1].At5.Should().BeGreaterThan(0.95);
        float[] shipped = Weights(Path.Combine(TestData.RepositoryRoot, "src", "Bridge", "Shortlisting", "ranker.json"));
        float[] trained = Weights(File("ranker.json"));
        trained.Should().HaveSameCount(shipped);
        trained.Zip(shipped).Should().AllSatisfy(weight => weight.First.Should().BeApproximately(weight.Second, 0.01f));
    }

    private static float[] Weights(string file)
    {
        using var model = JsonDocument.Parse(System.IO.File.ReadAllBytes(file));
        return [.. model.RootElement.GetProperty("features").EnumerateArray().Select(feature => feature.GetProperty("weight").GetSingle())];
    }

    private string File(string name) => Path.Combine(_folder.Path, name);

    private void WriteSet()
    {
        (string Verb, string Noun)[] pairs = [.. from noun in s_nouns from verb in s_verbs select (verb, noun)];
        _folder.Write("eval/retrieval/tools.jsonl", string.Join('\n', pairs.Select(pair => JsonSerializer.Serialize(new
        {
            name = $"{pair.Verb}_{pair.Noun}",
            description = $"Can {pair.Verb} one {pair.Noun} of the company",
            inputSchema = new { type = "object", properties = new { number = new { type = "integer" } } },
        }))));
        _folder.Write("eval/retrieval/queries-dev.jsonl", string.Join('\n', Enumerable.Range(0, 40).Select(i => JsonSerializer.Serialize(new
        {
            kind = i % 2 == 0 ? "easy" : "difficult",
            query = i % 2 == 0
                ? $"Please {pairs[i].Verb} the {pairs[i].Noun} number {i}."
                : $"Please {pairs[i].Verb} the {pairs[i].Noun} number {i}. Then {pairs[i + 5].Verb} a {pairs[i + 5].Noun}.",
            relevant = i % 2 == 0 ? [$"{pairs[i].Verb}_{pairs[i].Noun}"] : new[] { $"{pairs[i].Verb}_{pairs[i].Noun}", $"{pairs[i + 5].Verb}_{pairs[i + 5].Noun}" },
        }))));
    }

    private sealed class Recorder(List<string> steps) : IProgress<string>
    {
        public void Report(string value) => steps.Add(value);
    }
}
