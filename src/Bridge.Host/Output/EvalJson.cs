using System.Text.Json.Nodes;
using Bridge.Evaluation.Records;
using Bridge.Evaluation.Retrieval;
using Bridge.Evaluation.Summaries;

namespace Bridge.Host.Output;

/// <summary>What an evaluation came to, as one JSON object.</summary>
internal static class EvalJson
{
    public static JsonObject Of(EvalResult result)
    {
        JsonObject json = result.Summary is { } summary ? Of(summary) : [];
        json["kept"] = result.Kept;
        if (result.Advice is { } advice)
        {
            json["advice"] = AdviceText.Json(advice, result.Cost);
        }

        json["left_out"] = new JsonArray([.. result.Problems.Select(problem => new JsonObject
        {
            ["file"] = problem.File,
            ["line"] = problem.Line,
            ["id"] = problem.Id,
            ["kind"] = problem.Kind == RecordProblemKind.Broken ? "broken" : "contradictory",
            ["message"] = problem.Message,
        })]);
        if (!result.Retrieval.IsEmpty)
        {
            json["retrieval"] = new JsonObject(result.Retrieval.Select(score => KeyValuePair.Create(score.Kind, (JsonNode?)Of(score))));
            json["picking_ms"] = Of(result.Picking);
        }

        return json;
    }

    private static JsonObject Of(EvalSummary summary) => new()
    {
        ["caller"] = summary.Caller,
        ["records"] = summary.Records,
        ["answered"] = summary.Answers.Length,
        ["by_tool_choice"] = summary.ByToolChoice,
        ["categories"] = new JsonObject(summary.Categories.Append(summary.All).Select(score => KeyValuePair.Create(score.Category, (JsonNode?)new JsonObject
        {
            ["right"] = score.Right,
            ["total"] = score.Total,
            ["accuracy"] = Math.Round(score.Accuracy, 4),
            ["mistakes"] = new JsonObject(score.Mistakes.Select(mistake => KeyValuePair.Create(mistake.Key, (JsonNode?)mistake.Value))),
        }))),
        ["no_call"] = new JsonObject
        {
            ["precision"] = Round(summary.NoCall.Precision), ["recall"] = Round(summary.NoCall.Recall),
            ["right"] = summary.NoCall.Right, ["proposed"] = summary.NoCall.Proposed, ["actual"] = summary.NoCall.Actual,
        },
        ["attempts"] = new JsonObject { ["mean"] = Round(summary.Attempts.Mean), ["valid_at_first"] = Round(summary.Attempts.ValidAtFirstShare) },
        ["calibration"] = Of(summary.Calibration),
        ["latency_ms"] = Of(summary.Latency),
        ["tokens"] = summary.Tokens is { } tokens ? new JsonObject { ["answers"] = tokens.Answers, ["input"] = tokens.Input, ["output"] = tokens.Output } : null,
    };

    internal static JsonObject? Of(Calibration? calibration) => calibration is null ? null : new JsonObject
    {
        ["expected_error"] = Round(calibration.ExpectedError),
        ["brier"] = Round(calibration.Brier),
        ["bins"] = new JsonArray([.. calibration.Bins.Select(bin => new JsonObject
        {
            ["from"] = bin.From, ["to"] = bin.To, ["answers"] = bin.Count, ["confidence"] = Round(bin.Confidence), ["accuracy"] = Round(bin.Accuracy),
        })]),
    };

    private static JsonObject? Of(Latency? latency) => latency is null ? null : new JsonObject
    {
        ["mean"] = Round(latency.Mean), ["p50"] = Round(latency.P50), ["p95"] = Round(latency.P95), ["p99"] = Round(latency.P99),
    };

    private static JsonObject Of(RetrievalScore score)
    {
        var json = new JsonObject { ["queries"] = score.Queries };
        foreach ((int count, double recall) in RetrievalScore.Counts.Zip(score.Recall))
        {
            json[$"recall_at_{count}"] = Round(recall);
        }

        return json;
    }

    private static double? Round(double? value) => value is { } number ? Math.Round(number, 4) : null;
}
