using System.Globalization;
using System.Text.Json.Nodes;
using Bridge.Llama.Bench;
using Bridge.Llama.Gguf;

namespace Bridge.Host.Output;

/// <summary>Shows what the engine was measured to do: a table for each model, or one JSON array.</summary>
/// <param name="output">Where to.</param>
/// <param name="json">Whether as JSON.</param>
internal sealed class BenchOutput(TextWriter output, bool json)
{
    private readonly JsonArray _reports = [];

    /// <summary>Adds a model.</summary>
    public void Add(BenchReport report)
    {
        if (json)
        {
            _reports.Add(Json(report));
        }
        else
        {
            Write(report);
        }
    }

    /// <summary>Ends the output.</summary>
    public void End()
    {
        if (json)
        {
            JsonText.Write(output, _reports);
        }
    }

    private void Write(BenchReport report)
    {
        Line($"{report.Model}");
        Line($"{report.Runtime}; it takes {ByteSize.Text(report.MemoryBytes)}.");
        Line($"{report.Calls} reference calls of {report.CallTokens:F1} tokens; prompts of {report.PromptTokens:F0} tokens, {report.OwnTokens:F0} of them not read before.");
        Line("");
        Line($"{"",-28}{"written",10}{"",8}{"with the question",19}{"",8}{"batches",9}");
        BenchWay plain = report.Ways[0];
        foreach (BenchWay way in report.Ways)
        {
            Line($"{way.Name,-28}{way.WritingMilliseconds,7:F1} ms{plain.WritingMilliseconds / way.WritingMilliseconds,7:F2}x{way.WholeMilliseconds,16:F1} ms{plain.WholeMilliseconds / way.WholeMilliseconds,7:F2}x{way.Batches,9:F1}");
        }

        Line("");
        foreach (BenchThroughput many in report.Throughput)
        {
            Line($"{many.Way,-28}{many.CallsPerSecondAlone,7:F2} calls/s one after the other, {many.CallsPerSecondTogether:F2} with {many.AtOnce} at once ({many.CallsPerSecondTogether / many.CallsPerSecondAlone:F2}x, {many.TokensPerSecondTogether:F0} tokens/s)");
        }

        Line("");
        Line($"A batch of {string.Join(", ", report.Costs.Select(cost => cost.Tokens))} tokens: {string.Join(", ", report.Costs.Select(cost => cost.Milliseconds.ToString("F1", CultureInfo.InvariantCulture)))} ms.");
        Line($"Guessed {report.Drafts.Guessed} tokens, {100.0 * report.Drafts.Accepted / Math.Max(1, report.Drafts.Guessed):F0} % came true: of reference calls, not of what a trained model writes.");
        Line($"Masks: {report.Masks.ColdMicroseconds:F1} µs a choice the first time, {report.Masks.WarmMicroseconds:F1} µs once warm ({report.Masks.Choices} choices).");
        Line("");
    }

    private void Line(FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private void Line(string text) => output.WriteLine(text);

    private static JsonObject Json(BenchReport report) => new()
    {
        ["model"] = report.Model,
        ["runtime"] = report.Runtime,
        ["memory_bytes"] = report.MemoryBytes,
        ["calls"] = report.Calls,
        ["prompt_tokens"] = report.PromptTokens,
        ["own_tokens"] = report.OwnTokens,
        ["call_tokens"] = report.CallTokens,
        ["ways"] = new JsonArray([.. report.Ways.Select(way => new JsonObject
        {
            ["name"] = way.Name,
            ["writing_ms"] = way.WritingMilliseconds,
            ["whole_ms"] = way.WholeMilliseconds,
            ["batches"] = way.Batches,
        })]),
        ["throughput"] = new JsonArray([.. report.Throughput.Select(many => new JsonObject
        {
            ["way"] = many.Way,
            ["at_once"] = many.AtOnce,
            ["calls_per_second_alone"] = many.CallsPerSecondAlone,
            ["calls_per_second_together"] = many.CallsPerSecondTogether,
            ["tokens_per_second_together"] = many.TokensPerSecondTogether,
        })]),
        ["batch_ms"] = new JsonObject(report.Costs.Select(cost => KeyValuePair.Create(cost.Tokens.ToString(CultureInfo.InvariantCulture), (JsonNode?)cost.Milliseconds))),
        ["guessed_tokens"] = report.Drafts.Guessed,
        ["accepted_tokens_of_reference_calls"] = report.Drafts.Accepted,
        ["mask_us"] = new JsonObject { ["cold"] = report.Masks.ColdMicroseconds, ["warm"] = report.Masks.WarmMicroseconds, ["choices"] = report.Masks.Choices },
    };
}
