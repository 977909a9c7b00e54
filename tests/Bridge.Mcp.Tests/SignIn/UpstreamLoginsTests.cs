using Bridge.Mcp.Configuration;
using Bridge.Mcp.Connections;
using Bridge.Mcp.Probing;
using Bridge.Mcp.SignIn;
using Bridge.Mcp.Sources;
using Bridge.Mcp.Tests.Fixtures;
using Bridge.Storage;
using Bridge.TestKit;
using Bridge.Tools;

namespace Bridge.Mcp.Tests.SignIn;

public sealed class UpstreamLoginsTests : IAsyncLifetime
{
    private readonly FakeOAuthServer _server = new();
    private readonly LoginHome _home = new();

    private McpServerConfig Config => LoginHome.Server(_server);

    [Fact]
    public async Task CallAsync_TokenRefused_IsRenewedAndTheCallRuns()
    {
        await _home.LoginAsync(Config);
        await using McpServers servers = Connect(_home.Logins);
        McpToolSource source = await servers.ReadyAsync("guarded");
        _server.Withdraw();

        ToolResult result = await source.CallAsync("whoami", "{}");

        result.IsError.Should().BeFalse();
        _server.Refreshes.Should().Be(1);
    }

    [Fact]
    public async Task GetTokenAsync_EndsSoon_IsRenewedBeforeItEnds()
    {
        _server.Lifetime = 30;
        await _home.LoginAsync(Config);
        _server.Refreshes.Should().BeGreaterThan(0, "30 seconds are less than the minute ahead");
        _server.Lifetime = 3600;

        string? first = await _home.Logins.GetTokenAsync(Config, CancellationToken.None);
        int before = _server.Refreshes;
        string? second = await _home.Logins.GetTokenAsync(Config, CancellationToken.None);

        second.Should().Be(first);
        _server.Refreshes.Should().Be(before);
    }

    [Fact]
    public async Task RenewAsync_ManyProcessesAtOnce_SpendTheRefreshTokenOnce()
    {
        await _home.LoginAsync(Config);
        string refused = (await _home.Logins.GetTokenAsync(Config, CancellationToken.None))!;
        var gate = new TaskCompletionSource();
        _server.RefreshGate = gate.Task;
        Task<string?>[] all = [.. Enumerable.Range(0, 8).Select(_ => _home.OpenLogins().RenewAsync(Config, refused, CancellationToken.None))];
        while (_server.Refreshes == 0)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        gate.SetResult();
        string?[] tokens = await Task.WhenAll(all).WaitAsync(Servers.Patience, CancellationToken.None);

        _server.Refreshes.Should().Be(1);
        tokens.Should().OnlyContain(token => token == tokens[0]).And.NotContain(refused).And.NotContainNulls();
    }

    [Fact]
    public async Task RenewAsync_WhoAskedHangsUp_TheNewTokenIsKept()
    {
        await _home.LoginAsync(Config);
        string refused = (await _home.Logins.GetTokenAsync(Config, CancellationToken.None))!;
        var gate = new TaskCompletionSource();
        _server.RefreshGate = gate.Task;
        using var hangUp = new CancellationTokenSource();
        Task<string?> asked = _home.Logins.RenewAsync(Config, refused, hangUp.Token);
        while (_server.Refreshes == 0)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await hangUp.CancelAsync();
        await asked.ContinueWith(_ => { }, TaskScheduler.Default);
        gate.SetResult();

        (await _home.OpenLogins().RenewAsync(Config, refused, CancellationToken.None).WaitAsync(Servers.Patience, CancellationToken.None))
            .Should().NotBeNull().And.NotBe(refused);
        _server.Refreshes.Should().Be(1);
    }

    [Fact]
    public async Task Servers_LoginOfAnotherProcess_IsTakenUpWhileTheyRun()
    {
        await using McpServers servers = Connect(_home.OpenLogins());
        await servers.WaitUntilSettledAsync(CancellationToken.None);
        McpToolSource source = servers.Find("guarded")!;
        source.Status.Detail.Should().Contain("needs login").And.Contain("bridge servers login guarded");

        await _home.LoginAsync(Config);

        await source.UntilAsync(() => source.Status == SourceStatus.Ready);
    }

    [Fact]
    [Trait("Attack", "O7")]
    public async Task O7_CallAsync_WantsMoreScopes_AsksNobodyAndTheNextLoginNamesThem()
    {
        _server.Required = () => ["read"];
        _server.RequiredForCalls = ["write"];
        await _home.LoginAsync(Config);
        await using McpServers servers = Connect(_home.OpenLogins());
        McpToolSource source = await servers.ReadyAsync("guarded");

        Func<Task> call = () => source.CallAsync("whoami", "{}");

        (await call.Should().ThrowAsync<ToolSourceException>()).Which.Message.Should().Contain("did not run").And.Contain("bridge servers login guarded");
        _home.Consents.Should().ContainSingle();
        (await _home.Logins.FindAsync(Config, CancellationToken.None))!.Wanted.Should().Equal("write");

        (await _home.LoginAsync(Config)).IsNew.Should().BeTrue();

        _home.Consents.Last().Scopes.Should().BeEquivalentTo("read", "write");
        (await source.CallAsync("whoami", "{}")).IsError.Should().BeFalse();
        (await _home.Logins.FindAsync(Config, CancellationToken.None))!.Wanted.Should().BeEmpty();
    }

    [Fact]
    public async Task RunAsync_LoginIsOver_SaysHowToLogIn()
    {
        await _home.LoginAsync(Config);
        _server.Withdraw(refresh: true);

        ServerTestReport report = await new ServerTest(TimeProvider.System, _home.Loggers, _home.Logins).RunAsync(Config, CancellationToken.None);

        report.Error.Should().Contain("needs login");
        report.Cure.Should().Contain("bridge servers login guarded");
        (await _home.Logins.FindAsync(Config, CancellationToken.None))!.IsOver.Should().BeTrue();
    }

    [Fact]
    public async Task ForgetAsync_Login_GivesItBackAndLeavesNothing()
    {
        await _home.LoginAsync(Config);

        (await _home.Logins.ForgetAsync(Config, CancellationToken.None)).Should().BeTrue();

        _server.Asked.Should().Contain("POST /revoke");
        (await _home.Logins.GetTokenAsync(Config, CancellationToken.None)).Should().BeNull();
        (await _home.Logins.ForgetAsync(Config, CancellationToken.None)).Should().BeFalse();
    }

    [Fact]
    public async Task GetTokenAsync_ConfiguredCredential_GoesBeforeTheLogin()
    {
        await _home.LoginAsync(Config);
        McpServerConfig config = Config with { Headers = Config.Headers.Add("authorization", "Bearer mine") };

        await new ServerTest(TimeProvider.System, _home.Loggers, _home.Logins).RunAsync(config, CancellationToken.None);

        _server.Shown.Last().Should().Be("Bearer mine");
    }

    [Fact]
    public async Task FindAsync_OtherMasterKey_SaysThatItCannotBeDecrypted()
    {
        await _home.LoginAsync(Config);

        Func<Task> find = () => _home.OpenLogins(new string('k', 32)).FindAsync(Config, CancellationToken.None);

        (await find.Should().ThrowAsync<CredentialException>()).Which.Message.Should().Contain("BRIDGE_MASTER_KEY");
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _home.Dispose();
        await _server.DisposeAsync();
    }

    private McpServers Connect(UpstreamLogins logins) =>
        Servers.Of(new ConnectionOptions { Logins = logins, LastRetry = TimeSpan.FromMilliseconds(500) }, Config);
}
