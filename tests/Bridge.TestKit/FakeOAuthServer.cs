using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bridge.TestKit;

/// <summary>An MCP server behind OAuth on loopback, and its authorization server: everybody who comes consents, and what is asked is remembered.</summary>
public sealed class FakeOAuthServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, (IReadOnlyDictionary<string, string> Request, string ClientId)> _codes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _access = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _refresh = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _subjects = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _spent = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Starts the server on a free port.</summary>
    public FakeOAuthServer()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(HandleAsync);
        _app.Start();
        Root = new Uri(_app.Urls.First());
        Issuer = Root.GetLeftPart(UriPartial.Authority);
    }

    /// <summary>The address without a path.</summary>
    public Uri Root { get; }

    /// <summary>The MCP endpoint.</summary>
    public Uri Mcp => new(Root, "/mcp");

    /// <summary>Who consents; the tool then says whose token was shown. <see langword="null"/> for nobody in particular.</summary>
    public string? Subject { get; set; }

    /// <summary>The authorization server that the MCP endpoint names; this one unless it is changed.</summary>
    public string Issuer { get; set; }

    /// <summary>Whose tokens the MCP endpoint takes; <see langword="null"/> for its own.</summary>
    public FakeOAuthServer? TokensOf { get; set; }

    /// <summary>Whether the MCP endpoint wants a token.</summary>
    public bool IsProtected { get; set; } = true;

    /// <summary>What the challenge says beside the scheme; <see langword="null"/> for the address of the metadata.</summary>
    public Func<string>? Challenge { get; set; }

    /// <summary>Changes the metadata of the MCP endpoint; <see langword="null"/> as its result for none.</summary>
    public Func<JsonObject, JsonObject?> ResourceMetadata { get; set; } = json => json;

    /// <summary>Changes the metadata of the authorization server.</summary>
    public Func<JsonObject, JsonObject?> IssuerMetadata { get; set; } = json => json;

    /// <summary>What stands in the answer as <c>iss</c>; <see langword="null"/> for nothing.</summary>
    public string? NamedInAnswer { get; set; }

    /// <summary>The scopes that a token must have, asked for anew at each request.</summary>
    public Func<IReadOnlyList<string>> Required { get; set; } = static () => [];

    /// <summary>The scopes that a token must have for a call of the tool, beside those.</summary>
    public IReadOnlyList<string> RequiredForCalls { get; set; } = [];

    /// <summary>How long tokens last, in seconds; <see langword="null"/> for not saying so.</summary>
    public int? Lifetime { get; set; } = 3600;

    /// <summary>Holds every refresh up until it ends.</summary>
    public Task RefreshGate { get; set; } = Task.CompletedTask;

    /// <summary>Where requests were redirected from, and to.</summary>
    public ConcurrentDictionary<string, string> Redirects { get; } = new(StringComparer.Ordinal);

    /// <summary>Paths that were asked for, with their method.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Registrations, as sent.</summary>
    public ConcurrentQueue<JsonObject> Registrations { get; } = new();

    /// <summary>What browsers were sent to the authorization endpoint with.</summary>
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Authorizations { get; } = new();

    /// <summary>Forms that came to the token endpoint.</summary>
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> TokenRequests { get; } = new();

    /// <summary>What the MCP endpoint was shown as <c>Authorization</c>.</summary>
    public ConcurrentQueue<string> Shown { get; } = new();

    /// <summary>Every secret that was given out.</summary>
    public ConcurrentQueue<string> Secrets { get; } = new();

    /// <summary>How many refreshes there were, good or bad.</summary>
    public int Refreshes => TokenRequests.Count(form => form["grant_type"] == "refresh_token");

    /// <summary>Makes every token that was given out worthless, the refresh tokens too if asked.</summary>
    public void Withdraw(bool refresh = false)
    {
        _access.Clear();
        if (refresh)
        {
            _refresh.Clear();
        }
    }

    /// <summary>A browser: goes to an address and where it leads.</summary>
    public static async Task<string> VisitAsync(Uri address)
    {
        using var browser = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        using HttpResponseMessage response = await browser.GetAsync(address);
        return await response.Content.ReadAsStringAsync();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "";
        Asked.Enqueue($"{context.Request.Method} {path}");
        if (Redirects.TryGetValue(path, out string? target))
        {
            context.Response.Redirect(target);
            return;
        }

        await (path switch
        {
            "/mcp" => McpAsync(context),
            "/.well-known/oauth-protected-resource/mcp" => JsonAsync(context, ResourceMetadata(new JsonObject
            {
                ["resource"] = Mcp.AbsoluteUri,
                ["authorization_servers"] = new JsonArray(Issuer),
            })),
            "/.well-known/oauth-authorization-server" => JsonAsync(context, IssuerMetadata(MetadataOfIssuer())),
            "/register" => RegisterAsync(context),
            "/authorize" => AuthorizeAsync(context),
            "/token" => TokenAsync(context),
            "/revoke" => RevokeAsync(context),
            _ => JsonAsync(context, null),
        });
    }

    private JsonObject MetadataOfIssuer()
    {
        string root = Root.GetLeftPart(UriPartial.Authority);
        return new JsonObject
        {
            ["issuer"] = root,
            ["authorization_endpoint"] = $"{root}/authorize",
            ["token_endpoint"] = $"{root}/token",
            ["registration_endpoint"] = $"{root}/register",
            ["revocation_endpoint"] = $"{root}/revoke",
            ["code_challenge_methods_supported"] = new JsonArray("S256"),
            ["token_endpoint_auth_methods_supported"] = new JsonArray("none", "client_secret_basic", "client_secret_post"),
        };
    }

    private async Task McpAsync(HttpContext context)
    {
        string shown = context.Request.Headers.Authorization.ToString();
        Shown.Enqueue(shown);
        string[] required = [.. Required()];
        ConcurrentDictionary<string, string> good = (TokensOf ?? this)._access;
        if (IsProtected && !good.ContainsKey(shown.Replace("Bearer ", "", StringComparison.Ordinal)))
        {
            context.Response.StatusCode = 401;
            string scope = required.Length > 0 ? $", scope=\"{string.Join(' ', required)}\"" : "";
            context.Response.Headers.WWWAuthenticate = $"Bearer {Challenge?.Invoke() ?? $"resource_metadata=\"{Root}.well-known/oauth-protected-resource/mcp\"{scope}"}";
            return;
        }

        string body = await new StreamReader(context.Request.Body).ReadToEndAsync();
        if (body.Contains("tools/call", StringComparison.Ordinal))
        {
            required = [.. required, .. RequiredForCalls];
        }

        string[] granted = IsProtected ? good[shown["Bearer ".Length..]].Split(' ') : required;
        if (required.Except(granted).Any())
        {
            context.Response.StatusCode = 403;
            context.Response.Headers.WWWAuthenticate = $"Bearer error=\"insufficient_scope\", scope=\"{string.Join(' ', required)}\"";
            return;
        }

        if (context.Request.Method != "POST")
        {
            context.Response.StatusCode = 405;
            return;
        }

        var message = (JsonObject)JsonNode.Parse(body)!;
        if (message["id"] is not { } id)
        {
            context.Response.StatusCode = 202;
            return;
        }

        await JsonAsync(context, new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id.DeepClone(), ["result"] = ResultOf((string)message["method"]!, _subjects.GetValueOrDefault(shown.Replace("Bearer ", "", StringComparison.Ordinal))) });
    }

    private static JsonObject ResultOf(string method, string? subject) => method switch
    {
        "initialize" => new JsonObject
        {
            ["protocolVersion"] = "2025-11-25",
            ["capabilities"] = new JsonObject { ["tools"] = new JsonObject() },
            ["serverInfo"] = new JsonObject { ["name"] = "guarded", ["version"] = "1.0.0" },
        },
        "tools/list" => new JsonObject
        {
            ["tools"] = new JsonArray(new JsonObject { ["name"] = "whoami", ["description"] = "Says who calls.", ["inputSchema"] = new JsonObject { ["type"] = "object" } }),
        },
        _ => new JsonObject { ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = $"You are {subject ?? "let in"}." }) },
    };

    private async Task RegisterAsync(HttpContext context)
    {
        var wish = (JsonObject)(await JsonNode.ParseAsync(context.Request.Body))!;
        Registrations.Enqueue(wish);
        var answer = (JsonObject)wish.DeepClone();
        answer["client_id"] = $"client-{Interlocked.Increment(ref _count)}";
        if ((string?)wish["token_endpoint_auth_method"] != "none")
        {
            answer["client_secret"] = Secret();
        }

        await JsonAsync(context, answer, 201);
    }

    private Task AuthorizeAsync(HttpContext context)
    {
        Dictionary<string, string> query = context.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
        Authorizations.Enqueue(query);
        string code = Secret();
        _codes[code] = (query, query["client_id"]);
        Assign(code, Subject);
        string named = NamedInAnswer is null ? "" : $"&iss={Uri.EscapeDataString(NamedInAnswer)}";
        context.Response.Redirect($"{query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(query["state"])}{named}");
        return Task.CompletedTask;
    }

    private async Task TokenAsync(HttpContext context)
    {
        IFormCollection form = await context.Request.ReadFormAsync();
        Dictionary<string, string> asked = form.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
        asked["(authorization)"] = context.Request.Headers.Authorization.ToString();
        TokenRequests.Enqueue(asked);
        string? scope = asked["grant_type"] == "refresh_token" ? await ScopeOfRefreshAsync(asked) : ScopeOfCode(asked);
        if (scope is null)
        {
            await JsonAsync(context, new JsonObject { ["error"] = "invalid_grant" }, 400);
            return;
        }

        string access = Secret();
        string refresh = Secret();
        _access[access] = scope;
        _refresh[refresh] = scope;
        string? subject = _subjects.GetValueOrDefault(asked.GetValueOrDefault("code") ?? asked["refresh_token"]);
        Assign(access, subject);
        Assign(refresh, subject);
        var answer = new JsonObject { ["access_token"] = access, ["token_type"] = "bearer", ["refresh_token"] = refresh, ["scope"] = scope };
        if (Lifetime is { } seconds)
        {
            answer["expires_in"] = seconds;
        }

        await JsonAsync(context, answer);
    }

    private string? ScopeOfCode(Dictionary<string, string> asked)
    {
        if (!_codes.TryRemove(asked["code"], out (IReadOnlyDictionary<string, string> Request, string ClientId) given))
        {
            return null;
        }

        string challenge = System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(asked["code_verifier"])));
        bool fits = given.Request["code_challenge"] == challenge && given.Request["redirect_uri"] == asked["redirect_uri"] && given.Request["resource"] == asked["resource"];
        return fits ? given.Request.GetValueOrDefault("scope", "") : null;
    }

    // A refresh token serves once; who shows a spent one has stolen it, so all tokens of that login end.
    private async Task<string?> ScopeOfRefreshAsync(Dictionary<string, string> asked)
    {
        string token = asked["refresh_token"];
        if (_spent.ContainsKey(token))
        {
            Withdraw(refresh: true);
            return null;
        }

        if (!_refresh.TryRemove(token, out string? scope))
        {
            return null;
        }

        _spent[token] = 0;
        await RefreshGate;
        return scope;
    }

    private async Task RevokeAsync(HttpContext context)
    {
        _refresh.TryRemove((await context.Request.ReadFormAsync())["token"].ToString(), out _);
    }

    private void Assign(string secret, string? subject)
    {
        if (subject is not null)
        {
            _subjects[secret] = subject;
        }
    }

    private string Secret()
    {
        string secret = $"s3cr3t-{RandomNumberGenerator.GetHexString(24, lowercase: true)}";
        Secrets.Enqueue(secret);
        return secret;
    }

    private static Task JsonAsync(HttpContext context, JsonObject? body, int status = 200)
    {
        context.Response.StatusCode = body is null ? 404 : status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body?.ToJsonString() ?? "{}");
    }
}
