using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.SignIn;
using Bridge.Mcp.Tests.Fixtures;
using Bridge.TestKit;

namespace Bridge.Mcp.Tests.SignIn;

/// <summary>Where a server may lead Bridge: attacks O1 and O2.</summary>
public sealed class LearnedAddressTests : IAsyncLifetime
{
    private readonly FakeOAuthServer _server = new();
    private readonly LoginHome _home = new();

    [Theory]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://localhost/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    [InlineData("https://[2002:7f00:1::1]/")]
    [InlineData("https://[64:ff9b::7f00:1]/")]
    [InlineData("https://[2001::1]/")]
    [InlineData("https://[fec0::1]/")]
    [InlineData("https://[fe80::1]/")]
    [InlineData("https://[fd00::1]/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://10.1.2.3/")]
    [InlineData("https://172.31.0.1/")]
    [InlineData("https://192.168.0.1/")]
    [InlineData("https://100.64.0.1/")]
    [InlineData("https://0.0.0.0/")]
    [Trait("Attack", "O1")]
    public async Task O1_Get_AddressOfAnInnerNetwork_IsNotAsked(string address)
    {
        using var http = new LearnedHttp(LoginHome.Server(_server));

        Func<Task> get = () => http.GetAsync(new Uri(address), CancellationToken.None);

        (await get.Should().ThrowAsync<SignInException>()).Which.Message.Should().Contain("inner network");
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("100.128.0.1", true)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::10.0.0.1", false)]
    [InlineData("172.15.255.255", true)]
    [InlineData("172.16.0.0", false)]
    [InlineData("198.51.100.7", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("::", false)]
    [InlineData("ff02::1", false)]
    [Trait("Attack", "O1")]
    public void O1_Is_AnyAddress_TellsPublicOnesFromTheRest(string address, bool expected) => PublicAddress.Is(IPAddress.Parse(address)).Should().Be(expected);

    [Theory]
    [InlineData("resource_metadata")]
    [InlineData("authorization_servers")]
    [InlineData("token_endpoint")]
    [InlineData("registration_endpoint")]
    [Trait("Attack", "O1")]
    public async Task O1_Login_ServerLeadsInward_NothingConnects(string place)
    {
        using var inner = new TcpListener(IPAddress.Loopback, 0);
        inner.Start();
        string inward = $"https://{inner.LocalEndpoint}/x";
        switch (place)
        {
            case "resource_metadata":
                _server.Challenge = () => $"resource_metadata=\"{inward}\"";
                break;
            case "authorization_servers":
                _server.Issuer = inward;
                break;
            default:
                _server.IssuerMetadata = json => With(json, place, inward);
                break;
        }

        Func<Task> login = () => _home.LoginAsync(LoginHome.Server(_server));

        (await login.Should().ThrowAsync<SignInException>()).Which.Message.Should().Contain("inner network");
        inner.Pending().Should().BeFalse();
    }

    [Fact]
    public async Task Login_AuthorizationServerThatIsListed_IsAsked()
    {
        await using var other = new FakeOAuthServer();
        _server.Issuer = other.Issuer;
        _server.TokensOf = other;
        Func<Task> unlisted = () => _home.LoginAsync(LoginHome.Server(_server));
        (await unlisted.Should().ThrowAsync<SignInException>()).Which.Cure.Should().Contain("oauth.allowedOrigins");
        other.Asked.Should().BeEmpty();

        await _home.LoginAsync(LoginHome.Server(_server, oauth: new McpOAuthConfig { AllowedOrigins = [other.Root] }));

        other.TokenRequests.Should().ContainSingle();
    }

    [Fact]
    [Trait("Attack", "O2")]
    public async Task O2_Get_NameWithAnInnerAddressAmongPublicOnes_IsNotAsked()
    {
        using var http = new LearnedHttp(LoginHome.Server(_server), (_, _) => Task.FromResult(new[] { IPAddress.Parse("8.8.8.8"), IPAddress.Loopback }));

        Func<Task> get = () => http.GetAsync(new Uri("https://rebind.example/"), CancellationToken.None);

        (await get.Should().ThrowAsync<SignInException>()).Which.Message.Should().Contain("inner network");
    }

    [Fact]
    [Trait("Attack", "O2")]
    public async Task O2_Get_NameThatChangesItsMeaning_IsResolvedOnceAndThatAddressConnected()
    {
        int asked = 0;
        var listed = new Uri($"http://login.example:{_server.Root.Port}/");
        McpServerConfig config = LoginHome.Server(_server, oauth: new McpOAuthConfig { AllowedOrigins = [listed] });
        using var http = new LearnedHttp(config, (_, _) =>
            Task.FromResult(new[] { Interlocked.Increment(ref asked) == 1 ? IPAddress.Loopback : IPAddress.Parse("192.0.2.1") }));

        JsonObject? found = await http.GetAsync(new Uri(listed, "/.well-known/oauth-authorization-server"), CancellationToken.None);

        found.Should().NotBeNull("no other resolver knows the name, and the address it got is the one that was checked");
        asked.Should().Be(1);
    }

    [Theory]
    [InlineData("https://127.0.0.1:1/x", "inner network")]
    [InlineData("http://metadata.example/x", "not https")]
    [InlineData("/.well-known/oauth-protected-resource/mcp", "without end")]
    [Trait("Attack", "O2")]
    public async Task O2_Get_RedirectThatLeadsAway_IsCheckedLikeTheFirstAddress(string target, string expected)
    {
        _server.Redirects["/.well-known/oauth-protected-resource/mcp"] = target;

        Func<Task> login = () => _home.LoginAsync(LoginHome.Server(_server));

        (await login.Should().ThrowAsync<SignInException>()).Which.Message.Should().Contain(expected);
    }

    [Theory]
    [InlineData("/token")]
    [InlineData("/register")]
    [Trait("Attack", "O2")]
    public async Task O2_Post_Redirect_IsNotFollowed(string path)
    {
        await using var elsewhere = new FakeOAuthServer();
        _server.Redirects[path] = new Uri(elsewhere.Root, path).AbsoluteUri;
        McpServerConfig config = LoginHome.Server(_server, oauth: new McpOAuthConfig { AllowedOrigins = [elsewhere.Root] });

        Func<Task> login = () => _home.LoginAsync(config);

        await login.Should().ThrowAsync<SignInException>();
        elsewhere.Asked.Should().BeEmpty();
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _home.Dispose();
        await _server.DisposeAsync();
    }

    private static JsonObject With(JsonObject json, string name, JsonNode value)
    {
        json[name] = value;
        return json;
    }
}
