using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;

namespace Bridge.Schemas.Patterns;

/// <summary>The sets of code points that <c>tests/npm/unicode-table.mjs</c> wrote down, by kind and name.</summary>
/// <remarks>.NET carries general categories but no scripts and no binary properties; here all are of one version of Unicode.</remarks>
internal sealed class UnicodeTable
{
    private static readonly Lazy<UnicodeTable> s_instance = new(() => new UnicodeTable());

    private readonly byte[] _bytes;
    private readonly Dictionary<(char Kind, string Name), Range> _places = [];
    private readonly ConcurrentDictionary<(char Kind, string Name), CodePointSet> _sets = new();
    private int _at;

    private UnicodeTable()
    {
        using Stream resource = typeof(UnicodeTable).Assembly.GetManifestResourceStream("Bridge.Schemas.unicode.br")!;
        using var unpacked = new MemoryStream();
        using (var packed = new BrotliStream(resource, CompressionMode.Decompress))
        {
            packed.CopyTo(unpacked);
        }

        _bytes = unpacked.ToArray();
        Version = TakeText();
        while (_at < _bytes.Length)
        {
            char kind = (char)_bytes[_at++];
            string[] names = TakeText().Split('|');
            int length = TakeNumber();
            foreach (string name in names)
            {
                _places.Add((kind, name), _at..(_at + length));
            }

            _at += length;
        }
    }

    /// <summary>The table; it is unpacked when it is first asked for.</summary>
    public static UnicodeTable Instance => s_instance.Value;

    /// <summary>The version of Unicode, such as <c>17.0</c>.</summary>
    public string Version { get; }

    /// <summary>Every set's kind and name; some have several names.</summary>
    public IEnumerable<(char Kind, string Name)> Names => _places.Keys;

    /// <summary>Finds a set.</summary>
    /// <param name="kind">g: general category, s: script, x: script extensions, b: binary property, i: what host names need.</param>
    /// <param name="name">Its name.</param>
    public CodePointSet? Find(char kind, string name) =>
        _places.TryGetValue((kind, name), out Range place) ? _sets.GetOrAdd((kind, name), (_, range) => Read(_bytes.AsSpan(range)), place) : null;

    private static CodePointSet Read(ReadOnlySpan<byte> packed)
    {
        var ranges = new List<(int First, int Last)>();
        int next = 0;
        int at = 0;
        while (at < packed.Length)
        {
            int first = next + TakeNumber(packed, ref at);
            int last = first + TakeNumber(packed, ref at);
            ranges.Add((first, last));
            next = last + 1;
        }

        return CodePointSet.Of(ranges);
    }

    private static int TakeNumber(ReadOnlySpan<byte> bytes, ref int at)
    {
        int value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = bytes[at++];
            value |= (part & 127) << shift;
            if (part < 128)
            {
                return value;
            }
        }
    }

    private int TakeNumber() => TakeNumber(_bytes, ref _at);

    private string TakeText()
    {
        int length = TakeNumber();
        _at += length;
        return Encoding.UTF8.GetString(_bytes, _at - length, length);
    }
}
