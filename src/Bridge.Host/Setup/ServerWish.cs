using System.Text.Json.Nodes;
using Bridge.Host.Terminal;

namespace Bridge.Host.Setup;

/// <summary>A server as a person asked for it on the command line.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="Command">The command and its arguments; empty for a server behind an address.</param>
/// <param name="Url">The address; <see langword="null"/> for a server that is started.</param>
internal sealed record ServerWish(string Name, IReadOnlyList<string> Command, string? Url)
{
    public string? Type { get; init; }

    public IReadOnlyList<string> Variables { get; init; } = [];

    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>What is written into the file.</summary>
    /// <returns>The entry.</returns>
    /// <exception cref="VerbException">The wish contradicts itself or lacks something.</exception>
    public JsonObject ToEntry()
    {
        bool hasCommand = Command.Count > 0;
        if (hasCommand == (Url is not null))
        {
            throw Wrong($"Give '{Name}' either a command behind '--' or an address with '--url'.");
        }

        if (hasCommand ? Headers.Count > 0 || Type is not null : Variables.Count > 0)
        {
            throw Wrong("'--env' belongs to a command; '--header' and '--type' belong to an address.");
        }

        if (Url is not null && !(Uri.TryCreate(Url, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"))
        {
            throw Wrong($"'{Url}' is not an address; write one that begins with 'http://' or 'https://'.");
        }

        var entry = new JsonObject();
        if (hasCommand)
        {
            entry["command"] = Command[0];
            AddUnlessEmpty(entry, "args", new JsonArray([.. Command.Skip(1).Select(argument => (JsonNode)argument)]));
            AddUnlessEmpty(entry, "env", Pairs(Variables, "--env"));
        }
        else
        {
            entry["url"] = Url;
            AddUnlessEmpty(entry, "headers", Pairs(Headers, "--header"));
            if (Type is not null)
            {
                entry["type"] = Type;
            }
        }

        return entry;
    }

    private static JsonObject Pairs(IReadOnlyList<string> texts, string option)
    {
        var pairs = new JsonObject();
        foreach (string text in texts)
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            pairs[equals > 0 ? text[..equals] : throw Wrong($"'{text}' is no pair; write '{option} NAME=VALUE'.")] = text[(equals + 1)..];
        }

        return pairs;
    }

    private static void AddUnlessEmpty(JsonObject entry, string key, JsonNode value)
    {
        if (value is JsonArray { Count: > 0 } or JsonObject { Count: > 0 })
        {
            entry[key] = value;
        }
    }

    private static VerbException Wrong(string message) => new(ExitCode.Usage, message);
}
