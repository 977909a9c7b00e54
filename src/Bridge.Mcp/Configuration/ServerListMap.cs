using System.Text;
using System.Text.Json;

namespace Bridge.Mcp.Configuration;

/// <summary>Where in a JSON text the list of servers and its entries stand, so that an edit touches nothing else.</summary>
internal sealed class ServerListMap
{
    private readonly byte[] _text;
    private readonly int _rootOpen;
    private readonly bool _rootHasMembers;
    private readonly int _open;

    private ServerListMap(byte[] text, int rootOpen, bool rootHasMembers, int open, List<Entry> entries)
    {
        (_text, _rootOpen, _rootHasMembers, _open, Entries) = (text, rootOpen, rootHasMembers, open, entries);
    }

    /// <summary>The entries in the order written.</summary>
    public IReadOnlyList<Entry> Entries { get; }

    public static ServerListMap Of(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        reader.Read();
        int rootOpen = (int)reader.TokenStartIndex;
        int open = -1;
        bool any = false;
        var entries = new List<Entry>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            any = true;
            bool isList = reader.ValueTextEquals("mcpServers"u8) || reader.ValueTextEquals("servers"u8);
            reader.Read();
            if (isList && open < 0 && reader.TokenType == JsonTokenType.StartObject)
            {
                open = (int)reader.TokenStartIndex;
                ReadEntries(ref reader, entries);
            }
            else
            {
                reader.Skip();
            }
        }

        return new ServerListMap(utf8, rootOpen, any, open, entries);
    }

    public string Insert(string name, string json)
    {
        string key = JsonSerializer.Serialize(name);
        if (_open < 0)
        {
            string list = $"\n  \"mcpServers\": {{\n    {key}: {Indent(json, "    ")}\n  }}{(_rootHasMembers ? "," : "\n")}";
            return Splice(_rootOpen + 1, _rootOpen + 1, list);
        }

        if (Entries.Count == 0)
        {
            string outer = IndentAt(_open);
            return Splice(_open + 1, _open + 1, $"\n{outer}  {key}: {Indent(json, outer + "  ")}\n{outer}");
        }

        string indent = IndentAt(Entries[^1].Start);
        int end = Entries[^1].End; // a trailing comma, if there is one, then follows the new entry
        return Splice(end, end, $",\n{indent}{key}: {Indent(json, indent)}");
    }

    public string Remove(string name)
    {
        int index = Entries.ToList().FindIndex(entry => entry.Name == name);
        int end = CommaAfter(Entries[index].End) is { } comma ? comma + 1 : Entries[index].End;
        int start = Entries[index].Start;
        if (index > 0 && index == Entries.Count - 1 && end == Entries[index].End && CommaAfter(Entries[index - 1].End) is { } before)
        {
            return Splice(LineStart(start), end, "", before);
        }

        return Splice(LineStart(start), end, "");
    }

    private static void ReadEntries(ref Utf8JsonReader reader, List<Entry> entries)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            int start = (int)reader.TokenStartIndex;
            reader.Read();
            reader.Skip();
            entries.Add(new Entry(name, start, (int)reader.BytesConsumed));
        }
    }

    private static string Indent(string json, string indent) => json.Replace("\n", "\n" + indent, StringComparison.Ordinal);

    private string Splice(int start, int end, string replacement, int? alsoWithout = null)
    {
        byte[] head = alsoWithout is { } comma ? [.. _text.AsSpan(0, comma), .. _text.AsSpan((comma + 1)..start)] : _text[..start];
        return Encoding.UTF8.GetString([.. head, .. Encoding.UTF8.GetBytes(replacement), .. _text.AsSpan(end)]);
    }

    private string IndentAt(int index)
    {
        int line = Array.LastIndexOf(_text, (byte)'\n', index) + 1;
        int length = 0;
        while (line + length < index && _text[line + length] is (byte)' ' or (byte)'\t')
        {
            length++;
        }

        return Encoding.UTF8.GetString(_text, line, length);
    }

    // The line break before an entry that stands alone on its line goes with it.
    private int LineStart(int start)
    {
        int at = start;
        while (at > 0 && _text[at - 1] is (byte)' ' or (byte)'\t')
        {
            at--;
        }

        return at > 0 && _text[at - 1] == (byte)'\n' ? at - 1 : start;
    }

    private int? CommaAfter(int at)
    {
        for (; at < _text.Length; at++)
        {
            switch (_text[at])
            {
                case (byte)',':
                    return at;
                case (byte)'/' when _text[at + 1] == (byte)'/':
                    at = Array.IndexOf(_text, (byte)'\n', at);
                    break;
                case (byte)'/':
                    at += 2 + _text.AsSpan(at + 2).IndexOf("*/"u8) + 1;
                    break;
                case (byte)'}':
                    return null;
            }
        }

        return null;
    }

    /// <summary>One entry.</summary>
    /// <param name="Name">Its key.</param>
    /// <param name="Start">The first byte of the key.</param>
    /// <param name="End">The byte behind the value.</param>
    internal sealed record Entry(string Name, int Start, int End);
}
