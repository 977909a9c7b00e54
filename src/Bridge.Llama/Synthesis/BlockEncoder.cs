using System.Buffers.Binary;

namespace Bridge.Llama.Synthesis;

/// <summary>Puts floats into the layouts of the format.</summary>
public static class BlockEncoder
{
    /// <summary>How many weights one block of a type holds.</summary>
    /// <param name="type">The type.</param>
    public static int BlockLength(GgufTensorType type) => type is GgufTensorType.Q4 or GgufTensorType.Q8 ? 32 : 1;

    /// <summary>How many bytes one block of a type takes.</summary>
    /// <param name="type">The type.</param>
    public static int BlockBytes(GgufTensorType type) => type switch
    {
        GgufTensorType.F32 => 4,
        GgufTensorType.F16 => 2,
        GgufTensorType.Q4 => 18,
        GgufTensorType.Q8 => 34,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "The writer does not know this type."),
    };

    /// <summary>How many bytes so many weights take.</summary>
    /// <param name="type">The type.</param>
    /// <param name="count">The weights; a whole number of blocks.</param>
    public static long ByteLength(GgufTensorType type, long count) => count / BlockLength(type) * BlockBytes(type);

    /// <summary>Encodes floats.</summary>
    /// <param name="type">The type.</param>
    /// <param name="values">The weights; a whole number of blocks.</param>
    public static byte[] Encode(GgufTensorType type, ReadOnlySpan<float> values)
    {
        byte[] bytes = new byte[ByteLength(type, values.Length)];
        int length = BlockLength(type);
        int size = BlockBytes(type);
        for (int block = 0; block < values.Length / length; block++)
        {
            EncodeBlock(type, values.Slice(block * length, length), bytes.AsSpan(block * size, size));
        }

        return bytes;
    }

    private static void EncodeBlock(GgufTensorType type, ReadOnlySpan<float> values, Span<byte> bytes)
    {
        switch (type)
        {
            case GgufTensorType.F32:
                BinaryPrimitives.WriteSingleLittleEndian(bytes, values[0]);
                break;
            case GgufTensorType.F16:
                BinaryPrimitives.WriteHalfLittleEndian(bytes, (Half)values[0]);
                break;
            case GgufTensorType.Q4:
                EncodeQ4(values, bytes);
                break;
            default:
                EncodeQ8(values, bytes);
                break;
        }
    }

    // The two halves of a block share bytes: weight i below, weight i + 16 above.
    private static void EncodeQ4(ReadOnlySpan<float> values, Span<byte> bytes)
    {
        float scale = Largest(values) / -8;
        BinaryPrimitives.WriteHalfLittleEndian(bytes, (Half)scale);
        for (int i = 0; i < 16; i++)
        {
            bytes[2 + i] = (byte)(Nibble(values[i], scale) | (Nibble(values[i + 16], scale) << 4));
        }
    }

    private static void EncodeQ8(ReadOnlySpan<float> values, Span<byte> bytes)
    {
        float scale = MathF.Abs(Largest(values)) / 127;
        BinaryPrimitives.WriteHalfLittleEndian(bytes, (Half)scale);
        for (int i = 0; i < 32; i++)
        {
            bytes[2 + i] = (byte)(sbyte)(scale == 0 ? 0 : MathF.Round(values[i] / scale));
        }
    }

    private static int Nibble(float value, float scale) => scale == 0 ? 8 : Math.Clamp((int)MathF.Round(value / scale) + 8, 0, 15);

    private static float Largest(ReadOnlySpan<float> values)
    {
        float largest = 0;
        foreach (float value in values)
        {
            largest = MathF.Abs(value) > MathF.Abs(largest) ? value : largest;
        }

        return largest;
    }
}
