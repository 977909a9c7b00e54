using System.Text.Json;

namespace Bridge.Host.Setup;

/// <summary>Where the list of servers lies in a text, in bytes.</summary>
/// <param name="Start">Of its opening brace.</param>
/// <param name="End">Of its closing brace.</param>
/// <param name="Members">The servers in order.</param>
internal sealed record ServerList(int Start, int End, List<ServerMember> Members)
{
    /// <summary>Finds the list in a text.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="options">How to read it.</param>
    /// <returns>The list; <see langword="null"/> when there is none.</returns>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static ServerList? Find(byte[] utf8, JsonReaderOptions options)
    {
        var reader = new Utf8JsonReader(utf8, options);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool wanted = reader.ValueTextEquals("mcpServers") || reader.ValueTextEquals("servers");
            reader.Read();
            if (wanted && reader.TokenType == JsonTokenType.StartObject)
            {
                return ReadMembers(ref reader);
            }

            reader.Skip();
        }

        return null;
    }

    private static ServerList ReadMembers(ref Utf8JsonReader reader)
    {
        int start = (int)reader.TokenStartIndex;
        var members = new List<ServerMember>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            int at = (int)reader.TokenStartIndex;
            reader.Read();
            reader.Skip();
            members.Add(new ServerMember(name, at, (int)reader.BytesConsumed));
        }

        return new ServerList(start, (int)reader.TokenStartIndex, members);
    }
}

/// <summary>Where one server lies in a text, in bytes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Start">Of its name's first quote.</param>
/// <param name="End">Behind its value.</param>
internal sealed record ServerMember(string Name, int Start, int End);
