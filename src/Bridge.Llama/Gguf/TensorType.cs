namespace Bridge.Llama.Gguf;

/// <summary>How a tensor's numbers are stored.</summary>
/// <param name="Number">The type's number in the format.</param>
/// <param name="Name">The name llama.cpp uses, in capitals.</param>
/// <param name="BlockLength">How many weights form a block.</param>
/// <param name="BlockBytes">How many bytes a block takes.</param>
public sealed record TensorType(int Number, string Name, int BlockLength, int BlockBytes)
{
    private static readonly Dictionary<int, TensorType> s_byNumber = All().ToDictionary(type => type.Number);

    /// <summary>Two bytes a weight: the usual type of a KV cache.</summary>
    public static TensorType F16 => s_byNumber[1];

    /// <summary>A little over eight bits a weight.</summary>
    public static TensorType Q8 => s_byNumber[8];

    /// <summary>How many bits a weight takes.</summary>
    public double BitsPerWeight => BlockBytes * 8.0 / BlockLength;

    /// <summary>Finds a type by its number.</summary>
    /// <param name="number">The number in the file.</param>
    /// <returns>The type; <see langword="null"/> for a number that is unknown or was withdrawn.</returns>
    public static TensorType? ByNumber(int number) => s_byNumber.GetValueOrDefault(number);

    /// <summary>Finds a type by its name.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <returns>The type; <see langword="null"/> for an unknown name.</returns>
    public static TensorType? ByName(string name) =>
        s_byNumber.Values.FirstOrDefault(type => type.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<TensorType> All() =>
    [
        new(0, "F32", 1, 4),
        new(1, "F16", 1, 2),
        new(2, "Q4_0", 32, 18),
        new(3, "Q4_1", 32, 20),
        new(6, "Q5_0", 32, 22),
        new(7, "Q5_1", 32, 24),
        new(8, "Q8_0", 32, 34),
        new(9, "Q8_1", 32, 36),
        new(10, "Q2_K", 256, 84),
        new(11, "Q3_K", 256, 110),
        new(12, "Q4_K", 256, 144),
        new(13, "Q5_K", 256, 176),
        new(14, "Q6_K", 256, 210),
        new(15, "Q8_K", 256, 292),
        new(16, "IQ2_XXS", 256, 66),
        new(17, "IQ2_XS", 256, 74),
        new(18, "IQ3_XXS", 256, 98),
        new(19, "IQ1_S", 256, 50),
        new(20, "IQ4_NL", 32, 18),
        new(21, "IQ3_S", 256, 110),
        new(22, "IQ2_S", 256, 82),
        new(23, "IQ4_XS", 256, 136),
        new(24, "I8", 1, 1),
        new(25, "I16", 1, 2),
        new(26, "I32", 1, 4),
        new(27, "I64", 1, 8),
        new(28, "F64", 1, 8),
        new(29, "IQ1_M", 256, 56),
        new(30, "BF16", 1, 2),
        new(34, "TQ1_0", 256, 54),
        new(35, "TQ2_0", 256, 66),
        new(39, "MXFP4", 32, 17),
        new(40, "NVFP4", 64, 36),
        new(41, "Q1_0", 128, 18),
        new(42, "Q2_0", 64, 18),
    ];
}
