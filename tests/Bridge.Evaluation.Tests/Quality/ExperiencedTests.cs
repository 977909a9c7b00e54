using System.Collections.Immutable;
using Bridge.Evaluation.Retrieval;
using Bridge.Shortlisting;
using Bridge.TestKit;

namespace Bridge.Evaluation.Tests.Quality;

public class ExperiencedTests(ITestOutputHelper output)
{
    // Most tools serve one question: what is kept is of hardly any use, and must do no harm.
    [Fact]
    public async Task Pick_AmongThousandsWithQuestionsOfOthersKept_FindsAsManyAsWithout()
    {
        RetrievalSet set = await RetrievalSet.ReadAsync(TestData.Require("eval/retrieval"), TestContext.Current.CancellationToken);
        RetrievalSet asked = set with { Queries = [.. set.Queries.Where((_, i) => i % 2 == 0)] };

        (ImmutableArray<RetrievalScore> without, _) = await RetrievalScore.MeasureAsync(asked, new RankedShortlister(), () => { }, TestContext.Current.CancellationToken);
        ImmutableArray<RetrievalScore> with = await Experienced.MeasureAsync(asked, set.Queries.Where((_, i) => i % 2 == 1), TestContext.Current.CancellationToken);

        output.WriteLine($"recall@1, @5, @10 without: {string.Join(", ", without[^1].Recall)}; with: {string.Join(", ", with[^1].Recall)}");
        with[^1].Recall[1].Should().BeGreaterThan(without[^1].Recall[1] - 0.01);
    }
}
