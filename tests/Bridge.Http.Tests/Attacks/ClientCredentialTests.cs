using System.Text.Json.Nodes;
using Bridge.Http.Tests.Fixtures;
using Bridge.Identity;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.Credentials;
using Bridge.Mcp.Login;
using Bridge.Mcp.SignIn;
using Bridge.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol;
using ModelContextProtocol.Client;

namespace Bridge.Http.Tests.Attacks;

/// <summary>A server's credential of one client serves no other, whatever happens meanwhile: attack S5 through the gateway.</summary>
public sealed class ClientCredentialTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Attack", "S5")]
    public async Task S5_ValuesOfTwoClients_EachCallShowsItsOwnInParallelAfterErrorsChangesAndReconnects(bool stateless)
    {
        await using TenantUpstream upstream = await TenantUpstream.StartAsync(stateless);
        McpServerConfig config = upstream.Config("up");
        await using GatewayHost gateway = await GatewayHost.StartAsync(config);
        ClientCredentials credentials = gateway.Host.App.Services.GetRequiredService<ClientCredentials>();
        var clients = new Dictionary<string, McpClient>();
        foreach (string user in (string[])["alice", "bob"])
        {
            CreatedKey key = await gateway.Host.Keys.CreateAsync(user, KeyScopes.Default, null, CancellationToken.None);
            await credentials.SetAsync(config, key.Key.Identity.Id, "TOKEN", $"{TenantUpstream.Secret}{user}", CancellationToken.None);
            clients[user] = await gateway.ConnectAsync(key: key.Text);
            (await gateway.Host.GetAsync("/v1/tools", key.Text)).Body["tools"]!.AsArray().Select(tool => tool!["id"]!.GetValue<string>()).Should().Equal("up/whoami", $"up/only_{user}");
        }

        await EachAsync(clients, async (user, client) => (await NamesAsync(client)).Should().Equal("up__whoami", $"up__only_{user}"));
        await WhoAsync(clients, 20);

        upstream.Fail("alice", 500);
        await Task.WhenAll(FailAsync(clients["alice"]), WhoAsync(clients["bob"], "bob"));
        upstream.Fail("bob", 401);
        await Task.WhenAll(FailAsync(clients["bob"]), WhoAsync(clients["alice"], "alice"));
        await WhoAsync(clients, 5);

        int listed = upstream.Seen.Count(seen => seen == ("alice", "tools/list"));
        int others = upstream.Seen.Count(seen => seen == ("bob", "tools/list"));
        await upstream.AnnounceAsync("alice"); // a list that nobody asked for
        await UntilAsync(() => upstream.Seen.Count(seen => seen == ("alice", "tools/list")) > listed);
        upstream.Seen.Count(seen => seen == ("bob", "tools/list")).Should().Be(others);

        upstream.Forget();
        await EachAsync(clients, async (user, client) => await UntilAsync(async () => await TryWhoAsync(client) == $"You are {user}."));
        await WhoAsync(clients, 20);
        await EachAsync(clients, async (user, client) => (await NamesAsync(client)).Should().Equal("up__whoami", $"up__only_{user}"));

        upstream.Mixed.Should().BeEmpty();
        upstream.Seen.Select(seen => seen.User).Distinct().Should().BeEquivalentTo("alice", "bob");
        upstream.Seen.Select(seen => seen.Method).Should().Contain(stateless ? "subscriptions/listen" : "GET", "what a connection does by itself was looked at too");
        gateway.Host.Log.All.Should().NotContain(line => line.Contains(TenantUpstream.Secret));
    }

    [Fact]
    [Trait("Attack", "S5")]
    public async Task S5_ClientWithoutACredential_IsToldTheCureAndNothingIsSent()
    {
        await using TenantUpstream upstream = await TenantUpstream.StartAsync();
        McpServerConfig config = upstream.Config("up");
        await using GatewayHost gateway = await GatewayHost.StartAsync(config);
        await gateway.Host.App.Services.GetRequiredService<ClientCredentials>().SetAsync(config, "local", "TOKEN", $"{TenantUpstream.Secret}owner", CancellationToken.None);
        McpClient owner = await gateway.ConnectAsync();
        (await owner.CallTextAsync("up__whoami")).Should().Be("You are owner.", "its credential is taken up at the call");
        CreatedKey key = await gateway.Host.Keys.CreateAsync("other", KeyScopes.Default, null, CancellationToken.None);
        McpClient other = await gateway.ConnectAsync(key: key.Text);

        string[] names = await NamesAsync(other);
        McpProtocolException refused = (await FluentActions.Awaiting(() => other.CallTextAsync("up__whoami")).Should().ThrowAsync<McpProtocolException>()).Which;
        McpClient searching = await gateway.ConnectAsync("/mcp?mode=search", key: key.Text);
        string searched = await searching.CallTextAsync("call_tool", """{"name":"up__whoami","arguments":{}}""");

        names.Should().BeEmpty("lists are of each client too");
        refused.Message.Should().Contain($"'key:{key.Key.Id}' has no credential of its own").And.Contain($"bridge servers credential set up TOKEN --for key:{key.Key.Id}");
        searched.Should().Contain("bridge servers credential set up TOKEN");
        upstream.Seen.Select(seen => seen.User).Distinct().Should().Equal("owner");
        upstream.Mixed.Should().BeEmpty();
    }

    [Fact]
    [Trait("Attack", "S5")]
    [Trait("Attack", "O8")]
    public async Task S5_LoginsOfAKeyAndOfAToken_EachCallShowsItsOwnAfterTheyWereRefreshed()
    {
        await using var upstream = new FakeOAuthServer();
        using var issuer = new TestIssuer();
        McpServerConfig config = McpServerConfig.Http("up", upstream.Mcp) with { CredentialPerClient = true };
        await using GatewayHost gateway = await GatewayHost.StartAsync(
            options => (options.Http.Tokens.Issuer, options.Http.Tokens.Audience, options.Http.Tokens.Keys) = (TestIssuer.Name, TestIssuer.Audience, issuer.KeySet), config);
        JsonObject claims = TestIssuer.Claims(DateTimeOffset.UtcNow);
        (claims["sub"], claims["scope"]) = ("bob", "bridge:prompts");
        CreatedKey key = await gateway.Host.Keys.CreateAsync("alice", KeyScopes.Default, null, CancellationToken.None);
        string[] inbound = [key.Text, issuer.Sign(claims)];
        await LoginAsync(gateway, config, upstream, key.Key.Identity.Id, "alice");
        await LoginAsync(gateway, config, upstream, "user:bob", "bob");
        var clients = new Dictionary<string, McpClient> { ["alice"] = await gateway.ConnectAsync(key: inbound[0]), ["bob"] = await gateway.ConnectAsync(key: inbound[1]) };
        McpClient nobody = await gateway.ConnectAsync();

        await WhoAsync(clients, 10);
        upstream.Withdraw();
        await WhoAsync(clients, 10);
        upstream.Lifetime = 30; // ends within the minute ahead, so that each request renews
        upstream.Withdraw();
        await WhoAsync(clients, 3);

        upstream.Refreshes.Should().BeGreaterThanOrEqualTo(4);
        (await FluentActions.Awaiting(() => nobody.CallTextAsync("up__whoami")).Should().ThrowAsync<McpProtocolException>()).Which.Message
            .Should().Contain("The client 'local' has no login").And.Contain("bridge servers login up --for local");
        upstream.Shown.Should().NotContain(shown => inbound.Append(gateway.Host.Key).Any(shown.Contains), "what clients show to Bridge goes to no server");
        upstream.Shown.Where(shown => shown.Length > 0).Should().OnlyContain(shown => upstream.Secrets.Any(shown.Contains));
        gateway.Host.Log.All.Should().NotContain(line => upstream.Secrets.Any(line.Contains));
    }

    private static async Task LoginAsync(GatewayHost gateway, McpServerConfig config, FakeOAuthServer upstream, string client, string subject)
    {
        IServiceProvider services = gateway.Host.App.Services;
        upstream.Subject = subject;
        McpServerConfig prepared = await services.GetRequiredService<ClientCredentials>().PrepareAsync(config, client, CancellationToken.None);
        var request = new LoginRequest { Show = async (consent, _) => await FakeOAuthServer.VisitAsync(consent.Address) };
        await new ServerLogin(services.GetRequiredService<UpstreamLogins>(), TimeProvider.System, NullLoggerFactory.Instance)
            .RunAsync(prepared, request, CancellationToken.None).WaitAsync(GatewayHost.Patience);
    }

    private static Task EachAsync(Dictionary<string, McpClient> clients, Func<string, McpClient, Task> act) =>
        Task.WhenAll(clients.Select(pair => act(pair.Key, pair.Value)));

    private static async Task<string[]> NamesAsync(McpClient client) =>
        [.. (await client.RequestAsync("tools/list"))["tools"]!.AsArray().Select(tool => tool!["name"]!.GetValue<string>())];

    private static Task WhoAsync(Dictionary<string, McpClient> clients, int calls) =>
        Task.WhenAll(Enumerable.Range(0, calls).SelectMany(_ => clients).Select(pair => WhoAsync(pair.Value, pair.Key)));

    private static async Task WhoAsync(McpClient client, string user) => (await client.CallTextAsync("up__whoami")).Should().Be($"You are {user}.");

    private static async Task FailAsync(McpClient client) =>
        (await client.RequestAsync("tools/call", """{"name":"up__whoami","arguments":{}}"""))["isError"]!.GetValue<bool>().Should().BeTrue();

    private static async Task<string?> TryWhoAsync(McpClient client)
    {
        try
        {
            return await client.CallTextAsync("up__whoami");
        }
        catch (McpException)
        {
            return null; // it is being connected again
        }
    }

    private static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(GatewayHost.Patience);
        while (!await condition())
        {
            await Task.Delay(50, patience.Token);
        }
    }
}
