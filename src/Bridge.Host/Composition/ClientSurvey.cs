using Bridge.Host.Terminal;
using Bridge.Identity;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.Credentials;
using Bridge.Storage;

namespace Bridge.Host.Composition;

/// <summary>Which clients have a credential at a server whose clients have their own.</summary>
internal static class ClientSurvey
{
    /// <summary>Looks at the user of this machine, every key that lets somebody in, and every client of which something is configured or kept.</summary>
    /// <param name="server">The server.</param>
    /// <param name="settings">The configuration.</param>
    /// <param name="environment">The process.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>The clients in ordinal order.</returns>
    /// <exception cref="CredentialException">Something cannot be decrypted.</exception>
    public static async Task<IReadOnlyList<ClientCredentialState>> LookAsync(
        McpServerConfig server, BridgeSettings settings, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        ClientCredentials credentials = ServerLogins.OpenCredentials(settings, environment, ServerLogins.Open(settings, environment));
        var clients = new SortedSet<string>(StringComparer.Ordinal) { ApiKey.LocalId };
        clients.UnionWith((await ClientChoice.KeysAsync(settings, environment, cancellationToken)).Select(key => key.Identity.Id));
        clients.UnionWith(await credentials.ListAsync(server, cancellationToken));
        var states = new List<ClientCredentialState>();
        foreach (string client in clients)
        {
            states.Add(await credentials.FindAsync(server, client, cancellationToken));
        }

        return states;
    }

    /// <summary>What a client has, in words.</summary>
    /// <param name="state">The client.</param>
    /// <returns>The words.</returns>
    public static string Describe(ClientCredentialState state) => state switch
    {
        { Missing: { } missing } => missing,
        { Uses: ClientNames.Everyone } => "uses what is configured for '*'",
        { Uses: { } other } => $"uses the credential of '{other}'",
        { Login: { IsOver: false }, Values.IsEmpty: true } => "is logged in",
        _ => $"has {string.Join(", ", state.Values.Select(name => $"'{name}'"))}",
    };

    /// <summary>What one client has, in words.</summary>
    /// <param name="credentials">The credentials.</param>
    /// <param name="server">The server.</param>
    /// <param name="client">The client.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>The words, with the cure where something is missing.</returns>
    public static async Task<string> DescribeAsync(ClientCredentials credentials, McpServerConfig server, string client, CancellationToken cancellationToken)
    {
        try
        {
            ClientCredentialState state = await credentials.FindAsync(server, client, cancellationToken);
            return state.Missing ?? $"'{client}' {Describe(state)}";
        }
        catch (CredentialException error)
        {
            return error.Message;
        }
    }

    /// <summary>Says that the clients of a server have no credentials of their own.</summary>
    /// <param name="server">The server.</param>
    /// <returns>The refusal, with the cure.</returns>
    public static VerbException OneForAll(McpServerConfig server) => new(
        ExitCode.Usage,
        $"The server '{server.Id}' has one credential for all clients. For one each, write ${{client:NAME}} into its 'env' or 'headers', or \"credentials\": \"client\" where they sign in.");
}
