using System.Text;

namespace Bridge.Mcp.Configuration;

/// <summary>Makes the id of a source from the name a user gave it.</summary>
public static class McpServerId
{
    /// <summary>The longest id.</summary>
    public const int MaxLength = 32;

    /// <summary>The id of a name: <c>[a-z0-9][a-z0-9-]{0,31}</c>.</summary>
    /// <param name="name">The name, such as <c>My Weather_Server</c>.</param>
    /// <returns>The name itself where it is an id already, else its letters and digits in lower case with <c>-</c> between.</returns>
    public static string FromName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var id = new StringBuilder();
        foreach (char c in name)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                id.Append(char.ToLowerInvariant(c));
            }
            else if (id.Length > 0 && id[^1] != '-')
            {
                id.Append('-');
            }
        }

        string trimmed = id.ToString(0, Math.Min(id.Length, MaxLength)).TrimEnd('-');
        return trimmed.Length == 0 ? "server" : trimmed;
    }

    /// <summary>Makes an id from an address: its host, and its port where it is not the scheme's own.</summary>
    /// <param name="url">The address.</param>
    /// <returns>The id, such as <c>localhost-8080</c>.</returns>
    public static string FromUrl(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return FromName(url.Authority);
    }
}
