using System.Globalization;
using System.Text.Json.Nodes;
using Bridge.Llama.Gguf;
using Bridge.Llama.Store;
using Bridge.Llama.Templates;

namespace Bridge.Host.Output;

/// <summary>Models for programs.</summary>
internal static class ModelJson
{
    public static JsonObject Of(ModelRecord model) => new()
    {
        ["name"] = model.Name,
        ["source"] = model.Source,
        ["downloaded"] = model.Downloaded,
        ["present"] = model.Files.All(file => File.Exists(file.Path)),
        ["bytes"] = model.Bytes,
        ["architecture"] = model.Summary.Architecture,
        ["size"] = model.Summary.Size,
        ["quantisation"] = model.Summary.Quantisation,
        ["context_length"] = model.Summary.Context,
        ["added_at"] = model.Added.ToString("O", CultureInfo.InvariantCulture),
        ["files"] = new JsonArray([.. model.Files.Select(file => new JsonObject
        {
            ["path"] = file.Path,
            ["bytes"] = file.Bytes,
            ["sha256"] = file.Sha256,
            ["url"] = file.Url,
        })]),
    };

    public static JsonObject Of(AddedModels added) => new()
    {
        ["models"] = new JsonArray([.. added.Models.Select(Of)]),
        ["skipped"] = new JsonArray([.. added.Skipped.Select(file => new JsonObject { ["path"] = file.Path, ["reason"] = file.Reason })]),
    };

    public static JsonObject Of(ModelFacts facts) => new()
    {
        ["name"] = facts.Name,
        ["parameters"] = facts.Parameters,
        ["weight_bytes"] = facts.WeightBytes,
        ["layers"] = facts.Dimensions.Layers,
        ["embedding"] = facts.Dimensions.Embedding,
        ["heads"] = facts.Dimensions.Heads,
        ["key_value_heads"] = new JsonArray([.. facts.Dimensions.KeyValueHeads.Select(heads => (JsonNode)heads)]),
        ["head_size"] = facts.Dimensions.KeyLength,
        ["sliding_window"] = facts.SlidingWindow,
        ["recurrent"] = facts.IsRecurrent,
        ["experts"] = facts.Experts,
        ["tokenizer"] = facts.Tokenizer.Kind,
        ["vocabulary"] = facts.Tokenizer.Vocabulary,
        ["bos_token_id"] = facts.Tokenizer.BeginOfText,
        ["eos_token_id"] = facts.Tokenizer.EndOfText,
        ["eot_token_id"] = facts.Tokenizer.EndOfTurn,
        ["chat_template"] = facts.Tokenizer.ChatTemplate,
    };

    public static JsonObject Of(TemplateReport report) => new()
    {
        ["renders"] = new JsonArray([.. report.Renders.Select(name => (JsonNode)name)]),
        ["lacks"] = new JsonArray([.. report.Lacks.Select(name => (JsonNode)name)]),
        ["call_form"] = report.CallForm,
        ["call_form_name"] = report.CallFormName,
        ["call_form_is_own"] = report.IsOwnCallForm,
        ["problem"] = report.Problem,
    };

    public static JsonObject Of(MemoryEstimate memory, MemoryPlan plan, MemoryFit fit) => new()
    {
        ["context"] = plan.Context,
        ["weights"] = memory.Weights,
        ["cache"] = memory.Cache,
        ["compute"] = memory.Compute,
        ["total"] = memory.Total,
        ["fits"] = fit.Fits,
        ["sentence"] = fit.Sentence,
    };
}
