using System.Net;
using System.Text.Json.Nodes;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.Login;
using Bridge.Mcp.Probing;
using Bridge.Mcp.SignIn;
using Bridge.Mcp.Tests.Fixtures;
using Bridge.TestKit;

namespace Bridge.Mcp.Tests.Login;

/// <summary>What servers, issuers and web pages try while a person signs in: attacks O3 to O7.</summary>
public sealed class LoginAttackTests : IAsyncLifetime
{
    private readonly FakeOAuthServer _server = new();
    private readonly LoginHome _home = new();

    [Theory]
    [InlineData("https://attacker.example", false)]
    [InlineData("https://attacker.example", true)]
    [InlineData(null, true)]
    [Trait("Attack", "O3")]
    public async Task O3_Login_AnswerOfAnotherIssuer_SendsTheCodeNowhere(string? named, bool advertised)
    {
        _server.NamedInAnswer = named;
        _server.IssuerMetadata = json => With(json, "authorization_response_iss_parameter_supported", advertised);

        (await RefusedAsync(LoginHome.Server(_server))).Message.Should().Contain("answer is not of");

        _server.TokenRequests.Should().BeEmpty();
    }

    [Fact]
    public async Task Login_AnswerNamesItsIssuer_IsTaken()
    {
        _server.NamedInAnswer = _server.Issuer;
        _server.IssuerMetadata = json => With(json, "authorization_response_iss_parameter_supported", true);

        (await _home.LoginAsync(LoginHome.Server(_server))).IsNew.Should().BeTrue();
    }

    [Fact]
    [Trait("Attack", "O3")]
    public async Task O3_Login_MetadataThatNameAnotherIssuer_AskNobody()
    {
        _server.IssuerMetadata = json => With(json, "issuer", "https://honest.example");

        (await RefusedAsync(LoginHome.Server(_server))).Message.Should().Contain("another issuer");

        _home.Consents.Should().BeEmpty();
    }

    [Fact]
    [Trait("Attack", "O4")]
    public async Task O4_Login_TwoServersOfOneIssuer_EachHasItsOwnClientConsentAndToken()
    {
        await using var second = new FakeOAuthServer { Issuer = _server.Issuer, TokensOf = _server };
        McpServerConfig one = LoginHome.Server(_server);
        McpServerConfig two = LoginHome.Server(second, "second", new McpOAuthConfig { AllowedOrigins = [_server.Root] });
        await _home.LoginAsync(one);

        ServerTestReport before = await new ServerTest(TimeProvider.System, _home.Loggers, _home.Logins).RunAsync(two, CancellationToken.None);
        before.Error.Should().Contain("needs login");
        second.Shown.Should().OnlyContain(shown => shown.Length == 0, "the consent was for the first server");

        await _home.LoginAsync(two);

        _home.Consents.Should().HaveCount(2);
        _server.Authorizations.Select(asked => asked["client_id"]).Should().OnlyHaveUniqueItems();
        _server.Authorizations.Select(asked => asked["resource"]).Should().Equal(_server.Mcp.AbsoluteUri, second.Mcp.AbsoluteUri);
    }

    [Fact]
    [Trait("Attack", "O5")]
    public async Task O5_Wait_ForgedAnswers_AreRefusedAndTheTrueOneIsTakenOnce()
    {
        using LoopbackReceiver receiver = LoopbackReceiver.Open(null, null);
        Task<AuthorizationAnswer> waiting = receiver.WaitAsync("right", CancellationToken.None);
        using var browser = new HttpClient();
        string callback = receiver.Redirect.AbsoluteUri;
        string[] forged =
        [
            $"{callback}?code=forged", $"{callback}?code=forged&state=", $"{callback}?code=forged&state=wrong", $"{callback}?code=forged&state=right&state=right",
            $"{callback}?code=forged&code=other&state=right", $"{callback}?state=right", $"{callback}?code=forged&error=x&state=right",
            $"{callback}/more?code=forged&state=right", $"{callback}x?code=forged&state=right", new Uri(receiver.Redirect, "/?code=forged&state=right").AbsoluteUri,
        ];
        foreach (string address in forged)
        {
            (await browser.GetAsync(new Uri(address))).StatusCode.Should().Be(HttpStatusCode.BadRequest, address);
        }

        (await browser.PostAsync(new Uri($"{callback}?code=forged&state=right"), null)).StatusCode.Should().Be(HttpStatusCode.BadRequest);
        using var rebound = new HttpRequestMessage(HttpMethod.Get, $"{callback}?code=forged&state=right") { Headers = { Host = $"attacker.example:{receiver.Redirect.Port}" } };
        (await browser.SendAsync(rebound)).IsSuccessStatusCode.Should().BeFalse();
        waiting.IsCompleted.Should().BeFalse();

        (await browser.GetAsync(new Uri($"{callback}?code=true&state=right"))).StatusCode.Should().Be(HttpStatusCode.OK);
        (await waiting.WaitAsync(Servers.Patience, CancellationToken.None)).Code.Should().Be("true");
    }

