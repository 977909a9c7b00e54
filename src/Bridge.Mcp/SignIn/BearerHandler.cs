using System.Net;
using Bridge.Mcp.Configuration;
using Microsoft.Extensions.Logging;

namespace Bridge.Mcp.SignIn;

/// <summary>Shows a server the token of its login, and another one when it refuses the first.</summary>
/// <param name="inner">What sends.</param>
/// <param name="config">The server.</param>
/// <param name="logins">The logins.</param>
/// <param name="challenged">Told how the server refused a request in the end; may be <see langword="null"/>.</param>
/// <param name="logger">Where to log.</param>
internal sealed class BearerHandler(
    HttpMessageHandler inner, McpServerConfig config, UpstreamLogins logins, Action<AuthorizationChallenge>? challenged, ILogger logger) : DelegatingHandler(inner)
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
        if (response.StatusCode == HttpStatusCode.Unauthorized && token is not null
            && await logins.RenewAsync(config, token, cancellationToken).ConfigureAwait(false) is { } other)
        {
            response.Dispose();
            response = await SendAsync(request, other, cancellationToken).ConfigureAwait(false);
        }

        if (AuthorizationChallenge.Of(response, endpoint) is { } challenge)
        {
            if (challenge.WantsMoreScopes && challenged is null)
            {
                SignInLog.ScopeMissing(logger, config.Id, string.Join(' ', challenge.Scopes));
            }

            challenged?.Invoke(challenge);
        }

        return response;
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string? token, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        return base.SendAsync(request, cancellationToken);
    }
}
