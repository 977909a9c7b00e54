using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bridge.Host.Setup;

/// <summary>Adds and removes servers in the text of a JSON file, so that comments, order and layout of everything else stay.</summary>
internal static class ServerFileEditor
{
    /// <summary>The text of a file without servers.</summary>
    public const string Empty = "{\n  \"mcpServers\": {}\n}\n";

    private static readonly JsonReaderOptions s_reader = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private static readonly JsonSerializerOptions s_writer = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // a file for people, not a web page
    };

    /// <summary>The names of the servers in a text.</summary>
    /// <param name="text">The text: JSON.</param>
    /// <returns>The names in order; none when there is no list of servers.</returns>
    public static IReadOnlyList<string> Names(string text) =>
        [.. ServerList.Find(Encoding.UTF8.GetBytes(text), s_reader)?.Members.Select(member => member.Name) ?? []];

    /// <summary>Adds a server behind the others.</summary>
    /// <param name="text">The text: JSON with a list of servers.</param>
    /// <param name="name">The server's name; it is not there yet.</param>
    /// <param name="entry">What is written for it.</param>
    /// <returns>The new text; <see langword="null"/> when the text has no list of servers.</returns>
    public static string? Add(string text, string name, JsonObject entry)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        if (ServerList.Find(utf8, s_reader) is not { } list)
        {
            return null;
        }

        string member = $"{JsonSerializer.Serialize(name, s_writer)}: {entry.ToJsonString(s_writer)}".ReplaceLineEndings("\n    ");
        return list.Members.Count > 0
            ? Splice(utf8, list.Members[^1].End, list.Members[^1].End, $",\n    {member}")
            : Splice(utf8, list.Start + 1, list.Start + 1, $"\n    {member}{(IsBlank(utf8, list) ? "\n  " : "")}");
    }

    /// <summary>Removes a server.</summary>
    /// <param name="text">The text: JSON with a list of servers.</param>
    /// <param name="name">The server's name.</param>
    /// <returns>The new text; <see langword="null"/> when there is no such server.</returns>
    public static string? Remove(string text, string name)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        ServerList? list = ServerList.Find(utf8, s_reader);
        int index = list?.Members.FindIndex(member => member.Name == name) ?? -1;
        if (index < 0)
        {
            return null;
        }

        List<ServerMember> members = list!.Members;
        if (index < members.Count - 1)
        {
            return Splice(utf8, members[index].Start, AfterComma(utf8, members[index].End), "");
        }

        int start = index > 0 ? members[index - 1].End : list.Start + 1;
        int end = index > 0 ? members[index].End : AfterComma(utf8, members[index].End);
        return Splice(utf8, start, end, "");
    }

    private static string Splice(byte[] utf8, int start, int end, string insert) =>
        Encoding.UTF8.GetString(utf8, 0, start) + insert + Encoding.UTF8.GetString(utf8, end, utf8.Length - end);

    private static bool IsBlank(byte[] utf8, ServerList list) =>
        Encoding.UTF8.GetString(utf8, list.Start + 1, list.End - list.Start - 1).IndexOf('\n', StringComparison.Ordinal) < 0;

    // Behind the comma and the white space after it, so that what follows takes the removed one's place; comments stay.
    private static int AfterComma(byte[] utf8, int from)
    {
        int at = from;
        while (at < utf8.Length && utf8[at] is not ((byte)',' or (byte)'}' or (byte)'/'))
        {
            at++;
        }

        if (at == utf8.Length || utf8[at] != ',')
        {
            return from;
        }

        at++;
        while (at < utf8.Length && utf8[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }

        return at;
    }
}