    [Fact]
    [Trait("Attack", "O5")]
    public async Task O5_Login_AnswerBeforeAndAfterTheConsent_ChangesNothing()
    {
        string? callback = null;
        await _home.LoginAsync(LoginHome.Server(_server), async (consent, token) =>
        {
            callback = System.Web.HttpUtility.ParseQueryString(consent.Address.Query)["redirect_uri"];
            await FakeOAuthServer.VisitAsync(new Uri($"{callback}?code=attackers&state=guessed"));
            await _home.Consent(consent, token);
        });

        _server.TokenRequests.Should().ContainSingle().Which["code"].Should().StartWith("s3cr3t-");
        Func<Task> replay = () => FakeOAuthServer.VisitAsync(new Uri($"{callback}?code=late&state={_server.Authorizations.Single()["state"]}"));
        await replay.Should().ThrowAsync<HttpRequestException>("nobody listens any more");
    }

    [Fact]
    [Trait("Attack", "O6")]
    public async Task O6_Login_IssuerChanged_NothingOfTheFirstReachesTheSecond()
    {
        await using var second = new FakeOAuthServer();
        McpServerConfig config = LoginHome.Server(_server, oauth: new McpOAuthConfig { AllowedOrigins = [second.Root] });
        await _home.LoginAsync(config);
        string[] before = [.. _server.Secrets];
        string client = _server.Authorizations.Single()["client_id"];
        _server.Issuer = second.Issuer;
        _server.TokensOf = second;
        second.IssuerMetadata = json => With(json, "token_endpoint_auth_methods_supported", new JsonArray("client_secret_post"));

        LoginResult result = await _home.LoginAsync(config);

        result.Login!.Issuer.Should().Be(second.Issuer);
        second.Registrations.Should().ContainSingle("the first issuer's registration is not the second's");
        string seen = string.Join('\n', second.TokenRequests.Concat(second.Authorizations).SelectMany(form => form.Values));
        before.Should().AllSatisfy(secret => seen.Should().NotContain(secret));
        second.TokenRequests.Should().OnlyContain(form => form["grant_type"] == "authorization_code");
        _server.TokenRequests.Last()["grant_type"].Should().Be("refresh_token", "what the first issuer gave goes back to it alone");
        client.Should().NotBeEmpty();
    }

    [Fact]
    [Trait("Attack", "O7")]
    public async Task O7_Login_ScopesWithoutEnd_AreAskedForThreeTimesAtTheMost()
    {
        int round = 0;
        _server.Required = () => [$"scope-{_server.Authorizations.Count}", $"more-{round++}"];

        (await RefusedAsync(LoginHome.Server(_server))).Message.Should().Contain("again and again");

        _home.Consents.Should().HaveCount(3);
    }

    [Fact]
    [Trait("Attack", "O7")]
    public async Task O7_Login_MoreScopesWanted_AreShownAndAddedToThoseBefore()
    {
        _server.Required = () => _server.Authorizations.IsEmpty ? ["read"] : ["write"];

        LoginResult result = await _home.LoginAsync(LoginHome.Server(_server));

        _home.Consents.Select(consent => string.Join(' ', consent.Scopes)).Should().Equal("read", "read write");
        result.Login!.Scopes.Should().Equal("read", "write");
    }

    [Fact]
    [Trait("Attack", "O7")]
    public async Task O7_Login_IssuerOffersEverything_OnlyWhatTheServerNamedIsAskedFor()
    {
        _server.Required = () => ["read"];
        _server.ResourceMetadata = json => With(json, "scopes_supported", new JsonArray("read", "admin"));
        _server.IssuerMetadata = json => With(json, "scopes_supported", new JsonArray("read", "admin", "everything"));

        await _home.LoginAsync(LoginHome.Server(_server));

        _server.Authorizations.Single()["scope"].Should().Be("read");
        ((string?)_server.Registrations.Single()["scope"]).Should().Be("read");
    }

    [Fact]
    [Trait("Attack", "O8")]
    public async Task O8_Connect_HeadersOfTheConnectionAlone_AreShownWithTheLoginsToken()
    {
        await _home.LoginAsync(LoginHome.Server(_server));

        _server.Shown.Distinct().Should().HaveCount(2, "first nothing, then the one token that was given for this server");
        _server.Shown.Where(shown => shown.Length > 0).Should().OnlyContain(shown => _server.Secrets.Contains(shown.Replace("Bearer ", "", StringComparison.Ordinal)));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _home.Dispose();
        await _server.DisposeAsync();
    }

    private async Task<SignInException> RefusedAsync(McpServerConfig config)
    {
        Func<Task> run = () => _home.LoginAsync(config);
        return (await run.Should().ThrowAsync<SignInException>()).Which;
    }

    private static JsonObject With(JsonObject json, string name, JsonNode? value)
    {
        json[name] = value;
        return json;
    }
}
