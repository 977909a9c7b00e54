using Bridge.Host.Terminal;
using Bridge.Host.Tests.Terminal;

namespace Bridge.Host.Tests.Verbs;

public sealed class ServersVerbTests : IDisposable
{
    private readonly CommandRun _run = new();

    private string UserFile => Path.Combine(_run.User, "mcp.json");

    [Fact]
    public async Task Add_NoFileYet_WritesTheUsers()
    {
        (await _run.RunAsync("servers", "add", "files", "--env", "A=b=c", "--", "npx", "-y", "server", "--flag")).Should().Be(ExitCode.Ok);

        File.ReadAllText(UserFile).Should().Contain("\"command\": \"npx\"").And.Contain("\"--flag\"").And.Contain("\"A\": \"b=c\"");
        _run.Output.Should().Contain("Added 'files'").And.Contain(UserFile);
    }

    [Fact]
    public async Task Add_Address_WritesHeadersAndType()
    {
        (await _run.RunAsync("servers", "add", "web", "--url", "http://127.0.0.1:1/mcp", "--header", "Authorization=Bearer ${env:T}", "--type", "sse"))
            .Should().Be(ExitCode.Ok);

        File.ReadAllText(UserFile).Should().Contain("Bearer ${env:T}").And.Contain("\"type\": \"sse\"");
    }

    [Fact]
    public async Task AddThenRemove_FileWithComments_KeepsTheRestToTheLetter()
    {
        const string Before = "{\n  // mine\n  \"mcpServers\": {\n    \"a\": { \"command\": \"x\" } // first\n  },\n  \"other\": [1]\n}\n";
        string file = _run.Write("mine/mcp.json", Before);

        (await _run.RunAsync("servers", "add", "b", "--config", "mine", "--", "y")).Should().Be(ExitCode.Ok);
        File.ReadAllText(file).Should().Contain("// mine").And.Contain("\"b\": {").And.Contain("// first");
        (await _run.RunAsync("servers", "remove", "b", "--config", "mine")).Should().Be(ExitCode.Ok);

        File.ReadAllText(file).Should().Be(Before);
    }

    [Fact]
    public async Task Add_TrustedCurrentFolder_StaysTrusted()
    {
        _run.Write("config/mcp.json", "{\"mcpServers\": {}}");
        (await _run.RunAsync("servers", "add", "a", "--", "x")).Should().Be(ExitCode.Usage, "the folder is not trusted");
        await _run.RunAsync("trust", "--yes");

        (await _run.RunAsync("servers", "add", "a", "--", "x")).Should().Be(ExitCode.Ok);

        await _run.RunAsync("trust");
        _run.Output.Should().Contain("is trusted already");
    }

    [Theory]
    [InlineData("servers add a", "either a command")]
    [InlineData("servers add a --url http://x -- y", "either a command")]
    [InlineData("servers add a --url ftp://x", "not an address")]
    [InlineData("servers add a --url http://x --env A=b", "'--env' belongs")]
    [InlineData("servers add a --header A=b -- y", "'--header'")]
    [InlineData("servers add a --env A -- y", "no pair")]
    [InlineData("servers remove a", "does not exist")]
    public async Task Servers_WrongWish_SaysTheCure(string line, string expected)
    {
        (await _run.RunAsync(line.Split(' '))).Should().Be(ExitCode.Usage);

        _run.Error.Should().Contain(expected);
        File.Exists(UserFile).Should().BeFalse();
    }

    [Fact]
    public async Task Servers_NameTakenOrNearlyRight_SaysSo()
    {
        await _run.RunAsync("servers", "add", "weather", "--", "x");

        (await _run.RunAsync("servers", "add", "weather", "--", "x")).Should().Be(ExitCode.Usage);
        _run.Error.Should().Contain("already");
        (await _run.RunAsync("servers", "remove", "zzz")).Should().Be(ExitCode.Usage);
        _run.Error.Should().Contain("There are 'weather'");
    }

    [Theory]
    [InlineData("mcp.yaml", "mcpServers: {}\n", "by hand")]
    [InlineData("mcp.json", "{", "not JSON")]
    public async Task Add_FileThatCannotBeEdited_LeavesItAlone(string name, string content, string expected)
    {
        string file = _run.Write("mine/" + name, content);

        (await _run.RunAsync("servers", "add", "a", "--config", "mine", "--", "x")).Should().Be(ExitCode.Usage);

        _run.Error.Should().Contain(expected);
        File.ReadAllText(file).Should().Be(content);
    }

    public void Dispose() => _run.Dispose();
}
