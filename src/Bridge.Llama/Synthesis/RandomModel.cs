namespace Bridge.Llama.Synthesis;

/// <summary>Puts a whole model of random weights together.</summary>
public static class RandomModel
{
    /// <summary>Makes the file's content.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="type">What the matrices consist of; vectors are always F32.</param>
    /// <param name="vocabulary">The vocabulary; as long as the shape says.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    /// <remarks>Writing it twice gives two different files: the weights go on where they stopped.</remarks>
    public static GgufWriter Create(ModelShape shape, GgufTensorType type, BpeVocabulary vocabulary, int seed)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(vocabulary);
        GgufWriter writer = new();
        Describe(writer, shape, type);
        vocabulary.WriteTo(writer, shape.Architecture == "qwen2" ? "qwen2" : "llama-bpe");
        ChatMarkup.WriteTo(writer, vocabulary);
        AddTensors(writer, shape, type, new WeightPool(seed));
        return writer;
    }

    private static void Describe(GgufWriter writer, ModelShape shape, GgufTensorType type)
    {
        string prefix = shape.Architecture;
        uint fileType = type switch
        {
            GgufTensorType.F32 => 0,
            GgufTensorType.F16 => 1,
            GgufTensorType.Q4 => 2,
            _ => 7,
        };
        writer.Add("general.architecture", prefix)
            .Add("general.type", "model")
            .Add("general.name", $"random {shape.Name}")
            .Add("general.file_type", fileType)
            .Add("general.quantization_version", 2u)
            .Add($"{prefix}.block_count", (uint)shape.Layers)
            .Add($"{prefix}.context_length", (uint)shape.Context)
            .Add($"{prefix}.embedding_length", (uint)shape.Embedding)
            .Add($"{prefix}.feed_forward_length", (uint)shape.FeedForward)
            .Add($"{prefix}.attention.head_count", (uint)shape.Heads)
            .Add($"{prefix}.attention.head_count_kv", (uint)shape.KeyValueHeads)
            .Add($"{prefix}.attention.layer_norm_rms_epsilon", 1e-6f)
            .Add($"{prefix}.rope.freq_base", shape.RopeBase)
            .Add($"{prefix}.rope.dimension_count", (uint)shape.HeadSize)
            .Add($"{prefix}.vocab_size", (uint)shape.Vocabulary);
    }

    private static void AddTensors(GgufWriter writer, ModelShape shape, GgufTensorType type, WeightPool pool)
    {
        int width = shape.Embedding;
        int keys = shape.KeyValueHeads * shape.HeadSize;
        bool biases = shape.Architecture == "qwen2";

        // A spread of the output that makes some tokens clearly likelier than others; a tied table must not outshine the layers.
        float output = 2 / MathF.Sqrt(width);
        Matrix("token_embd", width, shape.Vocabulary, shape.TiedEmbeddings ? output : 1);
        Ones("output_norm", width);
        if (!shape.TiedEmbeddings)
        {
            Matrix("output", width, shape.Vocabulary, output);
        }

        for (int layer = 0; layer < shape.Layers; layer++)
        {
            Ones($"blk.{layer}.attn_norm", width);
            Projection($"blk.{layer}.attn_q", width, width);
            Projection($"blk.{layer}.attn_k", width, keys);
            Projection($"blk.{layer}.attn_v", width, keys);
            Matrix($"blk.{layer}.attn_output", width, width, Even(width));
            Ones($"blk.{layer}.ffn_norm", width);
            Matrix($"blk.{layer}.ffn_gate", width, shape.FeedForward, Even(width));
            Matrix($"blk.{layer}.ffn_up", width, shape.FeedForward, Even(width));
            Matrix($"blk.{layer}.ffn_down", shape.FeedForward, width, Even(shape.FeedForward));
        }

        void Projection(string name, int rows, int columns)
        {
            Matrix(name, rows, columns, Even(rows));
            if (biases)
            {
                writer.Tensor($"{name}.bias", GgufTensorType.F32, [columns], stream => pool.Write(stream, GgufTensorType.F32, columns, 0.01f));
            }
        }

        void Matrix(string name, int rows, int columns, float spread) =>
            writer.Tensor($"{name}.weight", type, [rows, columns], stream => pool.Write(stream, type, (long)rows * columns, spread));

        void Ones(string name, int length) =>
            writer.Tensor($"{name}.weight", GgufTensorType.F32, [length], stream => stream.Write(BlockEncoder.Encode(GgufTensorType.F32, [.. Enumerable.Repeat(1f, length)])));
    }

    // Keeps the size of vectors about the same from layer to layer.
    private static float Even(int input) => 1 / MathF.Sqrt(input);
}
