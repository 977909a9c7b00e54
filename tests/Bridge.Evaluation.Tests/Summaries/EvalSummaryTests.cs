using System.Text.Json;
using Bridge.Evaluation.Predictions;
using Bridge.Evaluation.Records;
using Bridge.Evaluation.Summaries;
using Bridge.Evaluation.Tests.Records;

namespace Bridge.Evaluation.Tests.Summaries;

public class EvalSummaryTests
{
    [Fact]
    public async Task Of_RightAndWrongAnswers_CountsEachWay()
    {
        EvalSet set = await RecordLines.ReadAsync(
            RecordLines.Record("a"), RecordLines.Record("b"), RecordLines.Record("c"),
            RecordLines.Record("d", "no_call", "[]"), RecordLines.Record("e", "no_call", "[]"), RecordLines.Record("f", "no_call", "[]"));
        Prediction[] predictions =
        [
            Call("a", 1) with { Attempts = [new("invalid", 4) { InputTokens = 10, OutputTokens = 3 }, new("valid", 4) { InputTokens = 14, OutputTokens = 3 }] },
            Call("b", 2) with { Attempts = [new("valid", 1)] },
            None("c") with { Attempts = [new("no_call", 1)] },
            None("d"),
            None("e") with { Invalid = true },
            Call("f", 1),
        ];

        EvalSummary summary = EvalSummary.Of("embedded", 7, set.Records.Zip(predictions));

        (summary.All.Right, summary.All.Total, summary.Categories.Single().Category).Should().Be((3, 6, "sums"));
        summary.All.Mistakes.Should().Equal(KeyValuePair.Create("called", 1), KeyValuePair.Create("count", 1), KeyValuePair.Create("value", 1));
        (summary.NoCall.Right, summary.NoCall.Proposed, summary.NoCall.Actual).Should().Be((2, 3, 3));
        (summary.NoCall.Precision, summary.NoCall.Recall).Should().Be((2 / 3.0, 2 / 3.0));
        (summary.Attempts.Mean, summary.Attempts.ValidAtFirstShare).Should().Be((4 / 3.0, 0.5));
        (summary.Tokens!.Answers, summary.Tokens.Input, summary.Tokens.Output).Should().Be((1, 24, 6));
        (summary.Calibration, summary.Latency).Should().Be((null, null));
    }

    [Fact]
    public void Calibration_TwoSteps_WeighsTheirDistanceByAnswers()
    {
        Calibration calibration = Calibration.Of([(0.95, true), (0.95, true), (0.95, true), (0.95, false), (0.25, false), (1, true)])!;

        calibration.Bins.Select(bin => (bin.Count, bin.Accuracy)).Should().Equal((1, 0), (5, 0.8));
        calibration.Bins[1].Confidence.Should().BeApproximately(0.96, 1e-9);
        calibration.ExpectedError.Should().BeApproximately(((1 * 0.25) + (5 * 0.16)) / 6, 1e-9);
        calibration.Brier.Should().BeApproximately(((3 * 0.0025) + 0.9025 + 0.0625) / 6, 1e-9);
        Calibration.Of([]).Should().BeNull();
    }

    [Fact]
    public void Latency_OneToHundred_IsTheNearestRank()
    {
        Latency latency = Latency.Of(Enumerable.Range(1, 100).Select(number => (double)number).Reverse())!;

        latency.Should().Be(new Latency(50.5, 50, 95, 99));
        Latency.Of([7]).Should().Be(new Latency(7, 7, 7, 7));
    }

    private static Prediction Call(string id, int a) => new(id, [new PredictedCall("add", JsonElement.Parse($$"""{"a":{{a}}}"""))]);

    private static Prediction None(string id) => new(id, []);
}
