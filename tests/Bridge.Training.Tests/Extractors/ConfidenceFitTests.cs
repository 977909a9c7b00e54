using System.Collections.Immutable;
using Bridge.Calling;
using Bridge.Embedded;
using Bridge.Evaluation.Records;
using Bridge.Evaluation.Summaries;
using Bridge.Training.Extractors;

namespace Bridge.Training.Tests.Extractors;

public class ConfidenceFitTests
{
    [Fact]
    public void Held_ModelsThatAreTooSure_GetTheConfidenceTheyDeserve()
    {
        // Every answer says 0.95; of calls two of three are right, of "no call" nine of ten.
        ImmutableArray<ExtractorAnswer> answers =
        [
            .. Enumerable.Range(0, 300).Select(i => Answer(i, Call(0.95), i % 3 != 0)),
            .. Enumerable.Range(0, 300).Select(i => Answer(i, Proposal.NoCall with { Confidence = 0.95 }, i % 10 != 0)),
        ];

        Calibration before = ConfidenceFit.Measure(answers)!;
        Calibration after = ConfidenceFit.Measure(ConfidenceFit.Held(answers))!;

        before.ExpectedError.Should().BeGreaterThan(0.1);
        after.ExpectedError.Should().BeLessThan(0.02);
        after.Brier.Should().BeLessThan(before.Brier);
    }

    [Fact]
    public void Apply_ProposalOfTwoCalls_WeighsEachByItself()
    {
        ImmutableArray<float> weights = [0, 1, 0, 0, 0, 0, 0, 0];
        Proposal both = Proposal.NoCall with { Calls = [Call(0.9).Calls[0], Call(0.2).Calls[0]], Confidence = 0.2 };

        Proposal scaled = new ConfidenceScale(weights).Apply(both);

        scaled.Confidence.Should().Be(scaled.Calls[1].Confidence).And.BeLessThan(scaled.Calls[0].Confidence!.Value);
        scaled.Calls[0].Confidence.Should().BeApproximately(0.9 / 1.9, 1e-6); // the odds are the share
    }

    [Fact]
    public void Apply_NothingLearned_LeavesTheProposal()
    {
        Proposal proposal = Call(0.7);

        new ConfidenceScale([]).Apply(proposal).Should().BeSameAs(proposal);
    }

    private static Proposal Call(double confidence) =>
        Proposal.NoCall with { Calls = [new ProposedCall("tool", "{}"u8.ToArray()) { Confidence = confidence }], Confidence = confidence };

    private static ExtractorAnswer Answer(int i, Proposal proposal, bool right) =>
        new(new EvalRecord($"{i}", "simple", "text", [], EvalCheck.Calls), i / 30 % 5, proposal, right);
}
