using System.Collections.Immutable;
using System.Globalization;
using Bridge.Evaluation.Reports;
using Bridge.Evaluation.Retrieval;
using Bridge.Evaluation.Summaries;

namespace Bridge.Host.Output;

/// <summary>Shows what an evaluation came to, as tables.</summary>
/// <param name="output">Where to.</param>
internal sealed class EvalOutput(TextWriter output)
{
    private const int MistakesShown = 3;

    public void Write(EvalResult result)
    {
        if (result.Summary is { } summary)
        {
            Line($"{summary.Caller}: {summary.Answers.Length} of {summary.Records} records answered{(result.Problems.IsEmpty ? "" : $", {result.Problems.Length} lines left out")}.");
            WriteScores(summary);
            WriteFacts(summary);
            WriteReliability(summary.Calibration);
            if (result.Advice is { } advice)
            {
                Line($"");
                AdviceText.Write(output, advice, result.Cost);
            }
        }

        WriteRetrieval(result);
    }

    private void WriteScores(EvalSummary summary)
    {
        int width = Math.Max(8, summary.Categories.Select(score => score.Category.Length).DefaultIfEmpty().Max());
        Line($"");
        Line($"{"category".PadRight(width)}  {"right",6} {"of",6} {"share",8}  most frequent mistakes");
        foreach (CategoryScore score in summary.Categories.Append(summary.All))
        {
            string mistakes = string.Join(", ", score.Mistakes.Take(MistakesShown).Select(mistake => $"{mistake.Key} {mistake.Value}"));
            Line($"{score.Category.PadRight(width)}  {score.Right,6} {score.Total,6} {100 * score.Accuracy,6:0.0} %  {mistakes}");
        }
    }

    private void WriteFacts(EvalSummary summary)
    {
        Line($"");
        foreach ((string name, string value) in EvalFacts.Of(summary))
        {
            Line($"{name,-34}{value}");
        }
    }

    private void WriteReliability(Calibration? calibration)
    {
        if (calibration is null)
        {
            return;
        }

        Line($"");
        Line($"{"confidence",-12}{"answers",8}{"mean",8}{"right",9}");
        foreach (CalibrationBin bin in calibration.Bins)
        {
            Line($"{bin.From:0.0} to {bin.To:0.0}  {bin.Count,8}{bin.Confidence,8:0.00}{100 * bin.Accuracy,7:0.0} %");
        }
    }

    private void WriteRetrieval(EvalResult result)
    {
        ImmutableArray<RetrievalScore> scores = result.Retrieval;
        if (scores.IsEmpty)
        {
            return;
        }

        int width = Math.Max(9, scores.Max(score => score.Kind.Length));
        Line($"");
        Line($"{"questions".PadRight(width)}  {"count",6}{string.Concat(RetrievalScore.Counts.Select(count => $"{$"recall@{count}",12}"))}");
        foreach (RetrievalScore score in scores)
        {
            Line($"{score.Kind.PadRight(width)}  {score.Queries,6}{string.Concat(score.Recall.Select(recall => string.Create(CultureInfo.InvariantCulture, $"{100 * recall,10:0.0} %")))}");
        }

        if (result.Picking is { } time)
        {
            Line($"");
            Line($"One picking took p50 {time.P50:0.00} ms, p95 {time.P95:0.00} ms, p99 {time.P99:0.00} ms.");
        }
    }

    private void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture).TrimEnd());
}
