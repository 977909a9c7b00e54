using System.Collections.Immutable;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace Bridge.Weights;

/// <summary>Everything the embedded tool caller has learned.</summary>
/// <param name="Options">Which value a slot takes.</param>
/// <param name="Tools">Which tool a text asks for, if any.</param>
/// <param name="Parts">Which tool a part of a text asks for, if any.</param>
/// <param name="Several">Whether a text asks for several calls.</param>
/// <param name="Rarity">How rare words are.</param>
internal sealed record ExtractorWeights(IFeatureModel Options, IFeatureModel Tools, IFeatureModel Parts, IFeatureModel Several, Rarity Rarity)
{
    /// <summary>The name of the form, at the beginning of a file.</summary>
    public const string Magic = "bridge-extractor-2\n";

    /// <summary>What answers are worth, by their signs; empty where that was not learned.</summary>
    public ImmutableArray<float> Confidence { get; init; } = [];

    /// <summary>How many signs of an answer there are weights for, where its worth was learned.</summary>
    public const int SignCount = 8;
    private const int MaxTable = 1 << 22;

    /// <summary>The weights that ship with Bridge; read when first asked for.</summary>
    public static Lazy<ExtractorWeights> Shipped { get; } = new(static () =>
    {
        using Stream stream = typeof(ExtractorWeights).Assembly.GetManifestResourceStream("learned/extractor.bin")!;
        return Read(stream);
    });

    /// <summary>Reads weights.</summary>
    /// <param name="stream">A file as the training writes it.</param>
    /// <exception cref="InvalidDataException">It is of another form, or damaged.</exception>
    public static ExtractorWeights Read(Stream stream)
    {
        try
        {
            using var plain = new BrotliStream(stream, CompressionMode.Decompress, leaveOpen: true);
            using var reader = new BinaryReader(plain, Encoding.UTF8);
            return Encoding.ASCII.GetString(reader.ReadBytes(Magic.Length)) == Magic
                ? new ExtractorWeights(ReadModel(reader), ReadModel(reader), ReadModel(reader), ReadModel(reader), new Rarity(ReadTable(reader))) { Confidence = ReadConfidence(reader) }
                : throw new InvalidDataException("These are no weights of the embedded tool caller, or of another version of it.");
        }
        catch (Exception error) when (error is EndOfStreamException or InvalidOperationException)
        {
            throw new InvalidDataException("The weights of the embedded tool caller are damaged.", error);
        }
    }

    /// <summary>Writes weights.</summary>
    /// <param name="stream">Receives them.</param>
    /// <param name="models">The four models, in the order of the members: their weights in steps, and the size of a step.</param>
    /// <param name="rarity">The table of <see cref="Rarity"/>.</param>
    /// <param name="confidence">What answers are worth, by their signs.</param>
    public static void Write(Stream stream, IReadOnlyList<(sbyte[] Weights, float Scale)> models, byte[] rarity, ImmutableArray<float> confidence)
    {
        using var packed = new BrotliStream(stream, CompressionLevel.SmallestSize, leaveOpen: true);
        using var writer = new BinaryWriter(packed, Encoding.UTF8);
        writer.Write(Encoding.ASCII.GetBytes(Magic));
        foreach ((sbyte[] weights, float scale) in models)
        {
            writer.Write(scale);
            writer.Write(weights.Length);
            writer.Write(MemoryMarshal.AsBytes(weights.AsSpan()));
        }

        writer.Write(rarity.Length);
        writer.Write(rarity);
        writer.Write(confidence.Length);
        foreach (float weight in confidence)
        {
            writer.Write(weight);
        }
    }

    private static ImmutableArray<float> ReadConfidence(BinaryReader reader)
    {
        int count = reader.ReadInt32();
        return count is 0 or SignCount
            ? [.. Enumerable.Range(0, count).Select(_ => reader.ReadSingle())]
            : throw new InvalidDataException("The weights of the embedded tool caller are damaged: a table has an impossible length.");
    }

    private static QuantizedModel ReadModel(BinaryReader reader)
    {
        float scale = reader.ReadSingle();
        return new QuantizedModel(MemoryMarshal.Cast<byte, sbyte>(ReadTable(reader)).ToArray(), scale);
    }

    private static byte[] ReadTable(BinaryReader reader)
    {
        int length = reader.ReadInt32();
        if (length is < 1 or > MaxTable || (length & (length - 1)) != 0)
        {
            throw new InvalidDataException("The weights of the embedded tool caller are damaged: a table has an impossible length.");
        }

        byte[] table = new byte[length];
        reader.BaseStream.ReadExactly(table);
        return table;
    }
}
