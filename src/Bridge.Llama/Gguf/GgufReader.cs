using System.Buffers.Binary;

namespace Bridge.Llama.Gguf;

/// <summary>Reads the header, the metadata and the directory of tensors, and believes none of it.</summary>
internal sealed class GgufReader
{
    private const uint Magic = 0x46554747;
    private const int LongestKey = 65_535;
    private const int LongestText = 16 << 20;

    // A key-value is at least a length, one letter, a type and one byte.
    private const int SmallestValue = 14;
    private const int MostValues = 100_000;

    private readonly GgufCursor _cursor;
    private readonly Dictionary<string, object> _values = new(StringComparer.Ordinal);

    private GgufReader(Stream stream) => _cursor = new GgufCursor(stream);

    /// <summary>Reads a file.</summary>
    /// <param name="stream">The file; it can seek and is read from its beginning.</param>
    /// <exception cref="GgufException">It is not sound.</exception>
    public static GgufFile Read(Stream stream)
    {
        stream.Position = 0;
        return new GgufReader(stream).ReadFile();
    }

    private GgufFile ReadFile()
    {
        uint version = ReadVersion();
        ulong tensors = Count("the number of tensors", TensorDirectory.SmallestEntry, TensorDirectory.MostTensors);
        ulong values = Count("the number of key-values", SmallestValue, MostValues);
        for (ulong i = 0; i < values; i++)
        {
            ReadKeyValue(i);
        }

        GgufMetadata metadata = new(_values);
        int alignment = Alignment(metadata);
        return new GgufFile((int)version, alignment, metadata, TensorDirectory.Read(_cursor, tensors, alignment), _cursor.Length);
    }

    private uint ReadVersion()
    {
        if (_cursor.Read<uint>("the header") is not Magic)
        {
            throw new GgufException("This is no GGUF file: it does not begin with 'GGUF'.", 0);
        }

        uint version = _cursor.Read<uint>("the header");
        return version switch
        {
            2 or 3 => version,
            _ when BinaryPrimitives.ReverseEndianness(version) is 1 or 2 or 3 =>
                throw new GgufException("The file is written for a big-endian machine: convert it to little-endian.", 4),
            _ => throw new GgufException($"The file has version {version} of the format, and 2 and 3 can be read: convert the model anew.", 4),
        };
    }

    private ulong Count(string what, int smallest, int most)
    {
        long at = _cursor.Position;
        ulong count = _cursor.Read<ulong>(what);
        if (count > (ulong)most)
        {
            throw new GgufException($"In the header, {what} is {count}, and at most {most} are allowed.", at);
        }

        return count <= (ulong)(_cursor.Left / smallest)
            ? count
            : throw new GgufException($"In the header, {what} is {count}, and the file's {_cursor.Length} bytes cannot hold so many.", at);
    }

    private void ReadKeyValue(ulong number)
    {
        long at = _cursor.Position;
        string key = _cursor.ReadString($"key {number}", LongestKey);
        if (key.Length == 0)
        {
            throw new GgufException($"Key {number} is empty.", at);
        }

        object value = ReadValue(ReadType($"the type of '{key}'"), $"the value of '{key}'");
        if (!_values.TryAdd(key, value))
        {
            throw new GgufException($"The key '{key}' occurs twice.", at);
        }
    }

    private GgufValueType ReadType(string what)
    {
        long at = _cursor.Position;
        uint type = _cursor.Read<uint>(what);
        return type <= (uint)GgufValueType.Float64
            ? (GgufValueType)type
            : throw new GgufException($"The number {type} is {what}, and 0 to 12 are known.", at);
    }

    private object ReadValue(GgufValueType type, string what) => type switch
    {
        GgufValueType.String => _cursor.ReadString(what, LongestText),
        GgufValueType.Array => ReadArray(what),
        GgufValueType.Float32 => (double)_cursor.ReadSingle(what),
        GgufValueType.Float64 => _cursor.ReadDouble(what),
        GgufValueType.Bool => ReadFlag(what),
        _ => ReadInteger(type, what),
    };

    private bool ReadFlag(string what)
    {
        long at = _cursor.Position;
        byte flag = _cursor.Read<byte>(what);
        return flag <= 1 ? flag == 1 : throw new GgufException($"A truth value must be 0 or 1, and {what} is {flag}.", at);
    }

    // What is larger than a long is no count of anything; it is clamped, and refused where a count is asked for.
    private long ReadInteger(GgufValueType type, string what) => type switch
    {
        GgufValueType.UInt8 => _cursor.Read<byte>(what),
        GgufValueType.Int8 => _cursor.Read<sbyte>(what),
        GgufValueType.UInt16 => _cursor.Read<ushort>(what),
        GgufValueType.Int16 => _cursor.Read<short>(what),
        GgufValueType.UInt32 => _cursor.Read<uint>(what),
        GgufValueType.Int32 => _cursor.Read<int>(what),
        GgufValueType.UInt64 => (long)Math.Min(_cursor.Read<ulong>(what), long.MaxValue),
        _ => _cursor.Read<long>(what),
    };

    private GgufArray ReadArray(string what)
    {
        long at = _cursor.Position;
        GgufValueType type = ReadType($"the element type in {what}");
        if (type is GgufValueType.Array)
        {
            throw new GgufException($"A list of lists is not allowed, and {what} is one.", at);
        }

        int smallest = SizeOf(type);
        ulong count = _cursor.Read<ulong>($"the element count in {what}");
        if (count > (ulong)(_cursor.Left / smallest))
        {
            throw new GgufException($"The list in {what} claims {count} elements of {type}, and the file has {_cursor.Left} bytes left.", at);
        }

        return new GgufArray(type, (long)count, ReadElements(type, (long)count, what));
    }

    private long[] ReadElements(GgufValueType type, long count, string what)
    {
        if (type is GgufValueType.String)
        {
            for (long i = 0; i < count; i++)
            {
                _cursor.SkipString(what);
            }

            return [];
        }

        if (count > GgufArray.KeptElements || type is GgufValueType.Float32 or GgufValueType.Float64 or GgufValueType.Bool)
        {
            _cursor.Skip(count * SizeOf(type));
            return [];
        }

        long[] numbers = new long[count];
        for (long i = 0; i < count; i++)
        {
            numbers[i] = ReadInteger(type, what);
        }

        return numbers;
    }

    // Of a text, its length.
    private static int SizeOf(GgufValueType type) => type switch
    {
        GgufValueType.UInt8 or GgufValueType.Int8 or GgufValueType.Bool => 1,
        GgufValueType.UInt16 or GgufValueType.Int16 => 2,
        GgufValueType.UInt32 or GgufValueType.Int32 or GgufValueType.Float32 => 4,
        _ => 8,
    };

    private static int Alignment(GgufMetadata metadata)
    {
        int alignment = metadata.Count(GgufFile.AlignmentKey) ?? GgufFile.DefaultAlignment;
        return alignment > 0 && int.IsPow2(alignment)
            ? alignment
            : throw new GgufException($"The metadata '{GgufFile.AlignmentKey}' must be a power of two, and is {alignment}.");
    }
}
