using System.Globalization;

namespace Bridge.Llama.Gguf;

/// <summary>What the files of a model say about it.</summary>
/// <param name="Architecture">The architecture, as llama.cpp names it.</param>
/// <param name="Name">The name its maker gave it.</param>
/// <param name="SizeLabel">Its size in a word: <c>494M</c>, <c>8.0B</c>.</param>
/// <param name="Quantisation">What its weights mostly are: <c>Q4_K_M</c>.</param>
/// <param name="Parameters">How many weights it has.</param>
/// <param name="WeightBytes">How many bytes they take.</param>
/// <param name="ContextLength">The longest context it was trained for, in tokens.</param>
/// <param name="Dimensions">Its sizes.</param>
/// <param name="Tokenizer">Its tokenizer.</param>
/// <param name="SlidingWindow">How far attention looks back in layers with a window; <see langword="null"/> without one.</param>
/// <param name="IsRecurrent">Whether layers keep a state instead of keys and values: such a context cannot be cut back to a prefix.</param>
/// <param name="Experts">How many experts a layer has; 0 for a dense model.</param>
/// <param name="Files">The files it consists of, in order.</param>
/// <param name="FileBytes">How many bytes the files have.</param>
public sealed record ModelFacts(
    string Architecture,
    string? Name,
    string SizeLabel,
    string Quantisation,
    long Parameters,
    long WeightBytes,
    int ContextLength,
    ModelDimensions Dimensions,
    TokenizerFacts Tokenizer,
    int? SlidingWindow,
    bool IsRecurrent,
    int Experts,
    IReadOnlyList<string> Files,
    long FileBytes)
{
    /// <summary>Reads a model's facts, from all its parts.</summary>
    /// <param name="path">Its file, or any of its parts.</param>
    /// <exception cref="GgufException">A file is not sound, not of a model, or a part is missing.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ModelFacts Read(string path)
    {
        ModelParts parts = ModelParts.Read(path);
        GgufMetadata metadata = parts.Metadata;
        string architecture = ReadArchitecture(metadata);
        IReadOnlyList<GgufTensor> tensors = parts.Tensors;
        if (tensors.Count == 0)
        {
            throw new GgufException($"'{path}' holds no weights.");
        }

        long parameters = tensors.Sum(tensor => tensor.Elements);
        return new ModelFacts(
            architecture,
            metadata.Text("general.name"),
            metadata.Text("general.size_label") ?? Label(parameters),
            FileTypes.NameOf(metadata.Count("general.file_type"), tensors),
            parameters,
            tensors.Sum(tensor => tensor.Bytes),
            metadata.Count($"{architecture}.context_length") is > 0 and { } context
                ? context
                : throw new GgufException($"The metadata '{architecture}.context_length' must say how many tokens a context may have."),
            ModelDimensions.Read(metadata, architecture),
            TokenizerFacts.Read(metadata),
            metadata.Count($"{architecture}.attention.sliding_window") is { } window and > 0 ? window : null,
            KeepsState(metadata, architecture),
            metadata.Count($"{architecture}.expert_count") ?? 0,
            parts.Paths,
            parts.Bytes);
    }

    private static string ReadArchitecture(GgufMetadata metadata)
    {
        string architecture = metadata.Text("general.architecture")
            ?? throw new GgufException("The metadata 'general.architecture' is absent: this is not a model.");
        string type = metadata.Text("general.type") ?? "model";
        return type == "model" && architecture != "clip"
            ? architecture
            : throw new GgufException($"The file holds a part of a model ('{(type == "model" ? architecture : type)}'), which cannot run alone.");
    }

    private static bool KeepsState(GgufMetadata metadata, string architecture) => metadata.Keys.Any(key =>
        key.StartsWith($"{architecture}.ssm.", StringComparison.Ordinal)
        || key.StartsWith($"{architecture}.wkv.", StringComparison.Ordinal)
        || key == $"{architecture}.shortconv.l_cache");

    private static string Label(long parameters) => parameters switch
    {
        >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{parameters / 1e9:0.0}B"),
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{parameters / 1e6:0}M"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{parameters / 1e3:0}K"),
    };
}
