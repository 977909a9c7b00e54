namespace Bridge.Llama.Gguf;

/// <summary>What a file says about its tokenizer.</summary>
/// <param name="Kind">The kind as the file names it: <c>gpt2</c> is byte-level BPE, <c>llama</c> SentencePiece.</param>
/// <param name="Splitter">How text is cut before merging, for byte-level BPE.</param>
/// <param name="Vocabulary">How many tokens there are.</param>
/// <param name="BeginOfText">The token before a text; <see langword="null"/> where none is named.</param>
/// <param name="EndOfText">The token behind a text.</param>
/// <param name="EndOfTurn">The token behind a turn of a conversation.</param>
/// <param name="AddsBeginOfText">Whether a text begins with that token; <see langword="null"/> where the kind decides.</param>
/// <param name="ChatTemplate">The chat template, in Jinja.</param>
/// <param name="NamedTemplates">Further templates by name, such as <c>tool_use</c>.</param>
public sealed record TokenizerFacts(
    string Kind,
    string? Splitter,
    long Vocabulary,
    int? BeginOfText,
    int? EndOfText,
    int? EndOfTurn,
    bool? AddsBeginOfText,
    string? ChatTemplate,
    IReadOnlyDictionary<string, string> NamedTemplates)
{
    private const string Template = "tokenizer.chat_template";

    /// <summary>Reads what there is.</summary>
    /// <param name="metadata">The metadata.</param>
    /// <exception cref="GgufException">A special token is none of the vocabulary's, or the vocabulary is absent.</exception>
    internal static TokenizerFacts Read(GgufMetadata metadata)
    {
        string kind = metadata.Text("tokenizer.ggml.model")
            ?? throw new GgufException("The metadata 'tokenizer.ggml.model' is absent: the file holds no tokenizer.");
        long vocabulary = metadata.Array("tokenizer.ggml.tokens")?.Count
            ?? throw new GgufException("The metadata 'tokenizer.ggml.tokens' is absent: the file holds no vocabulary.");
        return new TokenizerFacts(
            kind,
            metadata.Text("tokenizer.ggml.pre"),
            vocabulary,
            Special("bos"),
            Special("eos"),
            Special("eot"),
            metadata.Flag("tokenizer.ggml.add_bos_token"),
            metadata.Text(Template),
            Named(metadata));

        // The format's "no such token" is all bits set.
        int? Special(string name)
        {
            string key = $"tokenizer.ggml.{name}_token_id";
            if (metadata.Number(key) is not { } id || id is -1 or uint.MaxValue)
            {
                return null;
            }

            return id >= 0 && id < vocabulary
                ? metadata.Count(key)
                : throw new GgufException($"The metadata '{key}' is {id}, and the vocabulary has {vocabulary} tokens.");
        }
    }

    private static Dictionary<string, string> Named(GgufMetadata metadata) => metadata.Keys
        .Where(key => key.StartsWith($"{Template}.", StringComparison.Ordinal))
        .ToDictionary(key => key[(Template.Length + 1)..], key => metadata.Text(key)!, StringComparer.Ordinal);
}
