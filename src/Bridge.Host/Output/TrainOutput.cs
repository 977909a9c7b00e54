using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Bridge.Evaluation.Calibrating;
using Bridge.Training.Extractors;
using Bridge.Training.Ranking;

namespace Bridge.Host.Output;

/// <summary>How well trained weights do: as tables, or as one JSON object.</summary>
internal static class TrainOutput
{
    public static void Write(TextWriter output, bool json, ExtractorReport? extractor, RankerReport? ranker)
    {
        if (json)
        {
            JsonText.Write(output, Json(extractor, ranker));
            return;
        }

        if (extractor is not null)
        {
            WriteExtractor(output, extractor);
        }

        foreach (RankerReport.SetReport set in ranker?.Sets ?? [])
        {
            WriteRanker(output, set);
        }
    }

    private static void WriteExtractor(TextWriter output, ExtractorReport report)
    {
        bool validated = !report.Validated.IsEmpty;
        output.WriteLine(validated ? "Calls that are right, in percent    trained on  never seen  records" : "Calls that are right, in percent    trained on  records");
        foreach (ExtractorScore score in report.Training)
        {
            string never = validated ? Percent(report.Validated.First(other => other.Category == score.Category)).PadLeft(12) : "";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{score.Category,-34}{Percent(score),12}{never}{score.All,9}"));
        }

        WriteConfidence(output, report);
        foreach (ExtractorScore score in report.Shipped)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The weights that ship are right in {Percent(score)} % of '{score.Category}', which they never saw."));
        }
    }

    private static void WriteConfidence(TextWriter output, ExtractorReport report)
    {
        if (report.Calibration is { } calibration)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Confidence, never seen: expected calibration error {calibration.ExpectedError:0.000}, Brier score {calibration.Brier:0.000}."));
        }

        if (report.Advice is { } advice)
        {
            AdviceText.Write(output, advice, CallerAdvice.UsualCost);
        }
    }

    private static void WriteRanker(TextWriter output, RankerReport.SetReport set)
    {
        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Tools found, in percent, among {set.Tools:N0} ({set.Name}): at 1, 5 and 10; never seen at 1, 5 and 10"));
        foreach ((RankerRecall trained, RankerRecall held) in set.Trained.Zip(set.CrossValidated))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{trained.Kind,-22}{100 * trained.At1,8:F1}{100 * trained.At5,8:F1}{100 * trained.At10,8:F1}  {100 * held.At1,8:F1}{100 * held.At5,8:F1}{100 * held.At10,8:F1}"));
        }
    }

    // "categories" are the scores on records never seen, in the form in which the page of scores takes them.
    private static JsonObject Json(ExtractorReport? extractor, RankerReport? ranker)
    {
        var json = new JsonObject();
        if (extractor is not null)
        {
            json["training"] = Json(extractor.Training);
            json["categories"] = Json(extractor.Validated);
            json["shipped"] = Json(extractor.Shipped);
            json["calibration"] = EvalJson.Of(extractor.Calibration);
            json["advice"] = extractor.Advice is { } advice ? AdviceText.Json(advice, CallerAdvice.UsualCost) : null;
        }

        if (ranker is not null)
        {
            json["ranker"] = new JsonArray([.. ranker.Sets.Select(set => new JsonObject
            {
                ["set"] = set.Name,
                ["tools"] = set.Tools,
                ["training"] = Json(set.Trained),
                ["cross_validated"] = Json(set.CrossValidated),
            })]);
        }

        return json;
    }

    private static JsonObject Json(ImmutableArray<ExtractorScore> scores) =>
        new(scores.Select(score => KeyValuePair.Create(score.Category, (JsonNode?)new JsonObject { ["right"] = score.Right, ["total"] = score.All })));

    private static JsonObject Json(ImmutableArray<RankerRecall> recalls) =>
        new(recalls.Select(recall => KeyValuePair.Create(recall.Kind, (JsonNode?)new JsonObject { ["at_1"] = recall.At1, ["at_5"] = recall.At5, ["at_10"] = recall.At10 })));

    private static string Percent(ExtractorScore score) => (100.0 * score.Right / score.All).ToString("F1", CultureInfo.InvariantCulture);
}
