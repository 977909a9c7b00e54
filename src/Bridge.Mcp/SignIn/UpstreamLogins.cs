using System.Collections.Concurrent;
using Bridge.Mcp.Configuration;
using Bridge.Storage;
using Microsoft.Extensions.Logging;

namespace Bridge.Mcp.SignIn;

/// <summary>The logins at servers: gives their tokens out and gets new ones in time. Thread-safe, and safe for several processes at once.</summary>
/// <remarks>
/// The SDK's OAuth client is not used: it takes a server's silence for PKCE, asks every address it is led to, and two processes that refresh at
/// once spend the same refresh token. A login made or removed by another process counts after a second at the latest.
/// </remarks>
public sealed class UpstreamLogins
{
    private static readonly TimeSpan s_freshness = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_ahead = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_claim = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(50);

    private const int MaxWanted = 32;

    private readonly ConcurrentDictionary<string, (StoredLogin? Login, long At)> _seen = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>Prepares the logins; nothing is read yet.</summary>
    /// <param name="credentials">Where they are kept.</param>
    /// <param name="time">The clock.</param>
    /// <param name="loggers">Where to log.</param>
    public UpstreamLogins(CredentialStore credentials, TimeProvider time, ILoggerFactory loggers)
    {
        Files = new LoginFiles(credentials);
        _time = time;
        _logger = loggers.CreateLogger<UpstreamLogins>();
    }

    internal LoginFiles Files { get; }

    /// <summary>What is known of the login at a server.</summary>
    /// <param name="config">The server.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <returns>The login; <see langword="null"/> when there is none.</returns>
    /// <exception cref="CredentialException">It cannot be decrypted.</exception>
    public async Task<LoginState?> FindAsync(McpServerConfig config, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(config);
        return config.Url is not null && await Files.ReadAsync(config, cancellationToken).ConfigureAwait(false) is ({ } login, _)
            ? new LoginState(login.Issuer, [.. login.Scopes], login.Expires, login.IsOver) { Wanted = [.. login.Wanted.Except(login.Scopes)] }
            : null;
    }

    /// <summary>Forgets the login at a server and what was registered for it; its tokens are given back where the issuer takes them.</summary>
    /// <param name="config">The server.</param>
    /// <param name="cancellationToken">Ends the forgetting.</param>
    /// <returns>Whether anything was kept.</returns>
    public async Task<bool> ForgetAsync(McpServerConfig config, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(config);
        StoredLogin? login = null;
        try
        {
            login = (await Files.ReadAsync(config, cancellationToken).ConfigureAwait(false))?.Login;
        }
        catch (CredentialException)
        {
            // It goes, whatever it was.
        }

        bool any = await Files.DeleteAsync(config, cancellationToken).ConfigureAwait(false);
        _seen.TryRemove(KeyOf(config), out _);
        if (login is { RevocationEndpoint: { } address } && (login.RefreshToken ?? login.AccessToken) is { } token)
        {
            using var http = new LearnedHttp(config);
            try
            {
                await new TokenEndpoint(http, _time).RevokeAsync(new Uri(address), login.Client, token, cancellationToken).ConfigureAwait(false);
            }
            catch (SignInException error)
            {
                SignInLog.NotRevoked(_logger, config.Id, error.Message);
            }
        }

        return any;
    }

    /// <summary>The clients that have a login of their own at a server, the local user among them.</summary>
    internal Task<IReadOnlyList<string>> ListClientsAsync(McpServerConfig config, CancellationToken cancellationToken) => Files.ListClientsAsync(config, cancellationToken);

    internal async Task SaveAsync(McpServerConfig config, StoredLogin login, CancellationToken cancellationToken)
    {
        await Files.WriteAsync(config, login, cancellationToken).ConfigureAwait(false);
        _seen.TryRemove(KeyOf(config), out _);
    }

    /// <summary>The token to show to a server; one that ends within a minute is exchanged first.</summary>
    /// <returns><see langword="null"/> when there is no login, or it is over.</returns>
    /// <exception cref="SignInException">The token has ended and no other can be had now.</exception>
    internal async Task<string?> GetTokenAsync(McpServerConfig config, CancellationToken cancellationToken)
    {
        if (_seen.TryGetValue(KeyOf(config), out (StoredLogin? Login, long At) seen) && _time.GetElapsedTime(seen.At) < s_freshness && !IsEnding(seen.Login))
        {
            return seen.Login?.AccessToken;
        }

        try
        {
            return (await RefreshAsync(config, IsEnding, cancellationToken).ConfigureAwait(false))?.AccessToken;
        }
        catch (SignInException error) when (!error.IsOver && seen.Login is { AccessToken: { } access, Expires: { } end } && end > _time.GetUtcNow())
        {
            SignInLog.NotRefreshed(_logger, config.Id, error.Message);
            return access; // it still serves a while
        }
    }

