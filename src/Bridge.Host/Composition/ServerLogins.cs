using Bridge.Host.Terminal;
using Bridge.Mcp.Configuration;
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
        DataFolder data = DataFolder.Open(settings.DataFolder);
        var key = CredentialKey.Of(data, environment.Variable(CredentialKey.Variable));
        var store = new FileBridgeStore(data, environment.Clock);
        return new UpstreamLogins(new CredentialStore(store, key), environment.Clock, NullLoggerFactory.Instance);
    }

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
}
