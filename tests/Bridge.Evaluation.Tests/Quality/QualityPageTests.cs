using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Evaluation.Records;
using Bridge.Evaluation.Running;
using Bridge.Evaluation.Summaries;
using Bridge.Hosting;
using Bridge.Pipeline;
using Bridge.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Evaluation.Tests.Quality;

public class QualityPageTests(ITestOutputHelper output)
{
    private const double Rounding = 0.05;

    [Fact]
    public async Task Page_ScoresOfTheEmbeddedCaller_AreNoMoreThanARunShows()
    {
        EvalSet set = await EvalFiles.ReadAsync(EvalFiles.Find(TestData.Require("eval/bfcl-dev")), TestContext.Current.CancellationToken);
        await using ToolCallBridge bridge = await ToolCallBridge.CreateAsync(_ => { });
        var answers = new EvalAnswers(set.Records);
        await new EvalRunner(bridge.Services.GetRequiredService<ToolProposer>(), "embedded")
            .RunAsync(set.Records, 2, (_, prediction) => answers.Add(prediction), TestContext.Current.CancellationToken);

        ImmutableArray<CategoryScore> scores = EvalSummary.Of("embedded", set.Records.Length, answers.All).Categories;
        foreach (CategoryScore score in scores)
        {
            output.WriteLine($"{score.Category}: {score.Right} of {score.Total}");
        }

        if (Environment.GetEnvironmentVariable("BRIDGE_WRITE_DOCS") == "1")
        {
            string other = OtherOrigin.Of((await File.ReadAllTextAsync(QualityPage.Path)).ReplaceLineEndings("\n"));
            await File.WriteAllTextAsync(QualityPage.Path, $"{QualityPage.Write(scores, Folds())}{(other.Length == 0 ? "" : "\n")}{other}");
        }

        Dictionary<string, double> claims = QualityPage.Claims((await File.ReadAllTextAsync(QualityPage.Path)).ReplaceLineEndings("\n"));
        claims.Keys.Should().BeEquivalentTo(scores.Select(score => score.Category));
        foreach (CategoryScore score in scores)
        {
            claims[score.Category].Should().BeLessThanOrEqualTo((100 * score.Accuracy) + Rounding, $"docs/quality.md claims it for '{score.Category}'; BRIDGE_WRITE_DOCS=1 writes what is so");
        }
    }

    [Fact]
    public void Write_WithFolds_HasASectionOfItsOwnThatIsNoClaim()
    {
        ImmutableArray<CategoryScore> scores = [new CategoryScore("multiple", 3, 4, [])];
        JsonElement folds = JsonElement.Parse("""{"categories":{"multiple":{"right":1,"total":2}}}""");

        string page = QualityPage.Write(scores, folds);

        page.Should().Contain("| `multiple` | 75.0 | 4 | 63.5 | 81.0 |").And.Contain("| `multiple` | 50.0 | 2 | 63.5 | 81.0 |");
        QualityPage.Claims(page).Should().BeEquivalentTo(new Dictionary<string, double> { ["multiple"] = 75 });
    }

    // What the training program wrote of records it left out: {"categories": {"multiple": {"right": 1, "total": 2}}}.
    private static JsonElement? Folds() => Environment.GetEnvironmentVariable("BRIDGE_CROSS_VALIDATION") is { Length: > 0 } path
        ? JsonElement.Parse(File.ReadAllText(path))
        : null;
}
