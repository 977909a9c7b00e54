using System.Text.Json.Nodes;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.Login;
using Bridge.Mcp.SignIn;
using Bridge.Mcp.Tests.Fixtures;
using Bridge.TestKit;

namespace Bridge.Mcp.Tests.Login;

public sealed class ServerLoginTests : IAsyncLifetime
{
    private readonly FakeOAuthServer _server = new();
    private readonly LoginHome _home = new();

    [Fact]
    public async Task RunAsync_ServerThatWantsLogin_RegistersConsentsAndConnects()
    {
        LoginResult result = await _home.LoginAsync(LoginHome.Server(_server));

        result.IsNew.Should().BeTrue();
        result.Report.Tools.Tools.Should().ContainSingle();
        result.Login!.Issuer.Should().Be(_server.Issuer);
        JsonObject registration = _server.Registrations.Should().ContainSingle().Subject;
        var asked = _server.Authorizations.Should().ContainSingle().Subject;
        asked["redirect_uri"].Should().Be((string?)registration["redirect_uris"]![0]).And.MatchRegex(@"^http://127\.0\.0\.1:\d+/callback$");
        asked.Should().Contain("code_challenge_method", "S256").And.Contain("resource", _server.Mcp.AbsoluteUri).And.NotContainKey("scope");
        var exchanged = _server.TokenRequests.Should().ContainSingle().Subject;
        exchanged.Should().Contain("resource", _server.Mcp.AbsoluteUri).And.Contain("redirect_uri", asked["redirect_uri"]);
    }

    [Fact]
    public async Task RunAsync_LoggedInAlready_AsksNobody()
    {
        await _home.LoginAsync(LoginHome.Server(_server));

        LoginResult again = await _home.LoginAsync(LoginHome.Server(_server));

        again.IsNew.Should().BeFalse();
        _home.Consents.Should().ContainSingle();
    }

    [Fact]
    public async Task RunAsync_ServerWithoutLogin_SaysSo()
    {
        _server.IsProtected = false;

        LoginResult result = await _home.LoginAsync(LoginHome.Server(_server));

        result.Login.Should().BeNull();
        _home.Consents.Should().BeEmpty();
    }

    [Fact]
    public async Task RunAsync_NoMetadataOfTheServer_TakesItsOwnOrigin()
    {
        _server.Challenge = () => "realm=\"x\"";
        _server.ResourceMetadata = _ => null;

        LoginResult result = await _home.LoginAsync(LoginHome.Server(_server));

        result.Login!.Issuer.Should().Be(_server.Issuer);
    }

    [Fact]
    public async Task RunAsync_ConfiguredClient_IsNotRegistered()
    {
        McpServerConfig config = LoginHome.Server(_server, oauth: new McpOAuthConfig { ClientId = "mine", ClientSecret = "s3cr3t-mine", Scopes = ["notes"], CallbackPort = ChildServer.FreePort() });

        LoginResult result = await _home.LoginAsync(config);

        result.Login!.Scopes.Should().Equal("notes");
        _server.Registrations.Should().BeEmpty();
        _server.Authorizations.Single()["redirect_uri"].Should().Be($"http://127.0.0.1:{config.OAuth!.CallbackPort}/callback");
        _server.TokenRequests.Single()["(authorization)"].Should().StartWith("Basic ");
    }

    [Fact]
    public async Task RunAsync_ClientDocument_IsTheClientsIdWhereItIsTaken()
    {
        var oauth = new McpOAuthConfig { ClientMetadataUrl = new Uri("https://example.org/bridge.json") };
        _server.IssuerMetadata = json => With(json, "client_id_metadata_document_supported", true);

        await _home.LoginAsync(LoginHome.Server(_server, oauth: oauth));

        _server.Registrations.Should().BeEmpty();
        _server.Authorizations.Single()["client_id"].Should().Be("https://example.org/bridge.json");
    }

    [Theory]
    [InlineData("plain", "PKCE")]
    [InlineData(null, "PKCE")]
    public async Task RunAsync_ServerWithoutPkce_IsRefusedBeforeAnybodyIsAsked(string? method, string expected)
    {
        _server.IssuerMetadata = json => With(json, "code_challenge_methods_supported", method is null ? null : new JsonArray(method));

        (await RefusedAsync()).Message.Should().Contain(expected);

        _server.Registrations.Should().BeEmpty();
        _home.Consents.Should().BeEmpty();
    }

    [Fact]
    public async Task RunAsync_NoRegistrationAndNoClient_SaysWhatToWrite()
    {
        _server.IssuerMetadata = json => With(json, "registration_endpoint", null);

        (await RefusedAsync()).Cure.Should().Contain("oauth.clientId");
    }

    [Theory]
    [InlineData("https://127.0.0.1:1/other")]
    [InlineData("not an address")]
    public async Task RunAsync_MetadataOfAnotherResource_AreRefused(string resource)
    {
        _server.ResourceMetadata = json => With(json, "resource", resource);

        (await RefusedAsync()).Message.Should().Contain("another resource");

        _home.Consents.Should().BeEmpty();
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("--flag")]
    [InlineData("http://attacker.example/authorize")]
    [Trait("Attack", "P7")]
    public async Task P7_RunAsync_ConsentAtAnAddressThatIsNone_IsNotOpened(string address)
    {
        _server.IssuerMetadata = json => With(json, "authorization_endpoint", address);

        await RefusedAsync();

        _home.Consents.Should().BeEmpty();
    }

    [Fact]
    public async Task RunAsync_NobodyConsents_EndsInTime()
    {
        var login = new ServerLogin(_home.Logins, TimeProvider.System, _home.Loggers);
        var request = new LoginRequest { Patience = TimeSpan.FromMilliseconds(200), Show = static (_, _) => Task.CompletedTask };

        Func<Task> run = () => login.RunAsync(LoginHome.Server(_server), request, CancellationToken.None).WaitAsync(Servers.Patience);

        (await run.Should().ThrowAsync<SignInException>()).Which.Message.Should().Contain("Nobody consented");
    }

    [Fact]
    [Trait("Attack", "R7")]
    public async Task RunAsync_WholeLife_LeavesNoSecretInLogsMessagesOrFiles()
    {
        McpServerConfig config = LoginHome.Server(_server);
        LoginResult result = await _home.LoginAsync(config);
        _server.Withdraw(refresh: true);
        string after = (await new Bridge.Mcp.Probing.ServerTest(TimeProvider.System, _home.Loggers, _home.Logins).RunAsync(config, CancellationToken.None)).Error!;

        string everything = string.Join('\n', _home.Log) + result + after
            + string.Concat(Directory.EnumerateFiles(_home.Data, "*", SearchOption.AllDirectories).Select(File.ReadAllText));
        _server.Secrets.Should().HaveCountGreaterThan(2);
        _server.Secrets.Should().AllSatisfy(secret => everything.Should().NotContain(secret));
        Directory.EnumerateFiles(_home.Data, "*", SearchOption.AllDirectories)
            .Should().AllSatisfy(file => File.GetUnixFileMode(file).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _home.Dispose();
        await _server.DisposeAsync();
    }

    private async Task<SignInException> RefusedAsync()
    {
        Func<Task> run = () => _home.LoginAsync(LoginHome.Server(_server));
        return (await run.Should().ThrowAsync<SignInException>()).Which;
    }

    private static JsonObject With(JsonObject json, string name, JsonNode? value)
    {
        json[name] = value;
        return json;
    }
}
