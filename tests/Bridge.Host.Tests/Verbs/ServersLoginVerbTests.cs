using System.Collections.Concurrent;
using System.Text.Json;
using Bridge.Host.Terminal;
using Bridge.Host.Tests.Terminal;
using Bridge.TestKit;

namespace Bridge.Host.Tests.Verbs;

public sealed class ServersLoginVerbTests : IAsyncLifetime
{
    private readonly FakeOAuthServer _server = new();
    private readonly ConcurrentQueue<Uri> _opened = new();
    private readonly CommandRun _run;

    public ServersLoginVerbTests()
    {
        _run = new CommandRun
        {
            Typed = "",
            Opens = address =>
            {
                _opened.Enqueue(address);
                _ = FakeOAuthServer.VisitAsync(address);
                return true;
            },
        };
    }

    [Fact]
    public async Task Login_ServerThatWantsIt_OpensTheBrowserOnceAndTheServerWorks()
    {
        await AddAsync();
        (await _run.RunAsync("servers", "test", "guarded")).Should().Be(ExitCode.Failed);
        _run.Output.Should().Contain("needs login").And.Contain("bridge servers login guarded");

        (await _run.RunAsync("servers", "login", "guarded")).Should().Be(ExitCode.Ok, _run.Error);

        _run.Output.Should().Contain("Logged in to 'guarded'").And.Contain("1 tools");
        _run.Error.Should().Contain(_opened.Should().ContainSingle().Which.AbsoluteUri);
        (await _run.RunAsync("servers", "test", "guarded")).Should().Be(ExitCode.Ok, _run.Output);
        await _run.RunAsync("servers", "list");
        _run.Output.Should().Contain("(logged in)");
        (await _run.RunAsync("tools", "check", "guarded")).Should().Be(ExitCode.Ok, _run.Error);
        _run.Output.Should().Contain("whoami");
        (await _run.RunAsync("call", "guarded/whoami", "{}", "--standalone")).Should().Be(ExitCode.Ok, _run.Error);
        _run.Output.Should().Contain("You are let in.");
    }

    [Fact]
    public async Task Login_NoBrowser_PrintsTheAddressAndWaitsNoLongerThanAllowed()
    {
        await AddAsync();

        (await _run.RunAsync("servers", "login", "guarded", "--no-browser", "--timeout", "300ms")).Should().Be(ExitCode.Failed);

        _opened.Should().BeEmpty();
        _run.Error.Should().Contain($"{_server.Issuer}/authorize?").And.Contain("Nobody consented");
        _run.Output.Should().BeEmpty();
    }

    [Fact]
    public async Task Login_ScopesOfThePerson_AreAskedForAndTold()
    {
        await AddAsync();

        (await _run.RunAsync("servers", "login", "guarded", "--scope", "read", "--scope", "write", "--json")).Should().Be(ExitCode.Ok, _run.Error);

        JsonElement told = JsonElement.Parse(_run.Output);
        told.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()).Should().Equal("read", "write");
        told.GetProperty("is_new").GetBoolean().Should().BeTrue();
        _run.Error.Should().Contain("read write");
    }

    [Fact]
    public async Task Logout_AfterLogin_NeedsLoginAgain()
    {
        await AddAsync();
        await _run.RunAsync("servers", "login", "guarded");

        (await _run.RunAsync("servers", "logout", "guarded")).Should().Be(ExitCode.Ok);

        _run.Output.Should().Contain("is forgotten");
        (await _run.RunAsync("servers", "test", "guarded")).Should().Be(ExitCode.Failed);
        await _run.RunAsync("servers", "logout", "guarded");
        _run.Output.Should().Contain("no login");
    }

    [Fact]
    public async Task Doctor_LoginOverOrKept_SaysWhatToDoAndWhatProtectsIt()
    {
        await AddAsync();
        await _run.RunAsync("servers", "login", "guarded");
        _server.Withdraw(refresh: true);

        await _run.RunAsync("doctor", "--json");

        JsonElement[] findings = [.. JsonElement.Parse(_run.Output).GetProperty("findings").EnumerateArray()];
        findings.Single(item => item.GetProperty("code").GetString() == "server-failed").GetProperty("cure").GetString().Should().Contain("bridge servers login guarded");
        findings.Should().Contain(item => item.GetProperty("code").GetString() == "credentials-key-file");
        await _run.RunAsync("servers", "list");
        _run.Output.Should().Contain("needs login");

        _run.Variables["BRIDGE_MASTER_KEY"] = new string('k', 32);
        await _run.RunAsync("doctor", "--json");
        _run.Output.Should().Contain("credentials-unreadable");
        (await _run.RunAsync("servers", "login", "guarded")).Should().Be(ExitCode.Ok, _run.Error);
        await _run.RunAsync("doctor", "--json");
        _run.Output.Should().Contain("credentials-master-key");
    }

    [Theory]
    [InlineData("servers login nobody", ExitCode.Usage, "no server 'nobody'")]
    [InlineData("servers login process", ExitCode.Failed, "nobody signs in to")]
    [InlineData("servers login keyed", ExitCode.Failed, "credential in 'headers'")]
    [InlineData("servers login guarded --timeout 2d", ExitCode.Usage, "--timeout")]
    public async Task Login_WhatCannotBe_SaysWhy(string line, int code, string expected)
    {
        await AddAsync();
        await _run.RunAsync("servers", "add", "process", "--", "x");
        await _run.RunAsync("servers", "add", "keyed", "--url", _server.Mcp.AbsoluteUri, "--header", "Authorization=Bearer x");

        (await _run.RunAsync(line.Split(' '))).Should().Be(code);

        _run.Error.Should().Contain(expected);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("calc:x")]
    [Trait("Attack", "P7")]
    public void P7_TryOpen_AddressThatIsNoPage_StartsNothing(string address) =>
        Browser.TryOpen(new Uri(address), _ => ":0").Should().BeFalse();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _run.Dispose();
        await _server.DisposeAsync();
    }

    private Task<int> AddAsync() => _run.RunAsync("servers", "add", "guarded", "--url", _server.Mcp.AbsoluteUri);
}
