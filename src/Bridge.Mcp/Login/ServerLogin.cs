using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.Probing;
using Bridge.Mcp.SignIn;
using Bridge.Storage;
using Bridge.Tools;
using Microsoft.Extensions.Logging;

namespace Bridge.Mcp.Login;

/// <summary>Signs a person in to a server with OAuth 2.1: connects, learns from the refusal who gives tokens, has the person consent in a browser, and connects again.</summary>
/// <param name="logins">Where the login is kept.</param>
/// <param name="time">The clock.</param>
/// <param name="loggers">Where to log.</param>
public sealed class ServerLogin(UpstreamLogins logins, TimeProvider time, ILoggerFactory loggers)
{
    // The first consent, and two more for scopes that the server names only when they are missing.
    private const int MaxConsents = 3;

    /// <summary>Signs in; a server that lets Bridge in already is left as it is.</summary>
    /// <param name="config">The server.</param>
    /// <param name="request">What to ask for, and how to show it.</param>
    /// <param name="cancellationToken">Ends the login; nothing is kept then.</param>
    /// <returns>The login, proved by a connection.</returns>
    /// <exception cref="SignInException">It did not succeed; the message says why.</exception>
    public async Task<LoginResult> RunAsync(McpServerConfig config, LoginRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(request);
        RefuseOthers(config);
        await DropUnreadableAsync(config, cancellationToken).ConfigureAwait(false);
        var test = new ServerTest(time, loggers, logins);
        ImmutableArray<string> asked = [];
        for (int consents = 0; ; consents++)
        {
            AuthorizationChallenge? challenge = null;
            ServerTestReport report = await test.RunAsync(config, ClientIdentity.Local.Id, refusal => challenge = refusal, cancellationToken).ConfigureAwait(false);
            LoginState? login = await logins.FindAsync(config, cancellationToken).ConfigureAwait(false);
            if (report.Succeeded)
            {
                if (consents > 0 || login is null || request.Scopes.Concat(login.Wanted).All(login.Scopes.Contains))
                {
                    return new LoginResult(login, report, IsNew: consents > 0);
                }

                // It lets Bridge in; the person wants more, or a call did.
                challenge = AuthorizationChallenge.ForMore(config.Url!, login.Wanted);
            }

            if (challenge is null)
            {
                throw new SignInException(report.Error!, report.Cure!);
            }

            asked = Ask(config, request, challenge, consents, asked, login);
            await ConsentAsync(config, request, challenge, asked, cancellationToken).ConfigureAwait(false);
        }
    }

    // A login that cannot be decrypted keeps nobody from making another.
    private async Task DropUnreadableAsync(McpServerConfig config, CancellationToken cancellationToken)
    {
        try
        {
            await logins.FindAsync(config, cancellationToken).ConfigureAwait(false);
        }
        catch (CredentialException)
        {
            await logins.ForgetAsync(config, cancellationToken).ConfigureAwait(false);
        }
    }

    private static void RefuseOthers(McpServerConfig config)
    {
        if (config.Url is null)
        {
            throw new SignInException($"The server '{config.Id}' is a process, which nobody signs in to.", "Give its credential by 'env'.");
        }

        if (config.HasAuthorization)
        {
            throw new SignInException($"The server '{config.Id}' has a credential in 'headers'.", "Remove 'Authorization' there to sign in instead.");
        }
    }

    // What is asked for grows only by what the server named, and not without end.
    private static ImmutableArray<string> Ask(
        McpServerConfig config, LoginRequest request, AuthorizationChallenge challenge, int consents, ImmutableArray<string> before, LoginState? login)
    {
        if (consents == 0)
        {
            ImmutableArray<string> wanted = request.Scopes.IsEmpty ? config.OAuth?.Scopes ?? [] : request.Scopes;
            IEnumerable<string> kept = challenge.WantsMoreScopes && login is not null ? login.Scopes : [];
            return [.. wanted.Concat(wanted.IsEmpty || challenge.WantsMoreScopes ? challenge.Scopes : []).Concat(kept).Distinct(StringComparer.Ordinal)];
        }

        if (!challenge.WantsMoreScopes)
        {
            throw new SignInException($"The server '{config.Id}' refuses the token that was given for it.", "Tell the people who run the server.");
        }

        ImmutableArray<string> more = [.. before.Concat(challenge.Scopes).Distinct(StringComparer.Ordinal)];
        return more.Length > before.Length && consents < MaxConsents
            ? more
            : throw new SignInException(
                $"The server '{config.Id}' wants scopes again and again, '{string.Join(' ', challenge.Scopes)}' now; Bridge asks no more.", "Look what they allow; '--scope' asks for them at once.");
    }

