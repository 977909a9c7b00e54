using System.Text.Json;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.Connections;
using Bridge.Mcp.Credentials;
using Bridge.Mcp.Probing;
using Bridge.Mcp.Sources;
using Bridge.Mcp.Tests.Fixtures;
using Bridge.Storage;
using Bridge.TestKit;
using Bridge.Tools;

namespace Bridge.Mcp.Tests.Credentials;

/// <summary>Each client's own credential, and nobody else's: attack S5 below the gateway.</summary>
[Trait("Attack", "S5")]
public sealed class ClientCredentialsTests : IAsyncLifetime
{
    private const string Alice = "user:alice", Bob = "user:bob";

    private readonly FakeOAuthServer _server = new();
    private readonly LoginHome _home = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static McpServerConfig Process { get; } = TestServers.Hostile("environment") with
    {
        CredentialPerClient = true,
        ClientVariables = ["TOKEN"],
        Environment = McpServerConfig.NoPairs.Add("SECRET", "Bearer ${client:TOKEN}"),
    };

    private McpServerConfig Guarded => LoginHome.Server(_server) with { CredentialPerClient = true };

    [Fact]
    public async Task ResolveAsync_WhatAClientHas_IsTheFilesThenTheStoresAndNeverAnothers()
    {
        McpServerConfig config = Process with
        {
            ClientVariables = ["TENANT", "TOKEN"],
            Clients = McpServerConfig.NoClients.Add(Alice, new() { Values = McpServerConfig.NoPairs.Add("TENANT", "a") }).Add("key:0", new() { Uses = Alice }),
        };
        await _home.Credentials.SetAsync(config, Alice, "TOKEN", "of-alice", Token);
        await _home.Credentials.SetAsync(config, Alice, "TENANT", "stored", Token);
        await _home.Credentials.SetAsync(config, Bob, "TENANT", "b", Token);

        (await _home.Credentials.ResolveAsync(config, Alice, Token)).Environment["SECRET"].Should().Be("Bearer of-alice");
        (await _home.Credentials.ResolveAsync(config, "key:0", Token)).Environment["SECRET"].Should().Be("Bearer of-alice", "configuration says so");
        (await LackingAsync(config, Bob)).Should().Contain("'TOKEN' is missing").And.Contain($"bridge servers credential set hostile TOKEN --for {Bob}").And.NotContain("of-alice");
        (await LackingAsync(config, "local")).Should().Contain("'TENANT', 'TOKEN' are missing");
        (await _home.Credentials.FindAsync(config, Alice, Token)).Should().BeEquivalentTo(new { Values = new[] { "TENANT", "TOKEN" }, Missing = (string?)null });
        (await _home.Credentials.ListAsync(config, Token)).Should().Equal("key:0", Alice, Bob);
    }

    [Fact]
    public async Task ResolveAsync_StandIn_ServesWhoHasNothingAtAllAndFillsNobodysGaps()
    {
        McpServerConfig config = Process with
        {
            ClientVariables = ["TENANT", "TOKEN"],
            Clients = McpServerConfig.NoClients.Add("*", new() { Values = McpServerConfig.NoPairs.Add("TOKEN", "guest").Add("TENANT", "guests") }),
        };
        await _home.Credentials.SetAsync(config, Bob, "TENANT", "b", Token);

        (await _home.Credentials.ResolveAsync(config, Alice, Token)).Environment["SECRET"].Should().Be("Bearer guest");
        (await LackingAsync(config, Bob)).Should().Contain("'TOKEN' is missing");
    }

    [Fact]
    public async Task ReadAsync_DocumentMovedToAnotherClient_IsNotTaken()
    {
        await _home.Credentials.SetAsync(Process, Alice, "TOKEN", "of-alice", Token);
        await _home.Credentials.SetAsync(Process, Bob, "TOKEN", "of-bob", Token);
        string[] files = Directory.GetFiles(Path.Combine(_home.Data, "store", "credentials"), "values*");
        (byte[] one, byte[] other) = (await File.ReadAllBytesAsync(files[0], Token), await File.ReadAllBytesAsync(files[1], Token));
        await File.WriteAllBytesAsync(files[0], other, Token);
        await File.WriteAllBytesAsync(files[1], one, Token);

        await FluentActions.Awaiting(() => _home.Credentials.ResolveAsync(Process, Alice, Token)).Should().ThrowAsync<CredentialException>();

        files.Select(File.ReadAllText).Should().NotContain(text => text.Contains("of-alice") || text.Contains(Alice));
    }

    [Fact]
    public async Task ResolveAsync_SubjectThatAShellWouldRead_IsQuotedInTheCure() =>
        (await LackingAsync(Process, "user:auth0|x'; rm -rf ~")).Should().EndWith(@"TOKEN --for 'user:auth0|x'\''; rm -rf ~''.");

