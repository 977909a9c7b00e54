using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Bridge.Evaluation.Records;
using Bridge.Evaluation.Running;
using Bridge.Evaluation.Summaries;

namespace Bridge.Host.Output;

/// <summary>Shows what an evaluation came to: tables, or one JSON object.</summary>
internal static class EvalOutput
{
    private const int MistakesShown = 3;

    public static void Write(TextWriter output, bool json, EvalSet set, string caller, EvalAnswers answers)
    {
        ImmutableArray<CategoryScore> scores = CategoryScore.Of(answers.All);
        if (json)
        {
            JsonText.Write(output, Json(set, caller, answers, scores));
        }
        else
        {
            WriteText(output, set, caller, answers, scores);
        }
    }

    private static void WriteText(TextWriter output, EvalSet set, string caller, EvalAnswers answers, ImmutableArray<CategoryScore> scores)
    {
        Line($"{caller}: {answers.Count} of {set.Records.Length} records answered{(set.Problems.IsEmpty ? "" : $", {set.Problems.Length} lines left out")}.");
        Line($"");
        int width = Math.Max(8, scores.Select(score => score.Category.Length).DefaultIfEmpty().Max());
        Line($"{"category".PadRight(width)}  {"right",6} {"of",6} {"share",8}  most frequent mistakes");
        foreach (CategoryScore score in scores)
        {
            string mistakes = string.Join(", ", score.Mistakes.Take(MistakesShown).Select(mistake => $"{mistake.Key} {mistake.Value}"));
            Line($"{score.Category.PadRight(width)}  {score.Right,6} {score.Total,6} {100 * score.Accuracy,6:0.0} %  {mistakes}");
        }

        CategoryScore all = All(scores);
        Line($"{"all".PadRight(width)}  {all.Right,6} {all.Total,6} {100 * all.Accuracy,6:0.0} %");

        void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture).TrimEnd());
    }

    private static JsonObject Json(EvalSet set, string caller, EvalAnswers answers, ImmutableArray<CategoryScore> scores) => new()
    {
        ["caller"] = caller,
        ["records"] = set.Records.Length,
        ["answered"] = answers.Count,
        ["kept"] = answers.Kept,
        ["left_out"] = new JsonArray([.. set.Problems.Select(problem => new JsonObject
        {
            ["file"] = problem.File,
            ["line"] = problem.Line,
            ["id"] = problem.Id,
            ["kind"] = problem.Kind == RecordProblemKind.Broken ? "broken" : "contradictory",
            ["message"] = problem.Message,
        })]),
        ["categories"] = new JsonObject(scores.Append(All(scores) with { Category = "all" }).Select(score => KeyValuePair.Create(score.Category, (JsonNode?)new JsonObject
        {
            ["right"] = score.Right,
            ["total"] = score.Total,
            ["accuracy"] = Math.Round(score.Accuracy, 4),
            ["mistakes"] = new JsonObject(score.Mistakes.Select(mistake => KeyValuePair.Create(mistake.Key, (JsonNode?)mistake.Value))),
        }))),
    };

    private static CategoryScore All(ImmutableArray<CategoryScore> scores) => new("all", scores.Sum(score => score.Right), scores.Sum(score => score.Total), []);
}
