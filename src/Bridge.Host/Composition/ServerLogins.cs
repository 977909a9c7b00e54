using Bridge.Host.Terminal;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.Credentials;
using Bridge.Mcp.SignIn;
using Bridge.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.Host.Composition;

/// <summary>The logins at servers, for verbs that need nothing else of the data folder.</summary>
internal static class ServerLogins
{
    /// <summary>Opens the logins of a data folder.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="environment">The process.</param>
    /// <returns>The logins.</returns>
    /// <exception cref="DataFolderException">The data folder cannot be used.</exception>
    public static UpstreamLogins Open(BridgeSettings settings, CommandEnvironment environment)
    {
        return new UpstreamLogins(StoreOf(settings, environment), environment.Clock, NullLoggerFactory.Instance);
    }

    /// <summary>Opens the credentials of single clients, beside the logins.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="environment">The process.</param>
    /// <param name="logins">The logins of the same data folder.</param>
    /// <returns>The credentials.</returns>
    /// <exception cref="DataFolderException">The data folder cannot be used.</exception>
    public static ClientCredentials OpenCredentials(BridgeSettings settings, CommandEnvironment environment, UpstreamLogins logins) =>
        new(StoreOf(settings, environment), logins);

    /// <summary>What is to be said of the login at a server, without asking the server.</summary>
    /// <param name="logins">The logins.</param>
    /// <param name="server">The server.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <returns><c>logged in</c>, or what to do; <see langword="null"/> when nothing is known of a login.</returns>
    public static async Task<string?> DescribeAsync(this UpstreamLogins logins, McpServerConfig server, CancellationToken cancellationToken)
    {
        try
        {
            LoginState? login = await logins.FindAsync(server, cancellationToken);
            return login is { IsOver: false, Wanted: { IsEmpty: false } wanted } ? $"logged in, but a call wanted the scopes '{string.Join(' ', wanted)}': run 'bridge servers login {server.Id}'"
                : login is { IsOver: false } ? "logged in" : login is null && server.OAuth is null ? null : $"needs login: run 'bridge servers login {server.Id}'";
        }
        catch (CredentialException error)
        {
            return error.Message;
        }
    }

    private static CredentialStore StoreOf(BridgeSettings settings, CommandEnvironment environment)
    {
        DataFolder data = DataFolder.Open(settings.DataFolder);
        return new CredentialStore(new FileBridgeStore(data, environment.Clock), CredentialKey.Of(data, environment.Variable(CredentialKey.Variable)));
    }
}
