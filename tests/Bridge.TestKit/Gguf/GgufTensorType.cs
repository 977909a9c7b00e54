namespace Bridge.TestKit.Gguf;

/// <summary>The kinds of numbers the writer knows; the values are those of the format.</summary>
public enum GgufTensorType
{
    /// <summary>Four bytes a weight.</summary>
    F32 = 0,

    /// <summary>Two bytes a weight.</summary>
    F16 = 1,

    /// <summary>Blocks of 32 weights: a half-precision scale and 4 bits a weight.</summary>
    Q4_0 = 2,

    /// <summary>Blocks of 32 weights: a half-precision scale and 8 bits a weight.</summary>
    Q8_0 = 8,
}
