using System.Collections.Immutable;
using System.Text;
using Bridge.Schemas.Json;

namespace Bridge.Schemas.Validation;

/// <summary>The members a schema names, found without making strings.</summary>
internal sealed class PropertyTable
{
    private readonly Utf8Names _names;
    private Dictionary<string, int>? _folded;

    public PropertyTable(IReadOnlyList<PropertyEntry> entries)
    {
        Entries = [.. entries];
        _names = new Utf8Names(entries.Select(entry => Encoding.UTF8.GetBytes(entry.Name)));
        var required = new ulong[(entries.Count + 63) / 64];
        for (int i = 0; i < entries.Count; i++)
        {
            if (entries[i].Required)
            {
                required[i >> 6] |= 1UL << (i & 63);
            }
        }

        Required = [.. required];
    }

    /// <summary>The members, in schema order.</summary>
    public ImmutableArray<PropertyEntry> Entries { get; }

    /// <summary>Which of the members are required, a bit each.</summary>
    public ImmutableArray<ulong> Required { get; }

    /// <summary>Finds a member of an instance; -1 when the schema does not name it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="guess">Where it is most likely: members mostly come in schema order.</param>
    public int Find(ReadOnlySpan<byte> name, int guess) => _names.Find(name, guess);

    /// <summary>Finds a member by name; -1 when the schema does not name it.</summary>
    public int Find(string name) => _names.Find(Encoding.UTF8.GetBytes(name));

    /// <summary>The declared member whose name differs only in case; <see langword="null"/> when there is none.</summary>
    public string? FindIgnoringCase(ReadOnlySpan<byte> name)
    {
        if (Entries.IsEmpty)
        {
            return null;
        }

        int index = JsonText.ReadUtf8(name, _folded ??= Fold(), static (folded, text) =>
            folded.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out int found) ? found : -1);
        return index < 0 ? null : Entries[index].Name;
    }

    /// <summary>The declared members by name in any case; made when the first undeclared one is seen, which is rare.</summary>
    private Dictionary<string, int> Fold()
    {
        var folded = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < Entries.Length; i++)
        {
            if (Entries[i].Node is not null)
            {
                folded.TryAdd(Entries[i].Name, i);
            }
        }

        return folded;
    }
}

/// <summary>A member a schema names.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Node">Its schema; <see langword="null"/> when it is only required.</param>
/// <param name="Required">Whether it is required.</param>
internal sealed record PropertyEntry(string Name, SchemaNode? Node, bool Required);