    /// <summary>Another token in place of one that the server refused.</summary>
    /// <returns><see langword="null"/> when there is none.</returns>
    /// <exception cref="SignInException">None can be had now.</exception>
    internal async Task<string?> RenewAsync(McpServerConfig config, string refused, CancellationToken cancellationToken)
    {
        StoredLogin? login = await RefreshAsync(config, kept => kept.AccessToken == refused, cancellationToken).ConfigureAwait(false);
        return login?.AccessToken == refused ? null : login?.AccessToken;
    }

    /// <summary>The token of a login made since, by whatever process, in place of one that allows too little.</summary>
    /// <returns><see langword="null"/> when there is none.</returns>
    internal async Task<string?> FindOtherAsync(McpServerConfig config, string lacking, CancellationToken cancellationToken)
    {
        StoredLogin? login = See(config, (await Files.ReadAsync(config, cancellationToken).ConfigureAwait(false))?.Login);
        return login?.AccessToken == lacking ? null : login?.AccessToken;
    }

    /// <summary>Remembers what a server wanted for a call, so that the next login asks for it; nobody is asked now.</summary>
    internal async Task WantAsync(McpServerConfig config, IReadOnlyList<string> scopes, CancellationToken cancellationToken)
    {
        SignInLog.ScopeMissing(_logger, config.Id, config.VerbArguments, string.Join(' ', scopes));
        if (await Files.ReadAsync(config, cancellationToken).ConfigureAwait(false) is ({ } login, { } kept)
            && scopes.Count <= MaxWanted && scopes.Except(login.Wanted).Any())
        {
            // Where somebody else writes at the same moment, the next refusal says it again.
            await Files.TryReplaceAsync(config, login with { Wanted = scopes }, kept, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool IsEnding(StoredLogin? login) => login?.Expires - s_ahead <= _time.GetUtcNow();

    // One process at a time exchanges a refresh token: it says so in the file, and the others wait for what comes of it.
    private async Task<StoredLogin?> RefreshAsync(McpServerConfig config, Func<StoredLogin, bool> isStale, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await Files.ReadAsync(config, cancellationToken).ConfigureAwait(false) is not var (login, kept))
            {
                return See(config, null);
            }

            if (login.RefreshToken is null || login.IsOver || !isStale(login))
            {
                return See(config, login);
            }

            DateTimeOffset now = _time.GetUtcNow();
            if (login.RefreshingUntil > now && login.RefreshingUntil <= now + s_claim)
            {
                await Task.Delay(s_poll, _time, cancellationToken).ConfigureAwait(false);
                continue;
            }

            StoredLogin claimed = login with { RefreshingUntil = now + s_claim };
            if (await Files.TryReplaceAsync(config, claimed, kept, cancellationToken).ConfigureAwait(false) is { } ours)
            {
                // Whoever asked may hang up: the new token must be kept all the same, for the old one is spent.
                return See(config, await ExchangeAsync(config, claimed, ours).WaitAsync(cancellationToken).ConfigureAwait(false));
            }
        }
    }

    private async Task<StoredLogin> ExchangeAsync(McpServerConfig config, StoredLogin login, StoredCredential kept)
    {
        StoredLogin next;
        try
        {
            using var http = new LearnedHttp(config);
            TokenGrant tokens = await new TokenEndpoint(http, _time)
                .RefreshAsync(new Uri(login.TokenEndpoint), login.Client, login.RefreshToken!, login.Resource, CancellationToken.None).ConfigureAwait(false);
            next = login.With(tokens);
        }
        catch (SignInException error)
        {
            next = login with { RefreshingUntil = null };
            next = error.IsOver ? next with { AccessToken = null, RefreshToken = null } : next;
            await Files.TryReplaceAsync(config, next, kept, CancellationToken.None).ConfigureAwait(false);
            SignInLog.NotRefreshed(_logger, config.Id, error.Message);
            if (error.IsOver)
            {
                return next;
            }

            throw;
        }

        // Somebody who logged in meanwhile keeps what they got.
        if (await Files.TryReplaceAsync(config, next, kept, CancellationToken.None).ConfigureAwait(false) is null)
        {
            return (await Files.ReadAsync(config, CancellationToken.None).ConfigureAwait(false))?.Login ?? next;
        }

        SignInLog.Refreshed(_logger, config.Id);
        return next;
    }

    private static string KeyOf(McpServerConfig config) => $"{config.Id}\n{config.Client}";

    private StoredLogin? See(McpServerConfig config, StoredLogin? login)
    {
        _seen[KeyOf(config)] = (login, _time.GetTimestamp());
        return login;
    }
}
