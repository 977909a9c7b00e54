namespace Bridge.Llama.Gguf;

/// <summary>The types of metadata; the numbers are those of the format.</summary>
public enum GgufValueType
{
    /// <summary>An unsigned byte.</summary>
    UInt8 = 0,

    /// <summary>A signed byte.</summary>
    Int8 = 1,

    /// <summary>Two bytes, unsigned.</summary>
    UInt16 = 2,

    /// <summary>Two bytes, signed.</summary>
    Int16 = 3,

    /// <summary>Four bytes, unsigned.</summary>
    UInt32 = 4,

    /// <summary>Four bytes, signed.</summary>
    Int32 = 5,

    /// <summary>Four bytes, floating.</summary>
    Float32 = 6,

    /// <summary>A byte, 0 or 1.</summary>
    Bool = 7,

    /// <summary>A length of eight bytes and UTF-8.</summary>
    String = 8,

    /// <summary>A type, a count of eight bytes and the elements.</summary>
    Array = 9,

    /// <summary>Eight bytes, unsigned.</summary>
    UInt64 = 10,

    /// <summary>Eight bytes, signed.</summary>
    Int64 = 11,

    /// <summary>Eight bytes, floating.</summary>
    Float64 = 12,
}
