using System.CommandLine;
using Bridge.Host.Terminal;
using Bridge.Identity;
using Bridge.Mcp.Configuration;
using Bridge.Storage;

namespace Bridge.Host.Composition;

/// <summary>The client that a verb is about, as a person names it.</summary>
internal static class ClientChoice
{
    /// <summary>The option <c>--for</c>.</summary>
    /// <param name="description">What is done for the client.</param>
    /// <returns>The option.</returns>
    public static Option<string?> Option(string description) => new("--for")
    {
        Description = $"{description}: 'local' (you, the default), 'key:ID', a key's name, or 'user:SUBJECT'.",
        HelpName = "CLIENT",
    };

    /// <summary>Finds out who is meant, for a server whose clients must have credentials of their own when somebody is named.</summary>
    /// <param name="text">What was written; <see langword="null"/> for the user of this machine.</param>
    /// <param name="server">The server.</param>
    /// <param name="settings">The configuration.</param>
    /// <param name="environment">The process.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The client's id.</returns>
    /// <exception cref="VerbException">It names no client, or several, or the server has one credential for all.</exception>
    public static Task<string> FindAsync(string? text, McpServerConfig server, BridgeSettings settings, CommandEnvironment environment, CancellationToken cancellationToken) =>
        FindAsync(text is null || server.CredentialPerClient ? text : throw ClientSurvey.OneForAll(server), settings, environment, cancellationToken);

    /// <summary>Finds out who is meant.</summary>
    /// <param name="text">What was written; <see langword="null"/> for the user of this machine.</param>
    /// <param name="settings">The configuration.</param>
    /// <param name="environment">The process.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The client's id.</returns>
    /// <exception cref="VerbException">It names no client, or several.</exception>
    public static async Task<string> FindAsync(string? text, BridgeSettings settings, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        if (text is null)
        {
            return ApiKey.LocalId;
        }

        if (ClientNames.IsClient(text))
        {
            return text;
        }

        ApiKey[] named = [.. (await KeysAsync(settings, environment, cancellationToken)).Where(key => key.Name == text)];
        return named switch
        {
            [var one] => one.Identity.Id,
            [] => throw new VerbException(ExitCode.Usage, $"'{text}' names no client: write {ClientNames.Forms}, or the name of a key."),
            _ => throw new VerbException(ExitCode.Usage, $"Several keys are called '{text}': write {string.Join(" or ", named.Select(key => $"'{key.Identity.Id}'"))}."),
        };
    }

    /// <summary>The keys that let clients in, without that of this machine.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="environment">The process.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>The keys, oldest first.</returns>
    public static async Task<IReadOnlyList<ApiKey>> KeysAsync(BridgeSettings settings, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        DataFolder data = DataFolder.Open(settings.DataFolder);
        using var store = new FileBridgeStore(data, environment.Clock);
        DateTimeOffset now = environment.Clock.GetUtcNow();
        return [.. (await new KeyRing(store, new LocalKeyFile(data), environment.Clock).ListAsync(cancellationToken)).Where(key => key.Revoked is null && !(key.Expires <= now))];
    }
}