    [Fact]
    public async Task SetAsync_AnotherAddress_HasNone()
    {
        McpServerConfig config = Guarded with { ClientVariables = ["TOKEN"], Headers = McpServerConfig.NoPairs.Add("X-Key", "${client:TOKEN}") };
        await _home.Credentials.SetAsync(config, Alice, "TOKEN", "of-alice", Token);

        (await LackingAsync(config with { Url = new Uri("https://elsewhere.example/mcp") }, Alice)).Should().Contain("'TOKEN' is missing");
        await FluentActions.Awaiting(() => _home.Credentials.SetAsync(config, Alice, "TOKEN", "a\r\nX-Evil: 1", Token)).Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task CallAsync_TwoClientsOfAProcess_EachHasItsOwnWithItsOwnCredential()
    {
        await _home.Credentials.SetAsync(Process, Alice, "TOKEN", "of-alice", Token);
        await _home.Credentials.SetAsync(Process, Bob, "TOKEN", "of-bob", Token);
        await using McpServers servers = Connect(Process);
        McpToolSource source = servers.Find("hostile")!;

        string[] seen = await Task.WhenAll(new[] { Alice, Bob, Alice, Bob }.Select(client => SecretOfAsync(source, client)));

        seen.Should().Equal("Bearer of-alice", "Bearer of-bob", "Bearer of-alice", "Bearer of-bob");
        source.Scope.Should().Be(SourceScope.PerIdentity);
        source.StatusOf(new ClientIdentity(Alice)).State.Should().Be(SourceState.Ready);
        source.StatusOf(ClientIdentity.Local).Should().Match<SourceStatus>(status => status.State != SourceState.Ready, "the local user has none");
        (await source.ListAsync(CallContext.Local, Token)).Tools.Should().BeEmpty();
    }

    [Fact]
    public async Task CallAsync_CredentialChangedThenRemoved_CountsWithinSeconds()
    {
        await _home.Credentials.SetAsync(Process, Alice, "TOKEN", "first", Token);
        await _home.Credentials.SetAsync(Process, Bob, "TOKEN", "of-bob", Token);
        await using McpServers servers = Connect(Process);
        McpToolSource source = servers.Find("hostile")!;
        (await SecretOfAsync(source, Alice)).Should().Be("Bearer first");

        await _home.Credentials.SetAsync(Process, Alice, "TOKEN", "second", Token);
        await UntilAsync(async () => await SecretOfAsync(source, Alice) == "Bearer second");
        await _home.Credentials.RemoveAsync(Process, Alice, null, Token);

        await UntilAsync(async () =>
        {
            try
            {
                await SecretOfAsync(source, Alice);
                return false;
            }
            catch (ToolSourceException error)
            {
                error.Sent.Should().BeFalse();
                return error.Message.Contains($"bridge servers credential set hostile TOKEN --for {Alice}", StringComparison.Ordinal);
            }
        });
        (await SecretOfAsync(source, Bob)).Should().Be("Bearer of-bob");
    }

    [Fact]
    public async Task CallAsync_CredentialChangedWhileACallRuns_TheCallEndsAndTheNextShowsTheNewOne()
    {
        await using ChildServer weather = await ChildServer.WeatherAsync();
        McpServerConfig config = McpServerConfig.Http("weather", new Uri(new Uri(weather.Url), "/mcp")) with
        {
            CredentialPerClient = true,
            ClientVariables = ["TOKEN"],
            Headers = McpServerConfig.NoPairs.Add("Authorization", "Bearer ${client:TOKEN}"),
        };
        await _home.Credentials.SetAsync(config, Alice, "TOKEN", "first", Token);
        await using McpServers servers = Connect(config);
        McpToolSource source = servers.Find("weather")!;
        CallContext context = CallContext.Local with { Identity = new ClientIdentity(Alice) };
        Task<ToolResult> slow = source.CallAsync("slow_report", """{"steps":5,"delayMs":500}""", context, Token);
        UpstreamSession before = await source.AcquireAsync(context.Identity, Token);
        await _home.Credentials.SetAsync(config, Alice, "TOKEN", "second", Token);

        UpstreamSession? after = null;
        await UntilAsync(async () => (after = await source.AcquireAsync(context.Identity, Token)) != before);

        (await slow).ToText().Should().Be("a report of 5 steps");
        (before.Config.Headers["Authorization"], after!.Config.Headers["Authorization"]).Should().Be(("Bearer first", "Bearer second"));
    }

    [Fact]
    public async Task Logins_OfTwoClients_AreKeptRenewedAndForgottenApart()
    {
        foreach (string client in (string[])[Alice, Bob])
        {
            await _home.LoginAsync(await _home.Credentials.PrepareAsync(Guarded, client, Token));
        }

        McpServerConfig alice = await _home.Credentials.ResolveAsync(Guarded, Alice, Token), bob = await _home.Credentials.ResolveAsync(Guarded, Bob, Token);
        string[] first = [(await _home.Logins.GetTokenAsync(alice, Token))!, (await _home.Logins.GetTokenAsync(bob, Token))!];
        _server.Withdraw();
        string[] renewed = (await Task.WhenAll(_home.Logins.RenewAsync(alice, first[0], Token), _home.Logins.RenewAsync(bob, first[1], Token)))!;

        first.Concat(renewed).Should().OnlyHaveUniqueItems();
        (await _home.OpenLogins().GetTokenAsync(alice, Token)).Should().Be(renewed[0], "another process reads the same");
        (await _home.OpenLogins().GetTokenAsync(bob, Token)).Should().Be(renewed[1]);
        (await LackingAsync(Guarded, "local")).Should().Contain("no login").And.Contain("bridge servers login guarded --for local");
        (await _home.Credentials.ListAsync(Guarded, Token)).Should().Equal(Alice, Bob);
        _server.Registrations.Should().ContainSingle("Bridge is one client of the issuer, whoever signs in");

        (await _home.Credentials.ForgetLoginAsync(Guarded, Alice, Token)).Should().BeTrue();

        (await LackingAsync(Guarded, Alice)).Should().Contain($"bridge servers login guarded --for {Alice}");
        (await _home.OpenLogins().GetTokenAsync(bob, Token)).Should().Be(renewed[1]);
    }

    [Fact]
    public async Task Resolve_LoginOfTheServer_IsTheLocalUsersAndNobodyElsesUnlessConfigured()
    {
        await _home.LoginAsync(LoginHome.Server(_server)); // before clients had their own

        (await _home.Credentials.ResolveAsync(Guarded, "local", Token)).Client.Should().Be("local");
        (await LackingAsync(Guarded, Alice)).Should().Contain($"The client '{Alice}' has no login");
        McpServerConfig shared = Guarded with { Clients = McpServerConfig.NoClients.Add("*", new() { Uses = "local" }) };
        (await _home.Credentials.ResolveAsync(shared, Alice, Token)).Client.Should().Be("local");
    }

    [Fact]
    public async Task Resolve_LoginIsOver_IsNotReplacedByTheStandIn()
    {
        await _home.LoginAsync(LoginHome.Server(_server));
        McpServerConfig config = Guarded with { Clients = McpServerConfig.NoClients.Add("*", new() { Uses = "local" }) };
        McpServerConfig alice = await _home.Credentials.PrepareAsync(config, Alice, Token);
        await _home.LoginAsync(alice);
        string given = (await _home.Logins.GetTokenAsync(alice, Token))!;
        _server.Withdraw(refresh: true);

        (await _home.Logins.RenewAsync(alice, given, Token)).Should().BeNull();

        (await LackingAsync(config, Alice)).Should().Contain($"The client '{Alice}' has no login");
    }

    [Fact]
    public async Task ServerTest_ClientWithout_SaysWhoLacksWhat()
    {
        var test = new ServerTest(TimeProvider.System, _home.Loggers, _home.Logins, _home.Credentials);

        ServerTestReport report = await test.RunAsync(Process, Bob, Token);

        report.Succeeded.Should().BeFalse();
        report.Cure.Should().Be($"Run 'bridge servers credential set hostile TOKEN --for {Bob}'.");
        (await new ServerTest(TimeProvider.System, _home.Loggers).RunAsync(Process, Token)).Succeeded.Should().BeFalse("a placeholder is never sent");
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _home.Log.Should().NotContain(line => line.Contains("of-alice") || line.Contains("of-bob"), "credentials are in no log");
        _home.Dispose();
        await _server.DisposeAsync();
    }

    private static async Task<string> SecretOfAsync(McpToolSource source, string client)
    {
        CallContext context = CallContext.Local with { Identity = new ClientIdentity(client) };
        ToolListing listing = await source.ListAsync(context, Token);
        ToolResult result = await source.CallAsync(new ToolCall("call-1", listing.Tools[0], "{}"u8.ToArray()), context, Token).WaitAsync(Servers.Patience, Token);
        return JsonElement.Parse(result.ToText()).GetProperty("SECRET").GetString()!;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(Servers.Patience);
        while (!await condition())
        {
            await Task.Delay(100, patience.Token);
        }
    }

    private async Task<string> LackingAsync(McpServerConfig config, string client)
    {
        MissingCredentialException missing = (await FluentActions.Awaiting(() => _home.Credentials.ResolveAsync(config, client, Token)).Should().ThrowAsync<MissingCredentialException>()).Which;
        return $"{missing.Message} {missing.Cure}";
    }

    private McpServers Connect(McpServerConfig config)
    {
        var options = new McpServersOptions();
        options.Servers.Add(config);
        var servers = new McpServers(options, new ConnectionOptions { Logins = _home.Logins, Credentials = _home.Credentials }, TimeProvider.System, _home.Loggers);
        _ = servers.StartAsync(Token);
        return servers;
    }
}
