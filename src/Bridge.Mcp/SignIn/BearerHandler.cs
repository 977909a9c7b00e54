using System.Net;
using Bridge.Mcp.Configuration;

namespace Bridge.Mcp.SignIn;

/// <summary>Shows a server the token of its login, and another one when it refuses the first.</summary>
/// <param name="inner">What sends.</param>
/// <param name="config">The server.</param>
/// <param name="logins">The logins.</param>
/// <param name="challenged">Told how the server refused a request in the end; may be <see langword="null"/>.</param>
internal sealed class BearerHandler(
    HttpMessageHandler inner, McpServerConfig config, UpstreamLogins logins, Action<AuthorizationChallenge>? challenged) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // A server of 2024 names the address of its messages itself: a token is for the origin the user wrote, and no other.
        if (!LearnedHttp.IsSameOrigin(request.RequestUri!, config.Url!))
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        Uri endpoint = request.RequestUri!;
        string? token = await logins.GetTokenAsync(config, cancellationToken).ConfigureAwait(false);
        if (token is not null && request.Content is { } content)
        {
            await content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false); // it may have to be sent twice
        }

        HttpResponseMessage response = await SendAsync(request, token, cancellationToken).ConfigureAwait(false);
        if (token is not null && await OtherAsync(response, token, cancellationToken).ConfigureAwait(false) is { } other)
        {
            response.Dispose();
            response = await SendAsync(request, other, cancellationToken).ConfigureAwait(false);
        }

        if (AuthorizationChallenge.Of(response, endpoint) is { } challenge)
        {
            challenged?.Invoke(challenge);
            if (challenge.WantsMoreScopes && challenged is null)
            {
                await logins.WantAsync(config, challenge.Scopes, cancellationToken).ConfigureAwait(false);
            }
        }

        return response;
    }

    // What was refused did not run, so it may be sent again.
    private async Task<string?> OtherAsync(HttpResponseMessage response, string token, CancellationToken cancellationToken) => response.StatusCode switch
    {
        HttpStatusCode.Unauthorized => await logins.RenewAsync(config, token, cancellationToken).ConfigureAwait(false),
        HttpStatusCode.Forbidden => await logins.FindOtherAsync(config, token, cancellationToken).ConfigureAwait(false),
        _ => null,
    };

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string? token, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        return base.SendAsync(request, cancellationToken);
    }
}
