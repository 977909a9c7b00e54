namespace Bridge.Llama.Gguf;

/// <summary>Reads the directory of tensors and finds every one of them inside the file.</summary>
internal static class TensorDirectory
{
    /// <summary>The fewest bytes an entry takes: a name's length, the count of dimensions, a type and an offset.</summary>
    public const int SmallestEntry = 24;

    /// <summary>More tensors than any model has.</summary>
    public const int MostTensors = 200_000;

    private const int LongestName = 63;
    private const int MostDimensions = 4;

    /// <summary>Reads it.</summary>
    /// <param name="cursor">The file, at the directory's beginning.</param>
    /// <param name="count">How many entries the header claims.</param>
    /// <param name="alignment">What offsets are multiples of.</param>
    /// <exception cref="GgufException">An entry is not sound, or its data is not in the file.</exception>
    public static IReadOnlyList<GgufTensor> Read(GgufCursor cursor, ulong count, int alignment)
    {
        List<GgufTensor> tensors = [];
        List<long> places = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        for (ulong i = 0; i < count; i++)
        {
            places.Add(cursor.Position);
            tensors.Add(ReadTensor(cursor, i, names));
        }

        if (count > 0)
        {
            CheckData(cursor, tensors, places, alignment);
        }

        return tensors;
    }

    private static GgufTensor ReadTensor(GgufCursor cursor, ulong number, HashSet<string> names)
    {
        long at = cursor.Position;
        string name = cursor.ReadString($"the name of tensor {number}", LongestName);
        if (!names.Add(name))
        {
            throw new GgufException($"The tensor '{name}' occurs twice.", at);
        }

        long[] dimensions = ReadDimensions(cursor, name);
        long typeAt = cursor.Position;
        uint typeNumber = cursor.Read<uint>($"the type of tensor '{name}'");
        TensorType type = typeNumber <= int.MaxValue && TensorType.ByNumber((int)typeNumber) is { } known
            ? known
            : throw new GgufException($"The tensor '{name}' has the unknown type {typeNumber}: the file is newer than this program, or damaged.", typeAt);
        (long elements, long bytes) = Size(name, dimensions, type, at);
        long offsetAt = cursor.Position;
        ulong offset = cursor.Read<ulong>($"the offset of tensor '{name}'");
        return offset <= (ulong)cursor.Length
            ? new GgufTensor(name, type, dimensions, elements, bytes, (long)offset)
            : throw new GgufException($"The data of tensor '{name}' is said to begin at {offset}, behind the file's end.", offsetAt);
    }

    private static long[] ReadDimensions(GgufCursor cursor, string name)
    {
        long at = cursor.Position;
        uint count = cursor.Read<uint>($"the dimensions of tensor '{name}'");
        if (count is 0 or > MostDimensions)
        {
            throw new GgufException($"The tensor '{name}' has {count} dimensions, and 1 to {MostDimensions} are allowed.", at);
        }

        long[] dimensions = new long[count];
        for (int i = 0; i < dimensions.Length; i++)
        {
            at = cursor.Position;
            dimensions[i] = cursor.Read<long>($"the dimensions of tensor '{name}'");
            if (dimensions[i] <= 0)
            {
                throw new GgufException($"The tensor '{name}' has a dimension of {dimensions[i]}.", at);
            }
        }

        return dimensions;
    }

    private static (long Elements, long Bytes) Size(string name, long[] dimensions, TensorType type, long at)
    {
        if (dimensions[0] % type.BlockLength != 0)
        {
            throw new GgufException(
                $"The rows of tensor '{name}' have {dimensions[0]} weights, which is no multiple of the {type.BlockLength} of a block of {type.Name}.", at);
        }

        try
        {
            long elements = dimensions.Aggregate(1L, (product, dimension) => checked(product * dimension));
            return (elements, checked(elements / type.BlockLength * type.BlockBytes));
        }
        catch (OverflowException)
        {
            throw new GgufException($"The tensor '{name}' is larger than any file: its dimensions are {string.Join(" × ", dimensions)}.", at);
        }
    }

    // The data follows in the order of the directory, each tensor at the next multiple of the alignment.
    private static void CheckData(GgufCursor cursor, List<GgufTensor> tensors, List<long> places, int alignment)
    {
        Int128 start = Aligned(cursor.Position, alignment);
        Int128 expected = 0;
        foreach ((int i, GgufTensor tensor) in tensors.Index())
        {
            if (tensor.Offset != expected)
            {
                throw new GgufException($"The data of tensor '{tensor.Name}' is said to begin at {tensor.Offset} and must begin at {expected}.", places[i]);
            }

            if (start + expected + tensor.Bytes > cursor.Length)
            {
                throw new GgufException(
                    $"The data of tensor '{tensor.Name}' should end at byte {start + expected + tensor.Bytes}, and the file has {cursor.Length}: it is cut off.",
                    places[i]);
            }

            expected = Aligned(expected + tensor.Bytes, alignment);
        }
    }

    private static Int128 Aligned(Int128 offset, int alignment) => (offset + alignment - 1) / alignment * alignment;
}
