using System.Text.Json;
using System.Xml.Linq;
using Bridge.Evaluation.Predictions;
using Bridge.Evaluation.Records;
using Bridge.Evaluation.Reports;
using Bridge.Evaluation.Summaries;
using Bridge.Evaluation.Tests.Records;

namespace Bridge.Evaluation.Tests.Reports;

public class HtmlReportTests
{
    private const string Evil = "</td><script src=\\\"http://127.0.0.1/x.js\\\">alert('1')</script>";

    [Fact]
    public async Task Write_HostileTexts_StayTexts()
    {
        EvalRecord record = await RecordLines.OneAsync(RecordLines.Record("a").Replace("Add 1.", Evil, StringComparison.Ordinal).Replace("\"id\":\"a\"", $"\"id\":\"{Evil}\",\"category\":\"{Evil}\"", StringComparison.Ordinal));
        var prediction = new Prediction(record.Id, [new PredictedCall("add", JsonElement.Parse($$"""{"a":"{{Evil}}"}"""))]) { Confidence = 0.9, Milliseconds = 2 };

        string page = HtmlReport.Write(
            EvalSummary.Of("<b>caller", 1, [(record, prediction)]), [new RecordProblem("<i>.jsonl", 3, "<u>", RecordProblemKind.Broken, "<s>")], []);

        page.Should().NotContain("<script").And.NotContain("<b>").And.NotContain("<i>").And.NotContain("<u>").And.NotContain("<s>");
        page.Should().Contain("&lt;script").And.Contain("value").And.Contain("&lt;b&gt;caller");
        XDocument.Parse(page.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal).Replace("<meta charset=\"utf-8\">", "", StringComparison.Ordinal))
            .Descendants().Where(element => element.Name.LocalName == "rect").Should().HaveCount(2, "the frame and one step of confidence");
    }

    [Fact]
    public async Task Write_Page_NeedsNothingElse()
    {
        EvalRecord record = await RecordLines.OneAsync(RecordLines.Record("a"));

        string page = HtmlReport.Write(EvalSummary.Of("embedded", 1, [(record, new Prediction("a", []) { Confidence = 0.4 })]), [], []);

        page.Should().NotMatchRegex("(src|href|url)\\s*[=(]").And.Contain("Expected calibration error 0.400");
    }
}
