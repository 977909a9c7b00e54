using System.Text.Json;
using System.Text.RegularExpressions;
using Bridge.Host.Terminal;
using Bridge.Host.Tests.Terminal;
using Bridge.TestKit;

namespace Bridge.Host.Tests.Verbs;

/// <summary>Credentials of single clients, by the command line: secrets go in and never come out.</summary>
[Trait("Attack", "S5")]
public sealed partial class ServersCredentialVerbTests : IAsyncLifetime
{
    private const string Secret = "tok-3a9f";

    private readonly FakeOAuthServer _server = new();
    private readonly CommandRun _run;

    public ServersCredentialVerbTests() => _run = new CommandRun
    {
        Opens = address =>
        {
            _ = FakeOAuthServer.VisitAsync(address);
            return true;
        },
    };

    [Fact]
    public async Task Set_ThenListAndRemove_SayWhoHasWhatAndNeverTheSecret()
    {
        Configure("""{ "command": "x", "env": { "T": "${client:TOKEN}" } }""");
        await _run.RunAsync("keys", "create", "laptop");
        string id = KeyId().Match(_run.Error).Groups[1].Value;
        var said = new List<string>();
        async Task RunAsync(string piped, params string[] arguments)
        {
            _run.Piped = piped;
            (await _run.RunAsync(arguments)).Should().Be(ExitCode.Ok, _run.Error);
            said.Add(_run.Output + _run.Error);
        }

        await RunAsync($"{Secret}\n", "servers", "credential", "set", "s", "TOKEN", "--for", "laptop");
        _run.Variables["ALICE"] = $"{Secret}-of-alice";
        await RunAsync("", "servers", "credential", "set", "s", "--for", "user:alice", "--from-env", "ALICE");
        await RunAsync("", "servers", "credential", "list", "s", "--json");
        JsonElement listed = JsonElement.Parse(_run.Output).GetProperty("clients");
        await RunAsync("", "servers", "list", "--for", "user:alice");
        _run.Output.Should().Contain("'user:alice' has 'TOKEN'");
        await RunAsync("", "servers", "credential", "remove", "s", "--for", "laptop");
        await RunAsync("", "servers", "credential", "list", "s");

        listed.EnumerateArray().Select(client => $"{client.GetProperty("client")} {client.GetProperty("has_credential")}").Should()
            .Equal($"key:{id} True", "local False", "user:alice True");
        _run.Output.Should().Contain($"bridge servers credential set s TOKEN --for key:{id}").And.Contain("user:alice  has 'TOKEN'");
        said.Should().NotContain(text => text.Contains(Secret));
        Directory.GetFiles(_run.Data, "*", SearchOption.AllDirectories).Select(File.ReadAllText).Should().NotContain(text => text.Contains(Secret));
    }

    [Theory]
    [InlineData("servers credential set s TOKEN --for alice", "names no client")]
    [InlineData("servers credential set s OTHER --for user:alice", "uses 'TOKEN'")]
    [InlineData("servers credential set plain --for user:alice", "one credential for all clients")]
    [InlineData("servers credential set s --for user:alice --from-env NONE", "'NONE' is not set")]
    [InlineData("servers login plain --for user:alice", "one credential for all clients")]
    [InlineData("servers logout plain --for user:alice", "one credential for all clients")]
    public async Task Set_WhatCannotBeMeant_IsAUsageErrorThatNamesTheCure(string line, string said)
    {
        Configure("""{ "command": "x", "env": { "T": "${client:TOKEN}" } }""", """{ "url": "http://127.0.0.1:9/mcp" }""");
        _run.Piped = "value";

        (await _run.RunAsync(line.Split(' '))).Should().Be(ExitCode.Usage);

        _run.Error.Should().Contain(said);
    }

    [Fact]
    public async Task Set_OnATerminalOrSeveralLines_IsRefused()
    {
        Configure("""{ "command": "x", "env": { "T": "${client:TOKEN}" } }""");
        _run.Piped = "a\nb";
        (await _run.RunAsync("servers", "credential", "set", "s")).Should().Be(ExitCode.Usage);
        _run.Error.Should().Contain("one line");
        _run.Typed = "typed";

        (await _run.RunAsync("servers", "credential", "set", "s")).Should().Be(ExitCode.Usage);

        _run.Error.Should().Contain("A terminal would show the value");
    }

    [Fact]
    public async Task Login_ForAClient_IsItsAloneAndDoctorSaysWhoHasOne()
    {
        Configure($$"""{ "url": "{{_server.Mcp}}", "credentials": "client" }""");
        _run.Typed = "";
        await _run.RunAsync("doctor");
        _run.Output.Should().Contain("no-client-credential").And.Contain("bridge servers login s --for local");

        (await _run.RunAsync("servers", "login", "s", "--for", "user:alice")).Should().Be(ExitCode.Ok, _run.Error);

        _run.Output.Should().Contain("Logged in to 's' for 'user:alice'");
        (await _run.RunAsync("servers", "test", "s", "--for", "user:alice")).Should().Be(ExitCode.Ok, _run.Output);
        (await _run.RunAsync("servers", "test", "s")).Should().Be(ExitCode.Failed);
        _run.Output.Should().Contain("The client 'local' has no login").And.Contain("bridge servers login s --for local");
        await _run.RunAsync("servers", "list", "--for", "user:alice");
        _run.Output.Should().Contain("'user:alice' is logged in");
        await _run.RunAsync("doctor");
        _run.Output.Should().Contain("Clients with a credential: 'user:alice'; without: 'local'").And.Contain("s for user:alice").And.NotContain("server-failed");
        (await _run.RunAsync("servers", "approve", "s", "--for", "user:alice")).Should().Be(ExitCode.Ok, _run.Error);

        (await _run.RunAsync("servers", "logout", "s", "--for", "user:alice")).Should().Be(ExitCode.Ok, _run.Error);

        _run.Output.Should().Contain("The login of 'user:alice' at 's' is forgotten");
        (await _run.RunAsync("servers", "test", "s", "--for", "user:alice")).Should().Be(ExitCode.Failed);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _run.Dispose();
        await _server.DisposeAsync();
    }

    [GeneratedRegex("'([0-9a-f]{12})'")]
    private static partial Regex KeyId();

    private void Configure(string server, string? plain = null)
    {
        Directory.CreateDirectory(_run.User);
        File.WriteAllText(Path.Combine(_run.User, "mcp.json"), $$"""{ "mcpServers": { "s": {{server}}{{(plain is null ? "" : $", \"plain\": {plain}")}} } }""");
    }
}
