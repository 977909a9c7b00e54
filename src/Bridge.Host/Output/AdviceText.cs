using System.Globalization;
using System.Text.Json.Nodes;
using Bridge.Evaluation.Calibrating;

namespace Bridge.Host.Output;

/// <summary>How a caller had better be treated, for people and for programs.</summary>
internal static class AdviceText
{
    public static void Write(TextWriter output, CallerAdvice advice, double cost)
    {
        if (advice.Threshold is null)
        {
            Line($"{advice.Caller} says of no call how sure it is: no threshold can be learnt.");
            return;
        }

        Line($"Learnt from {advice.Answers} answers:");
        WriteThreshold("threshold", advice.Threshold, "the most right answers");
        WriteThreshold("sideEffectThreshold", advice.SideEffectThreshold!, string.Create(CultureInfo.InvariantCulture, $"a wrong call costs {cost:0.##} right answers"));

        void WriteThreshold(string name, ThresholdAdvice learnt, string aim) => Line(
            $"{name,-20} {learnt.Threshold:0.000}   right {Share(learnt.Without.Right):0.0} % -> {Share(learnt.With.Right):0.0} %, wrong calls {learnt.Without.WrongCalls} -> {learnt.With.WrongCalls}   ({aim})");

        double Share(int right) => 100.0 * right / Math.Max(1, advice.Answers);

        void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Writes everything that was learnt of a caller.</summary>
    public static void WriteCaller(TextWriter output, CallerAdvice advice, double cost)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{advice.Caller}: {100 * advice.Accuracy:0.0} % right{(advice.Milliseconds is { } time ? string.Create(CultureInfo.InvariantCulture, $", p50 {time:0.0} ms") : "")}"));
        Write(output, advice, cost);
        if (advice.Attempts is { } attempts)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"attempts",-20} {attempts}"));
        }

        if (!advice.Temperatures.IsEmpty)
        {
            output.WriteLine($"{"temperatures",-20} {string.Join(", ", advice.Temperatures.Select(temperature => temperature.ToString("0.##", CultureInfo.InvariantCulture)))}");
        }

        output.WriteLine();
    }

    public static JsonObject Json(CallerAdvice advice, double cost) => new()
    {
        ["caller"] = advice.Caller,
        ["answers"] = advice.Answers,
        ["accuracy"] = Math.Round(advice.Accuracy, 4),
        ["wrong_call_cost"] = cost,
        ["threshold"] = Json(advice.Threshold),
        ["side_effect_threshold"] = Json(advice.SideEffectThreshold),
        ["attempts"] = advice.Attempts,
        ["temperatures"] = new JsonArray([.. advice.Temperatures.Select(temperature => (JsonNode)temperature)]),
        ["p50_ms"] = advice.Milliseconds,
    };

    private static JsonObject? Json(ThresholdAdvice? learnt) => learnt is null ? null : new JsonObject
    {
        ["value"] = learnt.Threshold,
        ["right_without"] = learnt.Without.Right,
        ["right_with"] = learnt.With.Right,
        ["wrong_calls_without"] = learnt.Without.WrongCalls,
        ["wrong_calls_with"] = learnt.With.WrongCalls,
    };
}
