using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Evaluation.Records;
using Bridge.Training.Extractors;
using Bridge.Weights;

namespace Bridge.Training.Tests.Extractors;

/// <summary>Learning on from the weights that ship.</summary>
public sealed class OwnRecordsTests
{
    // Words that say nothing of their tools, as people of one house use them.
    private static readonly (string Tool, string Description, string Parameter, string Text)[] s_house =
    [
        ("open_ticket", "Opens a ticket.", "subject", "Throw {0} over the fence."),
        ("list_builds", "Lists builds.", "branch", "What is cooking on {0}?"),
    ];

    private static readonly string[] s_words = ["Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India", "Juliett", "Kilo", "Lima", "Mike", "Oscar", "Papa"];

    [Fact]
    public async Task TrainAsync_OwnRecordsAlone_LearnsThem()
    {
        (ExtractorReport report, byte[] weights) = await TrainAsync(validate: false);

        ExtractorScore shipped = report.Shipped.Single(), trained = report.Training.Single();
        (shipped.Category, shipped.All).Should().Be(("own", 30));
        trained.Right.Should().BeGreaterThan(shipped.Right + 5, "it learned how people ask here");
        ExtractorWeights.Read(new MemoryStream(weights)).Rarity.Table.ToArray().Should().Equal(ExtractorWeights.Shipped.Value.Rarity.Table.ToArray());
    }

    [Fact]
    [Trait("Category", "Soak")]
    public async Task TrainAsync_OwnRecordsAlone_LearnsTheSameEachTimeAndHelpsWithThoseNeverSeen()
    {
        (_, byte[] weights) = await TrainAsync(validate: false);
        (ExtractorReport report, byte[] again) = await TrainAsync(validate: true);

        again.Should().Equal(weights);

        ExtractorScore shipped = report.Shipped.Single(), never = report.Validated.Single(), trained = report.Training.Single();
        never.All.Should().Be(30);
        never.Right.Should().BeGreaterThan(shipped.Right + 5, "records that were not seen are of the same house");
        trained.Right.Should().BeGreaterThanOrEqualTo(never.Right);
    }

    [Fact]
    public async Task TrainAsync_AHandfulOfRecords_SaysHowManyItTakes() =>
        await FluentActions.Awaiting(() => ExtractorTraining.TrainAsync(new ExtractorPlan(null) { Own = [.. House().Take(3)] }, Stream.Null))
            .Should().ThrowAsync<InvalidDataException>().WithMessage("3 records are too few*20 at the least*");

    private static async Task<(ExtractorReport Report, byte[] Weights)> TrainAsync(bool validate)
    {
        using var weights = new MemoryStream();
        ExtractorReport report = await ExtractorTraining.TrainAsync(
            new ExtractorPlan(null) { Own = House(), CrossValidate = validate }, weights, null, TestContext.Current.CancellationToken);
        return (report, weights.ToArray());
    }

    private static ImmutableArray<EvalRecord> House()
    {
        object[] tools = [.. s_house.Select(tool => new
        {
            name = tool.Tool,
            description = tool.Description,
            inputSchema = new { type = "object", properties = new Dictionary<string, object> { [tool.Parameter] = new { type = "string" } }, required = new[] { tool.Parameter } },
        })];
        EvalSet set = EvalFiles.Parse("own", s_house.SelectMany(tool => s_words.Select((word, i) => JsonSerializer.Serialize(new
        {
            id = $"{tool.Tool}_{i}",
            messages = new[] { new { role = "user", content = string.Format(System.Globalization.CultureInfo.InvariantCulture, tool.Text, word) } },
            tools,
            expected = new[] { new { name = tool.Tool, arguments = new Dictionary<string, string> { [tool.Parameter] = word } } },
        }))));
        set.Problems.Should().BeEmpty();
        return set.Records;
    }
}
