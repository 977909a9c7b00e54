namespace Bridge.Llama.Synthesis;

/// <summary>The kinds of numbers the writer knows; the values are those of the format.</summary>
public enum GgufTensorType
{
    /// <summary>Four bytes a weight.</summary>
    F32 = 0,

    /// <summary>Two bytes a weight.</summary>
    F16 = 1,

    /// <summary>Q4_0: blocks of 32 weights, a half-precision scale and 4 bits a weight.</summary>
    Q4 = 2,

    /// <summary>Q8_0: blocks of 32 weights, a half-precision scale and 8 bits a weight.</summary>
    Q8 = 8,
}
