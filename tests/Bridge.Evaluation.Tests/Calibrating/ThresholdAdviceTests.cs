using System.Text.Json;
using Bridge.Evaluation.Calibrating;
using Bridge.Evaluation.Predictions;
using Bridge.Evaluation.Records;
using Bridge.Evaluation.Tests.Records;

namespace Bridge.Evaluation.Tests.Calibrating;

public class ThresholdAdviceTests
{
    [Fact]
    public async Task Learn_WrongCallsAreLessSure_DrawsTheLineBetweenThem()
    {
        (EvalRecord, Prediction)[] answers = await AnswersAsync(("calls", 1, 0.9), ("calls", 1, 0.8), ("no_call", 1, 0.7), ("no_call", 1, 0.3), ("calls", 2, 0.2));

        ThresholdAdvice advice = ThresholdAdvice.Learn(answers, ThresholdAdvice.NoCost)!;

        advice.Threshold.Should().Be(0.701);
        advice.Without.Should().Be(new ThresholdEffect(5, 2, 3));
        advice.With.Should().Be(new ThresholdEffect(5, 4, 0));
        ThresholdAdvice.EffectOf(answers, 0.701).Should().Be(advice.With);
    }

    [Fact]
    public async Task Learn_WrongCallsCostMore_IsStricter()
    {
        (EvalRecord, Prediction)[] answers = await AnswersAsync(("calls", 1, 0.9), ("calls", 2, 0.8), ("calls", 1, 0.7), ("calls", 1, 0.6));

        ThresholdAdvice.Learn(answers, ThresholdAdvice.NoCost)!.Threshold.Should().Be(0, "every right call counts");
        ThresholdAdvice.Learn(answers, 4)!.Threshold.Should().Be(0.801);
        CallerAdvice advice = CallerAdvice.Learn("embedded", answers);
        (advice.Threshold!.Threshold, advice.SideEffectThreshold!.Threshold).Should().Be((0, 0.801));
    }

    [Fact]
    public async Task EffectOf_EveryThreshold_IsThatOfCallsLeftOut()
    {
        var random = new Random(5);
        (EvalRecord, Prediction)[] answers = await AnswersAsync([.. Enumerable.Range(0, 60).Select(_ =>
            (random.Next(2) == 0 ? "calls" : "no_call", random.Next(1, 3), Math.Round(random.NextDouble(), 2)))]);
        ThresholdAdvice advice = ThresholdAdvice.Learn(answers, 1)!;

        foreach (double threshold in Enumerable.Range(0, 101).Select(step => step / 100.0))
        {
            ThresholdEffect effect = ThresholdAdvice.EffectOf(answers, threshold);
            effect.Right.Should().Be(answers.Count(answer => answer.Item2.Calls[0].Confidence < threshold
                ? answer.Item1.Check == EvalCheck.NoCall
                : answer.Item1.Check == EvalCheck.Calls && answer.Item2.Calls[0].Arguments.GetProperty("a").GetInt32() == 1));
            effect.Worth(1).Should().BeLessThanOrEqualTo(advice.With.Worth(1));
        }
    }

    [Fact]
    public async Task Learn_NoConfidence_LearnsNothing() =>
        ThresholdAdvice.Learn(await AnswersAsync(("calls", 1, null)), 1).Should().BeNull();

    [Fact]
    public async Task CallerAdvice_AttemptsAndTemperatures_AreThoseThatWereNeeded()
    {
        (EvalRecord Record, Prediction Prediction)[] answers = await AnswersAsync(("calls", 1, 0.9), ("calls", 1, 0.9), ("calls", 1, 0.9));
        PredictedAttempt[] ladder = [.. new[] { 0, 0.2, 0.5, 0.5, 0.5 }.Select((temperature, i) => new PredictedAttempt(i == 2 ? "valid" : "invalid", 1) { Temperature = temperature })];
        answers[0].Prediction = answers[0].Prediction with { Attempts = [.. ladder[..3]] };
        answers[1].Prediction = answers[1].Prediction with { Attempts = [.. ladder] };

        CallerAdvice advice = CallerAdvice.Learn("x/y", answers);

        advice.Attempts.Should().Be(3, "the five did not end in an answer");
        advice.Temperatures.Should().Equal(0, 0.2, 0.5);
        CallerAdvice.Learn("x/y", [answers[2]]).Attempts.Should().BeNull();
    }

    private static async Task<(EvalRecord, Prediction)[]> AnswersAsync(params (string Check, int A, double? Confidence)[] answers)
    {
        EvalSet set = await RecordLines.ReadAsync([.. answers.Select((answer, i) =>
            RecordLines.Record($"r{i}", answer.Check, answer.Check == "calls" ? """[{"name":"add","arguments":{"a":[1]}}]""" : "[]"))]);
        return [.. set.Records.Zip(answers, (record, answer) =>
            (record, new Prediction(record.Id, [new PredictedCall("add", JsonElement.Parse($$"""{"a":{{answer.A}}}""")) { Confidence = answer.Confidence }])))];
    }
}
