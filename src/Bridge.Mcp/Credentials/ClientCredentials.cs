using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.SignIn;
using Bridge.Storage;

namespace Bridge.Mcp.Credentials;

/// <summary>The credentials that single clients have at servers: finds the one to show, and no other. Thread-safe; of two writes for one client at once, the last counts.</summary>
/// <remarks>What a client has is what the file of servers says of it, then what is kept for it. A stand-in (<c>*</c>) counts for clients that have nothing at all.</remarks>
/// <param name="credentials">Where they are kept.</param>
/// <param name="logins">The logins of clients.</param>
public sealed class ClientCredentials(CredentialStore credentials, UpstreamLogins logins)
{
    /// <summary>Keeps a value for a client.</summary>
    /// <param name="config">The server.</param>
    /// <param name="client">The client.</param>
    /// <param name="name">The name behind <c>client:</c>.</param>
    /// <param name="value">The value, of one line.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    /// <returns>When it is kept.</returns>
    /// <exception cref="ArgumentException">The value is empty or of several lines.</exception>
    public async Task SetAsync(McpServerConfig config, string client, string name, string value, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentException.ThrowIfNullOrEmpty(value);
        if (value.AsSpan().ContainsAny('\r', '\n', '\0'))
        {
            throw new ArgumentException("A value is one line.", nameof(value));
        }

        StoredValues kept = await ReadOrNoneAsync(config, client, cancellationToken).ConfigureAwait(false);
        await credentials.WriteAsync(NameOf(config, client), (kept with { Values = kept.Values.SetItem(name, value) }).Write(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets what is kept for a client; logins are forgotten by <see cref="UpstreamLogins.ForgetAsync"/>.</summary>
    /// <param name="config">The server.</param>
    /// <param name="client">The client.</param>
    /// <param name="name">The value; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    /// <returns>Whether anything was kept.</returns>
    public async Task<bool> RemoveAsync(McpServerConfig config, string client, string? name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(config);
        StoredValues kept = await ReadOrNoneAsync(config, client, cancellationToken).ConfigureAwait(false);
        ImmutableSortedDictionary<string, string> left = name is null ? kept.Values.Clear() : kept.Values.Remove(name);
        if (left.IsEmpty)
        {
            bool any = await credentials.DeleteAsync(NameOf(config, client), cancellationToken).ConfigureAwait(false);
            return any && (name is null || kept.Values.Count > 0);
        }

        await credentials.WriteAsync(NameOf(config, client), (kept with { Values = left }).Write(), cancellationToken).ConfigureAwait(false);
        return left.Count < kept.Values.Count;
    }

    /// <summary>What a client has at a server.</summary>
    /// <param name="config">The server.</param>
    /// <param name="client">The client.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <returns>What it has, without the secrets.</returns>
    /// <exception cref="CredentialException">It cannot be decrypted.</exception>
    public async Task<ClientCredentialState> FindAsync(McpServerConfig config, string client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(config);
        var state = new ClientCredentialState(client)
        {
            Values = [.. (await ValuesAsync(config, client, cancellationToken).ConfigureAwait(false)).Keys],
            Login = await logins.FindAsync(config.With(client, McpServerConfig.NoPairs), cancellationToken).ConfigureAwait(false),
            Uses = config.Clients.GetValueOrDefault(client)?.Uses,
        };
        try
        {
            McpServerConfig found = await ResolveAsync(config, client, cancellationToken).ConfigureAwait(false);
            return state with { Uses = found.Client == client ? null : found.Client };
        }
        catch (MissingCredentialException missing)
        {
            return state with { Missing = $"{missing.Message} {missing.Cure}" };
        }
    }

    /// <summary>The clients of which something is configured or kept for a server.</summary>
    /// <param name="config">The server.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>The clients in ordinal order.</returns>
    /// <exception cref="CredentialException">Something cannot be decrypted.</exception>
    public async Task<ImmutableArray<string>> ListAsync(McpServerConfig config, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(config);
        var clients = new SortedSet<string>(config.Clients.Keys.Where(client => client != ClientNames.Everyone), StringComparer.Ordinal);
        clients.UnionWith(await logins.ListClientsAsync(config, cancellationToken).ConfigureAwait(false));
        foreach (string name in await credentials.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (name.StartsWith(PrefixOf(config), StringComparison.Ordinal) && await credentials.ReadAsync(name, cancellationToken).ConfigureAwait(false) is { } kept)
            {
                clients.Add(StoredValues.Read(kept.Content).Client);
            }
        }

        return [.. clients];
    }

    /// <summary>The server as a client sees it who is about to sign in: with its values, login or not.</summary>
    /// <param name="config">The server.</param>
    /// <param name="client">The client.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <returns>The server with the client's values; the same server where one credential serves all.</returns>
    /// <exception cref="MissingCredentialException">A value is missing.</exception>
    public async Task<McpServerConfig> PrepareAsync(McpServerConfig config, string client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(config);
        return config.CredentialPerClient ? Whole(config, client, await ValuesAsync(config, client, cancellationToken).ConfigureAwait(false)) : config;
    }

    /// <summary>Forgets the login of a client; its tokens are given back where the issuer takes them.</summary>
    /// <param name="config">The server.</param>
    /// <param name="client">The client.</param>
    /// <param name="cancellationToken">Ends the forgetting.</param>
    /// <returns>Whether there was one.</returns>
    public Task<bool> ForgetLoginAsync(McpServerConfig config, string client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(config);
        return logins.ForgetAsync(config.CredentialPerClient ? config.With(client, McpServerConfig.NoPairs) : config, cancellationToken);
    }

    /// <summary>The server as a client sees it: with its credential, or with the one that is configured to stand in.</summary>
    /// <exception cref="MissingCredentialException">It has none.</exception>
    /// <exception cref="CredentialException">Its credential cannot be decrypted.</exception>
    internal async Task<McpServerConfig> ResolveAsync(McpServerConfig config, string client, CancellationToken cancellationToken)
    {
        if (!config.CredentialPerClient || config.Client is not null)
        {
            return config;
        }

        string owner = config.Clients.GetValueOrDefault(client)?.Uses ?? client;
        if (await OwnAsync(config, owner, cancellationToken).ConfigureAwait(false) is { } own)
        {
            return own;
        }

        if (config.Clients.GetValueOrDefault(ClientNames.Everyone) is not { } everyone)
        {
            throw Missing(config, owner, config.ClientVariables);
        }

        return everyone.Uses is { } other
            ? await OwnAsync(config, other, cancellationToken).ConfigureAwait(false) ?? throw Missing(config, other, config.ClientVariables)
            : Whole(config, ClientNames.Everyone, everyone.Values);
    }

    private static MissingCredentialException Missing(McpServerConfig config, string client, IReadOnlyCollection<string> names) => names.Count == 0
        ? new($"The client '{client}' has no login at the server '{config.Id}'.", $"Run 'bridge servers login {config.Id} --for {ClientNames.Quoted(client)}'.")
        : new(
            $"The client '{client}' has no credential of its own for the server '{config.Id}': {string.Join(", ", names.Select(name => $"'{name}'"))} {(names.Count == 1 ? "is" : "are")} missing.",
            $"Run 'bridge servers credential set {config.Id} {names.First()} --for {ClientNames.Quoted(client)}'.");

    // Never half of one client's and half of another's.
    private static McpServerConfig Whole(McpServerConfig config, string owner, ImmutableSortedDictionary<string, string> values)
    {
        string[] missing = [.. config.ClientVariables.Where(name => !values.ContainsKey(name))];
        return missing.Length == 0 ? config.With(owner, values) : throw Missing(config, owner, missing);
    }

    // Null for a client that has nothing at all.
    private async Task<McpServerConfig?> OwnAsync(McpServerConfig config, string client, CancellationToken cancellationToken)
    {
        if (config.ClientVariables.IsEmpty)
        {
            McpServerConfig own = config.With(client, McpServerConfig.NoPairs);
            LoginState? login = await logins.FindAsync(own, cancellationToken).ConfigureAwait(false);
            return login is null ? null : login.IsOver ? throw Missing(config, client, []) : own;
        }

        ImmutableSortedDictionary<string, string> values = await ValuesAsync(config, client, cancellationToken).ConfigureAwait(false);
        return values.IsEmpty ? null : Whole(config, client, values);
    }

    private async Task<ImmutableSortedDictionary<string, string>> ValuesAsync(McpServerConfig config, string client, CancellationToken cancellationToken)
    {
        StoredCredential? kept = await credentials.ReadAsync(NameOf(config, client), cancellationToken).ConfigureAwait(false);
        ImmutableSortedDictionary<string, string> values = kept is not null && StoredValues.Read(kept.Content) is { } stored && stored.Client == client ? stored.Values : McpServerConfig.NoPairs;
        return values.SetItems(config.Clients.GetValueOrDefault(client)?.Values ?? McpServerConfig.NoPairs)
            .RemoveRange(values.Keys.Except(config.ClientVariables)); // of a variable that the server no longer has
    }

    private async Task<StoredValues> ReadOrNoneAsync(McpServerConfig config, string client, CancellationToken cancellationToken)
    {
        try
        {
            StoredCredential? kept = await credentials.ReadAsync(NameOf(config, client), cancellationToken).ConfigureAwait(false);
            return kept is null ? new StoredValues(client, McpServerConfig.NoPairs) : StoredValues.Read(kept.Content);
        }
        catch (CredentialException)
        {
            return new StoredValues(client, McpServerConfig.NoPairs); // it goes, whatever it was
        }
    }

    // A value given for one address is shown to no other that is put in its place.
    private static string NameOf(McpServerConfig config, string client) =>
        $"{PrefixOf(config)}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{config.Url?.AbsoluteUri}\n{client}")).AsSpan(0, 8))}";

    private static string PrefixOf(McpServerConfig config) => $"values.{config.Id}.";
}
