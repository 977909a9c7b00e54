using System.Collections.Immutable;
using Bridge.Evaluation.Records;
using Bridge.Evaluation.Retrieval;
using Bridge.Prompts;
using Bridge.Shortlisting;
using Bridge.TestKit;
using Bridge.Tools;

namespace Bridge.Evaluation.Tests.Retrieval;

public class RetrievalScoreTests
{
    [Fact]
    public async Task Measure_PickerOfTheFirst_FindsWhatIsFirst()
    {
        using var folder = new TemporaryFolder();
        folder.Write("tools.jsonl", string.Join('\n', Enumerable.Range(0, 20).Select(number => $$$"""{"name":"t{{{number}}}","inputSchema":{"type":"object"}}""")));
        folder.Write("queries-dev.jsonl", """
            {"kind":"easy","query":"x","relevant":["t0"]}
            {"kind":"hard","query":"x","relevant":["t0","t4","t9","t19"]}
            {"kind":"hard","query":"x","relevant":["absent"]}
            {"kind":"hard","query":"x"}
            """);
        RetrievalSet.IsIn(folder.Path).Should().BeTrue();
        RetrievalSet set = await RetrievalSet.ReadAsync(folder.Path);
        int steps = 0;

        (ImmutableArray<RetrievalScore> scores, var latency) = await RetrievalScore.MeasureAsync(set, new First(), () => steps++, CancellationToken.None);

        set.Problems.Select(problem => (problem.Line, problem.Kind)).Should().Equal((3, RecordProblemKind.Contradictory), (4, RecordProblemKind.Broken));
        scores.Select(score => (score.Kind, score.Queries)).Should().Equal(("easy", 1), ("hard", 1), ("all", 2));
        scores[0].Recall.Should().Equal(1, 1, 1);
        scores[1].Recall.Should().Equal(0.25, 0.5, 0.75);
        scores[2].Recall.Should().Equal(0.625, 0.75, 0.875);
        (steps, latency is not null).Should().Be((2, true));
    }

    private sealed class First : IShortlister
    {
        public ValueTask<ImmutableArray<Tool>> PickAsync(Prompt prompt, ImmutableArray<Tool> tools, int count, CancellationToken cancellationToken) => new(tools[..count]);
    }
}
