using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Bridge.Schemas.Json;

namespace Bridge.Schemas.Validation;

/// <summary>The members a schema names, found without making strings.</summary>
internal sealed class PropertyTable
{
    private const int LinearLimit = 8;
    private readonly byte[][] _utf8;
    private readonly Dictionary<string, int>? _index;
    private readonly Dictionary<string, int> _folded = new(StringComparer.OrdinalIgnoreCase);

    public PropertyTable(IReadOnlyList<PropertyEntry> entries)
    {
        Entries = [.. entries];
        _utf8 = [.. entries.Select(entry => Encoding.UTF8.GetBytes(entry.Name))];
        _index = entries.Count > LinearLimit ? new Dictionary<string, int>(StringComparer.Ordinal) : null;
        for (int i = 0; i < entries.Count; i++)
        {
            _index?.TryAdd(entries[i].Name, i);
            if (entries[i].Node is not null)
            {
                _folded.TryAdd(entries[i].Name, i);
            }
        }
    }

    /// <summary>The members, in schema order.</summary>
    public ImmutableArray<PropertyEntry> Entries { get; }

    /// <summary>Finds a member of an instance; -1 when the schema does not name it.</summary>
    public int Find(JsonProperty member)
    {
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8PropertyName(member);
        if (raw.Contains((byte)'\\'))
        {
            return Find(member.Name);
        }

        if (_index is not null)
        {
            return JsonText.ReadUtf8(raw, _index, static (index, name) =>
                index.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out int found) ? found : -1);
        }

        for (int i = 0; i < _utf8.Length; i++)
        {
            if (raw.SequenceEqual(_utf8[i]))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Finds a member by name; -1 when the schema does not name it.</summary>
    public int Find(string name)
    {
        if (_index is not null)
        {
            return _index.GetValueOrDefault(name, -1);
        }

        for (int i = 0; i < Entries.Length; i++)
        {
            if (Entries[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The declared member whose name differs only in case; <see langword="null"/> when there is none.</summary>
    public string? FindIgnoringCase(string name) => _folded.TryGetValue(name, out int index) ? Entries[index].Name : null;
}

/// <summary>A member a schema names.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Node">Its schema; <see langword="null"/> when it is only required.</param>
/// <param name="Required">Whether it is required.</param>
internal sealed record PropertyEntry(string Name, SchemaNode? Node, bool Required);
