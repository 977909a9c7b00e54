using System.Text;

namespace Bridge.Llama.Synthesis;

/// <summary>Writes files of the GGUF format: a header, key-values, the tensors' directory and their data.</summary>
/// <remarks>It writes what it is told, so that tests can also write what no reader may accept.</remarks>
public sealed class GgufWriter
{
    private const int Alignment = 32;
    private const uint TypeString = 8;
    private const uint TypeArray = 9;

    private readonly List<(string Key, uint Type, Action<BinaryWriter> Write)> _values = [];
    private readonly List<(string Name, GgufTensorType Type, long[] Shape, Action<Stream> Write)> _tensors = [];

    /// <summary>The version in the header.</summary>
    public uint Version { get; init; } = 3;

    /// <summary>Adds a string.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    public GgufWriter Add(string key, string value) => Raw(key, TypeString, writer => WriteString(writer, value));

    /// <summary>Adds an unsigned number.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    public GgufWriter Add(string key, uint value) => Raw(key, 4, writer => writer.Write(value));

    /// <summary>Adds a floating number.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    public GgufWriter Add(string key, float value) => Raw(key, 6, writer => writer.Write(value));

    /// <summary>Adds a truth value.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    public GgufWriter Add(string key, bool value) => Raw(key, 7, writer => writer.Write(value));

    /// <summary>Adds a list of strings.</summary>
    /// <param name="key">The key.</param>
    /// <param name="values">The values.</param>
    public GgufWriter Add(string key, IReadOnlyCollection<string> values) => Raw(key, TypeArray, writer =>
    {
        writer.Write(TypeString);
        writer.Write((ulong)values.Count);
        foreach (string value in values)
        {
            WriteString(writer, value);
        }
    });

    /// <summary>Adds a list of numbers.</summary>
    /// <param name="key">The key.</param>
    /// <param name="values">The values.</param>
    public GgufWriter Add(string key, IReadOnlyCollection<int> values) => Raw(key, TypeArray, writer =>
    {
        writer.Write(5u);
        writer.Write((ulong)values.Count);
        foreach (int value in values)
        {
            writer.Write(value);
        }
    });

    /// <summary>Adds a value of any type number, written by the caller.</summary>
    /// <param name="key">The key.</param>
    /// <param name="type">The type's number.</param>
    /// <param name="write">Writes the value.</param>
    public GgufWriter Raw(string key, uint type, Action<BinaryWriter> write)
    {
        _values.Add((key, type, write));
        return this;
    }

    /// <summary>Adds a tensor.</summary>
    /// <param name="name">The name.</param>
    /// <param name="type">The type.</param>
    /// <param name="shape">The dimensions, the fastest first.</param>
    /// <param name="write">Writes exactly the tensor's bytes.</param>
    public GgufWriter Tensor(string name, GgufTensorType type, long[] shape, Action<Stream> write)
    {
        _tensors.Add((name, type, shape, write));
        return this;
    }

    /// <summary>Writes the file.</summary>
    /// <param name="stream">Where to; it stays open.</param>
    public void Write(Stream stream)
    {
        using BinaryWriter writer = new(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write("GGUF"u8);
        writer.Write(Version);
        writer.Write((ulong)_tensors.Count);
        writer.Write((ulong)_values.Count);
        foreach ((string key, uint type, Action<BinaryWriter> write) in _values)
        {
            WriteString(writer, key);
            writer.Write(type);
            write(writer);
        }

        WriteDirectory(writer);
        foreach ((_, _, _, Action<Stream> write) in _tensors)
        {
            Pad(writer);
            write(stream);
        }

        Pad(writer);
    }

    /// <summary>Writes the file into memory.</summary>
    public byte[] ToArray()
    {
        using MemoryStream stream = new();
        Write(stream);
        return stream.ToArray();
    }

    private void WriteDirectory(BinaryWriter writer)
    {
        long offset = 0;
        foreach ((string name, GgufTensorType type, long[] shape, _) in _tensors)
        {
            WriteString(writer, name);
            writer.Write((uint)shape.Length);
            foreach (long dimension in shape)
            {
                writer.Write(dimension);
            }

            writer.Write((uint)type);
            writer.Write(offset);
            long length = BlockEncoder.ByteLength(type, shape.Aggregate(1L, (product, dimension) => product * dimension));
            offset += (length + Alignment - 1) / Alignment * Alignment;
        }
    }

    private static void Pad(BinaryWriter writer)
    {
        writer.Flush();
        int beyond = (int)(writer.BaseStream.Position % Alignment);
        if (beyond != 0)
        {
            writer.Write(new byte[Alignment - beyond]);
            writer.Flush();
        }
    }

    private static void WriteString(BinaryWriter writer, string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        writer.Write((ulong)bytes.Length);
        writer.Write(bytes);
    }
}
