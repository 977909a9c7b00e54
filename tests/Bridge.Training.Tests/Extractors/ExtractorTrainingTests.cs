using System.Text.Json;
using Bridge.TestKit;
using Bridge.Training.Extractors;
using Bridge.Weights;

namespace Bridge.Training.Tests.Extractors;

public sealed class ExtractorTrainingTests : IDisposable
{
    private static readonly string[] s_cities = ["Paris", "London", "Oslo", "Rome", "Madrid", "Vienna", "Prague", "Dublin", "Athens", "Lisbon"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TrainAsync_SmallSet_LearnsIt()
    {
        WriteSet();
        var steps = new List<string>();
        using var weights = new MemoryStream();

        ExtractorReport report = await ExtractorTraining.TrainAsync(new ExtractorPlan(_folder.Path), weights, new Recorder(steps), TestContext.Current.CancellationToken);

        report.Training.Should().OnlyContain(score => score.Right == score.All);
        report.Validated.Select(score => (score.Category, score.All)).Should().Equal(("irrelevance", 10), ("simple", 20));
        steps.Should().NotBeEmpty();
        weights.Position = 0;
        ExtractorWeights.Read(weights).Rarity.Of("weather").Should().BeGreaterThan(0);
    }

    [Fact]
    public async Task TrainAsync_SameData_GivesTheSameWeights()
    {
        WriteSet();

        byte[] first = await TrainAsync();
        byte[] second = await TrainAsync();

        second.Should().Equal(first);
    }

    [Fact]
    public async Task TrainAsync_MissingRecords_NamesTheFolder()
    {
        await FluentActions.Awaiting(TrainAsync).Should().ThrowAsync<FileNotFoundException>().WithMessage("*bfcl-dev*");
    }

    [Fact]
    public async Task TrainAsync_Cancelled_Stops()
    {
        WriteSet();
        await FluentActions.Awaiting(() => ExtractorTraining.TrainAsync(new ExtractorPlan(_folder.Path), Stream.Null, null, new CancellationToken(canceled: true)))
            .Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public void Read_OtherFile_IsRefused()
    {
        FluentActions.Invoking(() => ExtractorWeights.Read(new MemoryStream([1, 2, 3, 4]))).Should().Throw<InvalidDataException>();
    }

    [Fact]
    public async Task Read_CutFile_IsRefused()
    {
        WriteSet();
        byte[] weights = await TrainAsync();
        FluentActions.Invoking(() => ExtractorWeights.Read(new MemoryStream(weights[..(weights.Length / 2)]))).Should().Throw<InvalidDataException>();
    }

    [Fact]
    [Trait("Category", "Soak")]
    public async Task TrainAsync_PublicSets_GivesTheWeightsThatShip()
    {
        TestData.Require("eval/bfcl-dev");
        string data = Path.GetDirectoryName(TestData.Require("train"))!;
        using var weights = new MemoryStream();

        await ExtractorTraining.TrainAsync(new ExtractorPlan(data) { CrossValidate = false }, weights, cancellationToken: TestContext.Current.CancellationToken);

        byte[] shipped = await File.ReadAllBytesAsync(Path.Combine(TestData.RepositoryRoot, "src", "Bridge", "Weights", "extractor.bin"), TestContext.Current.CancellationToken);
        weights.ToArray().Should().Equal(shipped);
    }

    private async Task<byte[]> TrainAsync()
    {
        using var weights = new MemoryStream();
        await ExtractorTraining.TrainAsync(new ExtractorPlan(_folder.Path) { CrossValidate = false }, weights, cancellationToken: TestContext.Current.CancellationToken);
        return weights.ToArray();
    }

    private void WriteSet()
    {
        object weather = Tool("get_weather", "Gets the weather of a city.", "city", "The city.");
        object song = Tool("play_song", "Plays a song of an artist.", "artist", "The artist.");
        IEnumerable<object> calls = s_cities.SelectMany((city, i) => new[]
        {
            Record($"weather_{i}", "simple", $"What is the weather in {city}?", weather, new { name = "get_weather", arguments = new { city = new[] { city } } }),
            Record($"song_{i}", "simple", $"Play a song of the artist {city}.", song, new { name = "play_song", arguments = new { artist = new[] { city } } }),
        });
        IEnumerable<object> refusals = s_cities.Select((city, i) => Record($"no_{i}", "irrelevance", $"How far is {city} from the moon?", i % 2 == 0 ? weather : song, null));
        Write("eval/bfcl-dev/records.jsonl", calls.Concat(refusals));
        Write("eval/retrieval/tools.jsonl", [weather, song]);
        Write("eval/retrieval/queries-dev.jsonl", s_cities.Select((city, i) => new
        {
            id = $"query_{i}", kind = "easy", query = $"Tell me the weather of {city}.", relevant = new[] { "get_weather" },
            calls = new[] { new { name = "get_weather", arguments = new { city } } },
        }));
        Write("train/toolalpaca.jsonl", [Record("alpaca", "toolalpaca", "Weather in Bern, please.", weather, new { name = "get_weather", arguments = new { city = new[] { "Bern" } } })]);
    }

    private static object Tool(string name, string description, string parameter, string about) => new
    {
        name,
        description,
        inputSchema = new
        {
            type = "object",
            properties = new Dictionary<string, object> { [parameter] = new { type = "string", description = about } },
            required = new[] { parameter },
        },
    };

    private static object Record(string id, string category, string text, object tool, object? call) => new
    {
        id, category, messages = new[] { new { role = "user", content = text } }, tools = new[] { tool },
        check = call is null ? "no_call" : "calls", expected = call is null ? [] : new[] { call },
    };

    private void Write(string path, IEnumerable<object> lines)
    {
        string file = Path.Combine(_folder.Path, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllLines(file, lines.Select(line => JsonSerializer.Serialize(line)));
    }

    private sealed class Recorder(List<string> steps) : IProgress<string>
    {
        public void Report(string value) => steps.Add(value);
    }
}
