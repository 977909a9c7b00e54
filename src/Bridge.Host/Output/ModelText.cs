using System.Globalization;
using Bridge.Configuration;
using Bridge.Llama.Gguf;
using Bridge.Llama.Store;
using Bridge.Llama.Templates;

namespace Bridge.Host.Output;

/// <summary>Models for people.</summary>
internal static class ModelText
{
    /// <summary>How a model is taken to run.</summary>
    /// <param name="facts">The model.</param>
    /// <param name="context">The context that was named; <see langword="null"/> for that which it would have.</param>
    /// <param name="options">How models run.</param>
    public static MemoryPlan Plan(ModelFacts facts, int? context, LlamaOptions options) => new(context ?? Math.Min(facts.ContextLength, options.ContextTokens));

    /// <summary>A model in a line, without its name.</summary>
    /// <param name="model">The model.</param>
    public static string Line(ModelRecord model)
    {
        string state = !File.Exists(model.Path) ? "  (gone)" : "";
        ModelSummary summary = model.Summary;
        return $"{summary.Architecture} {summary.Size} {summary.Quantisation}, {ByteSize.Text(model.Bytes)}, {model.Source}{state}";
    }

    /// <summary>A model in full.</summary>
    /// <param name="model">The model.</param>
    /// <param name="facts">What its files say.</param>
    /// <param name="plan">How it is taken to run.</param>
    public static IEnumerable<(string What, string Text)> Facts(ModelRecord model, ModelFacts facts, MemoryPlan plan)
    {
        MemoryEstimate memory = MemoryEstimate.Of(facts, plan);
        ModelDimensions size = facts.Dimensions;
        TokenizerFacts tokenizer = facts.Tokenizer;
        yield return ("name", $"llama/{model.Name}");
        yield return ("model", facts.Name ?? "unnamed");
        yield return ("source", model.Source);
        foreach (StoredFile file in model.Files)
        {
            yield return ("file", $"{file.Path} ({ByteSize.Text(file.Bytes)}, {(model.Downloaded ? "fetched" : "pointed to")})");
            if (file.Sha256 is not null)
            {
                yield return ("sha256", file.Sha256);
            }
        }

        yield return ("architecture", $"{facts.Architecture}{Traits(facts)}");
        yield return ("weights", $"{facts.SizeLabel} ({Number(facts.Parameters)}), {facts.Quantisation}, {ByteSize.Text(facts.WeightBytes)}");
        yield return ("shape", $"{size.Layers} layers of {Number(size.Embedding)}, {size.Heads} heads, {size.KeyValueHeads.Max()} for keys and values");
        yield return ("context", $"{Number(facts.ContextLength)} tokens");
        yield return ("tokenizer", $"{tokenizer.Kind}{(tokenizer.Splitter is { } splitter ? $" ({splitter})" : "")}, {Number(tokenizer.Vocabulary)} tokens");
        yield return ("chat template", tokenizer.ChatTemplate is { } template ? $"{Number(template.Length)} characters" : "none");
        foreach ((string What, string Text) line in Calls(TemplateReport.Of(tokenizer.ChatTemplate)))
        {
            yield return line;
        }

        yield return ("memory", $"{ByteSize.Text(memory.Total)}: weights {ByteSize.Text(memory.Weights)}, cache {ByteSize.Text(memory.Cache)}, buffers {ByteSize.Text(memory.Compute)}");
    }

    private static IEnumerable<(string What, string Text)> Calls(TemplateReport report)
    {
        if (report.Problem is { } problem)
        {
            yield return ("", $"it cannot be used: {Visible(problem)}");
            yield break;
        }

        yield return ("renders", $"{Listed(report.Renders)}{(report.Lacks.IsEmpty ? "" : $"; without a place for {Listed(report.Lacks)}")}");
        yield return ("calls", $"{(report.IsOwnCallForm ? report.CallFormName : $"a form that stands in: {report.CallFormName}")}, {Visible(report.CallForm)}");
    }

    private static string Listed(IReadOnlyList<string> names) => names.Count == 0 ? "nothing" : string.Join(", ", names);

    // What a file says must not speak to the terminal.
    private static string Visible(string text) => string.Concat(text.ReplaceLineEndings("\n").Select(character =>
        character == '\n' ? "\\n" : char.IsControl(character) ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}") : character.ToString()));

    private static string Traits(ModelFacts facts)
    {
        string experts = facts.Experts > 0 ? $", {facts.Experts} experts" : "";
        string window = facts.SlidingWindow is { } tokens ? $", a window of {Number(tokens)} tokens" : "";
        string state = facts.IsRecurrent ? ", recurrent" : "";
        return experts + window + state;
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
