using System.Security.Cryptography;
using System.Text;
using Bridge.Mcp.Configuration;
using Bridge.Storage;

namespace Bridge.Mcp.SignIn;

/// <summary>Where logins and registrations are kept: a login by server, address and client, with its issuer in it; a registration by server, issuer and resource.</summary>
/// <remarks>So nothing that one issuer gave is ever shown to another, and nothing of one server is used for the next, even at the same issuer.</remarks>
internal sealed class LoginFiles(CredentialStore credentials)
{
    private const string Local = "local";

    public async Task<(StoredLogin Login, StoredCredential Kept)?> ReadAsync(McpServerConfig config, CancellationToken cancellationToken) =>
        await credentials.ReadAsync(NameOf(config), cancellationToken).ConfigureAwait(false) is { } kept
        && StoredLogin.Read<StoredLogin>(kept.Content) is var login && login.For == OwnerOf(config)
            ? (login, kept)
            : null;

    /// <summary>The clients that have a login of their own at a server.</summary>
    public async Task<IReadOnlyList<string>> ListClientsAsync(McpServerConfig config, CancellationToken cancellationToken)
    {
        var clients = new List<string>();
        foreach (string name in await credentials.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (name.StartsWith($"login.{config.Id}.", StringComparison.Ordinal) && await credentials.ReadAsync(name, cancellationToken).ConfigureAwait(false) is { } kept)
            {
                clients.Add(StoredLogin.Read<StoredLogin>(kept.Content).For ?? Local);
            }
        }

        return clients;
    }

    public ValueTask WriteAsync(McpServerConfig config, StoredLogin login, CancellationToken cancellationToken) =>
        credentials.WriteAsync(NameOf(config), StoredLogin.Write(login with { For = OwnerOf(config) }), cancellationToken);

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

    /// <summary>Deletes all that is kept of a server, or the login of one client.</summary>
    /// <returns>Whether there was anything.</returns>
    public async Task<bool> DeleteAsync(McpServerConfig config, CancellationToken cancellationToken)
    {
        if (config.Client is not null)
        {
            return await credentials.DeleteAsync(NameOf(config), cancellationToken).ConfigureAwait(false);
        }

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

    // The one login of a server is that of the local user, and stays so when clients get their own.
    private static string? OwnerOf(McpServerConfig config) => config.Client is null or Local ? null : config.Client;

    private static string NameOf(McpServerConfig config) =>
        $"login.{config.Id}.{Hash(OwnerOf(config) is { } client ? $"{config.Url!.AbsoluteUri}\n{client}" : config.Url!.AbsoluteUri)}";

    private static string NameOf(McpServerConfig config, LoginPlace place) => $"client.{config.Id}.{Hash($"{place.Issuer.Issuer}\n{place.Resource}")}";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}
