using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Bridge.Evaluation.Predictions;
using Bridge.Evaluation.Records;
using Bridge.Evaluation.Retrieval;
using Bridge.Evaluation.Summaries;

namespace Bridge.Evaluation.Reports;

/// <summary>An evaluation as one HTML page that needs nothing else: no script, no network.</summary>
public sealed class HtmlReport
{
    private const int MaxWrong = 500;
    private const int MaxText = 600;

    private const string Style = """
        body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#222}
        table{border-collapse:collapse;margin:1rem 0}td,th{border:1px solid #ccc;padding:.25rem .6rem;text-align:left;vertical-align:top}
        td.n{text-align:right}code{font-size:13px;overflow-wrap:anywhere}th{background:#f3f3f3}
        """;

    private readonly StringBuilder _page = new();

    private HtmlReport()
    {
    }

    /// <summary>Writes the page.</summary>
    /// <param name="summary">What the evaluation came to; <see langword="null"/> when there were no records.</param>
    /// <param name="problems">The lines that were left out.</param>
    /// <param name="retrieval">What a shortlister was measured to do; empty when none was measured.</param>
    /// <returns>The page.</returns>
    public static string Write(EvalSummary? summary, ImmutableArray<RecordProblem> problems, ImmutableArray<RetrievalScore> retrieval)
    {
        var report = new HtmlReport();
        string title = $"Evaluation of {summary?.Caller ?? "the shortlister"}";
        report._page.Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{Escape(title)}</title><style>{Style}</style></head><body>\n<h1>{Escape(title)}</h1>\n");
        if (summary is not null)
        {
            report.Scores(summary);
            report.Behaviour(summary);
            report.Reliability(summary.Calibration);
        }

        report.Retrieval(retrieval);
        report.LeftOut(problems);
        if (summary is not null)
        {
            report.Wrong(summary);
        }

        return report._page.Append("</body></html>\n").ToString();
    }

    private void Scores(EvalSummary summary)
    {
        Heading("Scores");
        Paragraph($"{summary.Answers.Length} of {summary.Records} records were answered.");
        Table(["category", "right", "of", "share", "mistakes"], summary.Categories.Append(summary.All).Select(score => new[]
        {
            score.Category, Number(score.Right), Number(score.Total), Percent(score.Accuracy), string.Join(", ", score.Mistakes.Select(mistake => $"{mistake.Key} {mistake.Value}")),
        }));
    }

    private void Behaviour(EvalSummary summary)
    {
        Heading("Behaviour");
        Table(["what", "value"], EvalFacts.Of(summary).Select(fact => new[] { fact.Name, fact.Value }));
    }

    private void Reliability(Calibration? calibration)
    {
        if (calibration is null)
        {
            return;
        }

        Heading("Confidence");
        Paragraph($"Expected calibration error {calibration.ExpectedError:0.000}, Brier score {calibration.Brier:0.000}.");
        _page.Append(ReliabilityDiagram.Write(calibration));
        Table(["confidence", "answers", "mean confidence", "right"], calibration.Bins.Select(bin => new[]
        {
            string.Create(CultureInfo.InvariantCulture, $"{bin.From:0.0} to {bin.To:0.0}"), Number(bin.Count), bin.Confidence.ToString("0.000", CultureInfo.InvariantCulture), Percent(bin.Accuracy),
        }));
    }

    private void Retrieval(ImmutableArray<RetrievalScore> scores)
    {
        if (scores.IsEmpty)
        {
            return;
        }

        Heading("Shortlisting");
        Table(["questions", "count", .. RetrievalScore.Counts.Select(count => $"recall@{count}")], scores.Select(score =>
            (string[])[score.Kind, Number(score.Queries), .. score.Recall.Select(Percent)]));
    }

    private void LeftOut(ImmutableArray<RecordProblem> problems)
    {
        if (problems.IsEmpty)
        {
            return;
        }

        Heading("Lines left out");
        Table(["file", "line", "id", "why"], problems.Select(problem => new[] { problem.File, Number(problem.Line), problem.Id ?? "", problem.Message }));
    }

    private void Wrong(EvalSummary summary)
    {
        ScoredAnswer[] wrong = [.. summary.Answers.Where(answer => !answer.IsRight)];
        Heading("Wrong answers");
        if (wrong.Length > MaxWrong)
        {
            Paragraph($"The first {MaxWrong} of {wrong.Length}.");
        }

        Table(["record", "mistake", "prompt", "proposed", "expected"], wrong.Take(MaxWrong).Select(answer => new[]
        {
            answer.Record.Id, answer.Mistake!, Cut(answer.Record.Prompt.UserText), Cut(string.Join("; ", answer.Prediction.Calls.Select(Text))), Cut(Text(answer.Record)),
        }));
    }

    private static string Text(PredictedCall call) => $"{call.Name} {(call.Arguments.ValueKind == JsonValueKind.Undefined ? "" : call.Arguments.GetRawText())}";

    private static string Text(EvalRecord record) => record.Check switch
    {
        EvalCheck.NoCall => "no call",
        EvalCheck.AnyCall => "any call",
        _ => string.Join("; ", record.Expected.Select(call =>
            $"{call.Name} {string.Join(", ", call.Arguments.Select(argument => $"{argument.Name}: {string.Join(" or ", argument.Accepted.Select(value => value.GetRawText()))}"))}")),
    };

    private void Heading(string text) => _page.Append(CultureInfo.InvariantCulture, $"<h2>{Escape(text)}</h2>\n");

    private void Paragraph(FormattableString text) => _page.Append(CultureInfo.InvariantCulture, $"<p>{Escape(text.ToString(CultureInfo.InvariantCulture))}</p>\n");

    private void Table(IEnumerable<string> head, IEnumerable<string[]> rows)
    {
        _page.Append("<table><thead><tr>").AppendJoin("", head.Select(cell => $"<th>{Escape(cell)}</th>")).Append("</tr></thead><tbody>\n");
        foreach (string[] row in rows)
        {
            _page.Append("<tr>").AppendJoin("", row.Select(cell => $"<td{(IsNumber(cell) ? " class=\"n\"" : "")}>{Escape(cell)}</td>")).Append("</tr>\n");
        }

        _page.Append("</tbody></table>\n");
    }

    private static bool IsNumber(string cell) => cell.Length > 0 && cell.All(character => char.IsAsciiDigit(character) || character is '.' or ' ' or '%');

    private static string Cut(string text) => text.Length <= MaxText ? text : text[..MaxText] + " …";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
