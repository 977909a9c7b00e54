using Bridge.Host.Terminal;
using Bridge.Host.Tests.Terminal;

namespace Bridge.Host.Tests.Verbs;

public sealed class TrustVerbTests : IDisposable
{
    private const string Servers = """{"mcpServers": {"files": {"command": "run me", "args": ["a"], "env": {"TOKEN": "secret"}}, "web": {"url": "https://x"}, "odd": 1}}""";

    private readonly CommandRun _run = new();

    [Fact]
    public async Task Trust_NobodyThere_ShowsTheCommandsAndRefuses()
    {
        _run.Write("config/mcp.json", Servers);

        (await _run.RunAsync("trust")).Should().Be(ExitCode.Usage);

        _run.Error.Should().Contain("files: 'run me' a").And.Contain("TOKEN").And.NotContain("secret");
        _run.Error.Should().Contain("web: https://x").And.Contain("bridge trust --yes");
    }

    [Theory]
    [InlineData("y", ExitCode.Ok)]
    [InlineData("n", ExitCode.Usage)]
    [InlineData("", ExitCode.Usage)]
    public async Task Trust_PersonAnswers_DoesAsTold(string typed, int expected)
    {
        _run.Write("config/mcp.json", Servers);
        _run.Typed = typed + "\n";

        (await _run.RunAsync("trust")).Should().Be(expected);
    }

    [Fact]
    public async Task Trust_YesThenAgainThenRevoke_RemembersAndForgets()
    {
        _run.Write("config/mcp.json", Servers);

        (await _run.RunAsync("trust", "--yes")).Should().Be(ExitCode.Ok);
        (await _run.RunAsync("trust")).Should().Be(ExitCode.Ok);
        _run.Output.Should().Contain("is trusted already");
        (await _run.RunAsync("trust", "--revoke")).Should().Be(ExitCode.Ok);
        _run.Output.Should().Contain("not trusted any more");
        (await _run.RunAsync("trust", "--revoke")).Should().Be(ExitCode.Ok);
        _run.Output.Should().Contain("was not trusted");
    }

    [Fact]
    public async Task Trust_NoFolderFound_SaysThatNoneIsNeeded()
    {
        (await _run.RunAsync("trust")).Should().Be(ExitCode.Ok);

        _run.Output.Should().Contain("needs no trust");
    }

    public void Dispose() => _run.Dispose();
}