    private async Task ConsentAsync(
        McpServerConfig config, LoginRequest request, AuthorizationChallenge challenge, ImmutableArray<string> asked, CancellationToken cancellationToken)
    {
        using var http = new LearnedHttp(config);
        LoginPlace place = await new Discovery(config, http).FindAsync(challenge, cancellationToken).ConfigureAwait(false);
        ImmutableArray<string> scopes = asked.IsEmpty ? [.. place.Scopes] : asked;
        if (place.Issuer.KnowsOfflineAccess && !scopes.IsEmpty && !scopes.Contains("offline_access"))
        {
            scopes = scopes.Add("offline_access"); // or the login ends with its first token
        }

        OAuthClient? known = await logins.Files.ReadClientAsync(config, place, cancellationToken).ConfigureAwait(false);
        using LoopbackReceiver receiver = LoopbackReceiver.Open(config.OAuth?.CallbackPort, known is null ? null : new Uri(known.Redirect).Port);
        OAuthClient client = await new ClientRegistrar(config, http, logins.Files, time).GetAsync(place, receiver.Redirect, scopes, cancellationToken).ConfigureAwait(false);

        string state = Secret();
        string verifier = Secret();
        var consent = new Consent(AddressOf(place, client, scopes, state, verifier), place.Issuer.Issuer, scopes);
        AuthorizationAnswer answer = await WaitAsync(receiver, request, consent, state, cancellationToken).ConfigureAwait(false);
        string code = CodeOf(place.Issuer, answer);
        TokenGrant tokens = await new TokenEndpoint(http, time).ExchangeAsync(place.Issuer.Token, client, code, verifier, place.Resource, cancellationToken).ConfigureAwait(false);
        var login = new StoredLogin
        {
            Resource = place.Resource,
            Issuer = place.Issuer.Issuer,
            TokenEndpoint = place.Issuer.Token.AbsoluteUri,
            RevocationEndpoint = place.Issuer.Revocation?.AbsoluteUri,
            Client = client,
            Scopes = scopes,
        };
        await logins.SaveAsync(config, login.With(tokens), cancellationToken).ConfigureAwait(false);
    }

    private async Task<AuthorizationAnswer> WaitAsync(
        LoopbackReceiver receiver, LoginRequest request, Consent consent, string state, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(request.Patience, time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            Task<AuthorizationAnswer> answer = receiver.WaitAsync(state, limit.Token);
            await request.Show(consent, limit.Token).ConfigureAwait(false);
            return await answer.ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SignInException($"Nobody consented within {request.Patience.TotalSeconds:0} s.", "Begin again; the browser must run on this machine, or reach its port on 127.0.0.1.", error);
        }
    }

    private static Uri AddressOf(LoginPlace place, OAuthClient client, ImmutableArray<string> scopes, string state, string verifier)
    {
        var query = new List<(string Name, string Value)>
        {
            ("response_type", "code"),
            ("client_id", client.Id),
            ("redirect_uri", client.Redirect),
            ("state", state),
            ("code_challenge", Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))),
            ("code_challenge_method", "S256"),
            ("resource", place.Resource),
        };
        if (!scopes.IsEmpty)
        {
            query.Add(("scope", string.Join(' ', scopes)));
        }

        var address = new UriBuilder(place.Issuer.Authorization) { Fragment = "" };
        string added = string.Join('&', query.Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value)}"));
        address.Query = address.Query.Length > 1 ? $"{address.Query[1..]}&{added}" : added;
        return address.Uri;
    }

    // Before anything is sent: a code of another issuer must not reach this one's token endpoint (RFC 9207).
    private static string CodeOf(IssuerMetadata issuer, AuthorizationAnswer answer)
    {
        if (answer.Issuer is null ? issuer.NamesItself : answer.Issuer != issuer.Issuer)
        {
            throw new SignInException($"The answer is not of '{issuer.Issuer}'; it was not used.", "Begin again; if it happens once more, somebody mixes the answers of two authorization servers up.");
        }

        return answer.Code ?? throw new SignInException(
            answer.Error == "access_denied" ? "The consent was refused." : $"The authorization server '{issuer.Issuer}' refused the login.", "Begin again and consent, or ask the people who run the server.");
    }

    private static string Secret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
