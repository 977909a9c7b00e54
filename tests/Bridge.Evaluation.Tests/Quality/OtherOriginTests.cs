using System.Collections.Immutable;
using Bridge.Evaluation.Records;
using Bridge.Evaluation.Retrieval;
using Bridge.Evaluation.Running;
using Bridge.Evaluation.Summaries;
using Bridge.Hosting;
using Bridge.Pipeline;
using Bridge.Shortlisting;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Evaluation.Tests.Quality;

public class OtherOriginTests(ITestOutputHelper output)
{
    private const double Rounding = 0.05;

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Page_ScoresOfDataOfAnotherOrigin_AreNoMoreThanARunShows()
    {
        EvalSet set = await EvalFiles.ReadAsync(EvalFiles.Find(OtherOrigin.Require()), TestContext.Current.CancellationToken);
        await using ToolCallBridge bridge = await ToolCallBridge.CreateAsync(_ => { });
        var answers = new EvalAnswers(set.Records);
        await new EvalRunner(bridge.Services.GetRequiredService<ToolProposer>(), "embedded")
            .RunAsync(set.Records, 2, (_, prediction) => answers.Add(prediction), TestContext.Current.CancellationToken);
        ImmutableArray<CategoryScore> scores = EvalSummary.Of("embedded", set.Records.Length, answers.All).Categories;
        IShortlister shortlister = bridge.Services.GetRequiredService<IShortlister>();
        var retrieval = new List<RetrievalScore>();
        foreach (RetrievalSet catalog in RetrievalSet.Of(set.Records))
        {
            (ImmutableArray<RetrievalScore> found, _) = await RetrievalScore.MeasureAsync(catalog, shortlister, () => { }, TestContext.Current.CancellationToken);
            retrieval.AddRange(found.Where(score => score.Kind != "all"));
            retrieval.AddRange(await Experienced.MeasureAsync(catalog, TestContext.Current.CancellationToken));
        }

        output.WriteLine(OtherOrigin.Write(scores, retrieval));

        string page = (await File.ReadAllTextAsync(QualityPage.Path)).ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("BRIDGE_WRITE_DOCS") == "1")
        {
            string part = OtherOrigin.Of(page);
            page = $"{page[..(page.Length - part.Length)].TrimEnd()}\n\n{OtherOrigin.Write(scores, retrieval)}";
            await File.WriteAllTextAsync(QualityPage.Path, page);
        }

        ILookup<string, double> claims = OtherOrigin.Claims(OtherOrigin.Of(page));
        ILookup<string, double> measured = OtherOrigin.Claims(OtherOrigin.Write(scores, retrieval));
        claims.Select(claim => claim.Key).Should().BeEquivalentTo(measured.Select(score => score.Key));
        foreach (IGrouping<string, double> claim in claims)
        {
            claim.Zip(measured[claim.Key]).Should().AllSatisfy(pair =>
                pair.First.Should().BeLessThanOrEqualTo(pair.Second + Rounding, $"docs/quality.md claims it for '{claim.Key}'; BRIDGE_WRITE_DOCS=1 writes what is so"));
        }
    }

    [Fact]
    public void Write_Scores_AreReadBackAsClaims()
    {
        string part = OtherOrigin.Write([new CategoryScore("metatool_single", 1, 4, [])], [new RetrievalScore("metatool_single", 4, [0.5, 0.75, 1])]);

        part.Should().StartWith(OtherOrigin.Heading).And.Contain("| `metatool_single` | 25.0 | 4 |").And.Contain("| `metatool_single` | 50.0 | 75.0 | 100.0 | 4 |");
        OtherOrigin.Claims(part)["metatool_single"].Should().Equal(25, 50);
        OtherOrigin.Of($"# Quality\n\n{part}").Should().Be(part);
    }
}
