using System.Security.Cryptography;
using System.Text;
using Bridge.Mcp.Configuration;
using Bridge.Storage;

namespace Bridge.Mcp.SignIn;

/// <summary>Where logins and registrations are kept: a login by server and address, with its issuer in it; a registration by server, issuer and resource.</summary>
/// <remarks>So nothing that one issuer gave is ever shown to another, and nothing of one server is used for the next, even at the same issuer.</remarks>
internal sealed class LoginFiles(CredentialStore credentials)
{
    public async Task<(StoredLogin Login, StoredCredential Kept)?> ReadAsync(McpServerConfig config, CancellationToken cancellationToken) =>
        await credentials.ReadAsync(NameOf(config), cancellationToken).ConfigureAwait(false) is { } kept
            ? (StoredLogin.Read<StoredLogin>(kept.Content), kept)
            : null;

    public ValueTask WriteAsync(McpServerConfig config, StoredLogin login, CancellationToken cancellationToken) =>
        credentials.WriteAsync(NameOf(config), StoredLogin.Write(login), cancellationToken);

    public ValueTask<StoredCredential?> TryReplaceAsync(McpServerConfig config, StoredLogin login, StoredCredential expected, CancellationToken cancellationToken) =>
        credentials.TryReplaceAsync(NameOf(config), StoredLogin.Write(login), expected, cancellationToken);

    /// <summary>A registration; one that cannot be decrypted counts as none, because another can be had.</summary>
    public async Task<OAuthClient?> ReadClientAsync(McpServerConfig config, LoginPlace place, CancellationToken cancellationToken)
    {
        try
        {
            return await credentials.ReadAsync(NameOf(config, place), cancellationToken).ConfigureAwait(false) is { } kept ? StoredLogin.Read<OAuthClient>(kept.Content) : null;
        }
        catch (CredentialException)
        {
            return null;
        }
    }

    public ValueTask WriteClientAsync(McpServerConfig config, LoginPlace place, OAuthClient client, CancellationToken cancellationToken) =>
        credentials.WriteAsync(NameOf(config, place), StoredLogin.Write(client), cancellationToken);

    /// <summary>Deletes all that is kept of a server.</summary>
    /// <returns>Whether there was anything.</returns>
    public async Task<bool> DeleteAsync(McpServerConfig config, CancellationToken cancellationToken)
    {
        bool any = false;
        string[] prefixes = [$"login.{config.Id}.", $"client.{config.Id}."];
        foreach (string name in await credentials.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))
            {
                any |= await credentials.DeleteAsync(name, cancellationToken).ConfigureAwait(false);
            }
        }

        return any;
    }

    private static string NameOf(McpServerConfig config) => $"login.{config.Id}.{Hash(config.Url!.AbsoluteUri)}";

    private static string NameOf(McpServerConfig config, LoginPlace place) => $"client.{config.Id}.{Hash($"{place.Issuer.Issuer}\n{place.Resource}")}";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}
