using Bridge.Llama.Synthesis;

namespace Bridge.TestKit.Gguf;

/// <summary>A model for tests: it loads and decodes in milliseconds, and what it says is noise.</summary>
public static class TinyModel
{
    // What JSON, a tool call and a question about one consist of, so that texts take fewer tokens than bytes.
    private const string Words =
        "th he in er an re on at en nd or es st ed to it is al ar te se nt ing ion the and tion ment name arguments type string number " +
        "integer boolean object array true false null city country unit date time location query value id text call tool function user " +
        "assistant system weather temperature celsius fahrenheit add path file content message email subject body title description " +
        "properties required enum default min max count limit page list get set search find create update delete send read write";

    private const string SpacedWords =
        "the a of to in is and for what it you please with using on at from me my be are do how that this will can by as or " +
        "weather tool tools function call name city Paris London Berlin date time number add file";

    private static readonly string[] s_marks =
    [
        "{\"", "\":", "\":\"", "\",\"", "\"}", "\"}}", "}}", "\",", "\":{\"", "\":[", "\"]", "[\"", ",\"", "{}", "[]", "},", "},{\"", "]}",
        " \"", " {", " {\"", " [", "\"\n", "}\n", "\n\n", "  ", "    ", "        ", ", ", ": ", ". ", "://", "...", "--", "::", "()", "é", "ü", "—", "日本",
    ];

    /// <summary>The vocabulary's length: the bytes, the pieces and five special tokens.</summary>
    public static int VocabularyLength => Vocabulary().Tokens.Count;

    /// <summary>The shape: 4 layers of 128.</summary>
    public static ModelShape Shape { get; } = new("tiny", "llama", 4, 128, 4, 2, 192, VocabularyLength, 8192, 10_000, false);

    /// <summary>Writes the model.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="type">What its matrices consist of.</param>
    /// <returns>The path.</returns>
    public static string Write(string path, GgufTensorType type = GgufTensorType.F16)
    {
        using FileStream file = File.Create(path);
        Create(type).Write(file);
        return path;
    }

    /// <summary>Makes the model, to be changed or written.</summary>
    /// <param name="type">What its matrices consist of.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    public static GgufWriter Create(GgufTensorType type = GgufTensorType.F16, int seed = 2026) =>
        RandomModel.Create(Shape, type, Vocabulary(), seed);

    /// <summary>Makes the vocabulary.</summary>
    public static BpeVocabulary Vocabulary()
    {
        BpeVocabulary vocabulary = new();
        foreach (string piece in s_marks.Concat(Words.Split(' ')).Concat(SpacedWords.Split(' ').Select(word => ' ' + word)))
        {
            vocabulary.Learn(piece);
        }

        ChatMarkup.AddTokens(vocabulary);
        return vocabulary;
    }
}
