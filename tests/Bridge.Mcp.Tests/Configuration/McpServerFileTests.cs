using Bridge.Configuration;
using Bridge.Mcp.Configuration;
using Bridge.Tools;

namespace Bridge.Mcp.Tests.Configuration;

public sealed class McpServerFileTests
{
    private static readonly ConfigFileVariables s_variables = new(
        new Dictionary<string, string> { ["bridge:exe"] = "/opt/bridge/bridge" }, name => name == "TOKEN" ? "secret" : null);

    [Fact]
    public void Parse_StdioEntry_IsReadWhole()
    {
        McpServerConfig server = Single("""
            "files": {
              "command": "${bridge:exe}", "args": ["sample", 8080, true, "${TOKEN}"], "env": {"KEY": "${env:TOKEN}", "N": 1},
              "cwd": "data", "startTimeout": "1m", "callTimeout": 2.5, "scope": "identity", "secretsInHeaders": true,
            }
            """);

        server.Errors.Should().BeEmpty();
        server.Should().BeEquivalentTo(new
        {
            Id = "files",
            Transport = McpTransport.Stdio,
            Command = "/opt/bridge/bridge",
            Arguments = new[] { "sample", "8080", "true", "secret" },
            WorkingDirectory = "/etc/bridge/data",
            StartTimeout = TimeSpan.FromMinutes(1),
            CallTimeout = TimeSpan.FromSeconds(2.5),
            EffectiveScope = SourceScope.PerIdentity,
            SecretsInHeaders = true,
        });
        server.Environment.Should().Equal(new Dictionary<string, string> { ["KEY"] = "secret", ["N"] = "1" });
        server.ToString().Should().Be("files").And.NotContain("secret");
    }

    [Theory]
    [InlineData("npx", "npx")]
    [InlineData("./run.sh", "/etc/bridge/run.sh")]
    [InlineData("../bin/x", "/etc/bin/x")]
    [InlineData("/usr/bin/x", "/usr/bin/x")]
    public void Parse_Command_IsLookedUpOrRelativeToTheFile(string written, string expected) =>
        Single($$"""
            "a": {"command": "{{written}}"}
            """).Command.Should().Be(expected);

    [Theory]
    [InlineData("""{"url": "https://h/mcp"}""", McpTransport.Http)]
    [InlineData("""{"serverUrl": "https://h/mcp"}""", McpTransport.Http)]
    [InlineData("""{"httpUrl": "https://h/mcp"}""", McpTransport.StreamableHttp)]
    [InlineData("""{"url": "https://h/mcp", "type": "http"}""", McpTransport.Http)]
    [InlineData("""{"url": "https://h/mcp", "type": "sse"}""", McpTransport.Sse)]
    [InlineData("""{"url": "https://h/mcp", "type": "streamable-http"}""", McpTransport.StreamableHttp)]
    [InlineData("""{"url": "https://h/mcp", "transport": "streamableHttp"}""", McpTransport.StreamableHttp)]
    public void Parse_HttpEntry_FindsTheTransport(string entry, McpTransport expected)
    {
        McpServerConfig server = Single($"\"web\": {entry}");

        server.Errors.Should().BeEmpty();
        server.Transport.Should().Be(expected);
        server.Url.Should().Be("https://h/mcp");
        server.EffectiveScope.Should().Be(SourceScope.PerIdentity);
    }

    [Theory]
    [InlineData("""{"comand": "x", "command": "y"}""", "unknown-key", "comand")]
    [InlineData("""{"command": "x", "hedaers": {}}""", "unknown-key", "hedaers")]
    [InlineData("""{"command": "x", "type": "http"}""", "wrong-type", "type")]
    [InlineData("""{"command": "x", "url": "https://h"}""", "command-and-url", "url")]
    [InlineData("""{"command": ""}""", "empty-value", "command")]
    [InlineData("""{"command": 5}""", "wrong-type", "command")]
    [InlineData("""{"command": "x", "args": "y"}""", "wrong-type", "args")]
    [InlineData("""{"command": "x", "args": [["y"]]}""", "wrong-type", "args[0]")]
    [InlineData("""{"command": "x", "env": []}""", "wrong-type", "env")]
    [InlineData("""{"command": "x", "env": {"A": {}}}""", "wrong-type", "env.A")]
    [InlineData("""{"url": "https://h", "headers": {"A": "b\r\nC: d"}}""", "wrong-type", "headers.A")]
    [InlineData("""{"command": "x", "scope": "all"}""", "unknown-value", "scope")]
    [InlineData("""{"command": "x", "disabled": "no"}""", "wrong-type", "disabled")]
    [InlineData("""{"command": "x", "startTimeout": "soon"}""", "invalid-duration", "startTimeout")]
    [InlineData("""{"command": "x", "callTimeout": 0}""", "invalid-duration", "callTimeout")]
    [InlineData("""{"url": "ftp://h"}""", "invalid-url", "url")]
    [InlineData("""{"url": "h:8080"}""", "invalid-url", "url")]
    [InlineData("""{"url": "https://h", "type": "stdio"}""", "wrong-type", "type")]
    [InlineData("""{"url": "https://h", "type": "grpc"}""", "unknown-value", "type")]
    [InlineData("""{"url": "https://h", "serverUrl": "https://h"}""", "several-urls", "")]
    [InlineData("""{"url": "https://h", "headers": {"Authorization": "${MISSING}"}}""", "unset-variable", "headers.Authorization")]
    [InlineData("{}", "missing-key", "")]
    [InlineData("5", "wrong-type", "")]
    public void Parse_BadEntry_HurtsItselfOnly(string entry, string code, string path)
    {
        McpServerFile file = Parse($$$"""{"mcpServers": {"bad": {{{entry}}}, "good": {"command": "x"} } }""");

        file.Problems.Should().BeEmpty();
        ConfigProblem problem = file.Servers[0].Errors.Should().ContainSingle().Subject;
        problem.Code.Should().Be(code);
        problem.Location.Should().StartWith($"/etc/bridge/mcp.json: mcpServers.bad{(path.Length == 0 ? "" : $".{path}")} (line 1)");
        problem.Cure.Should().NotBeEmpty();
        file.Servers[1].Errors.Should().BeEmpty();
        file.AllProblems.Should().Equal(problem);
    }

    [Fact]
    public void Parse_UnsafeAndForeignKeys_AreWarnedAboutAndListed()
    {
        McpServerConfig server = Single("""
            "a": {"command": "x", "autoApprove": ["*"], "alwaysAllow": [], "trust": true, "icon": "${NOT_SET}", "timeout": 60000}
            """);

        server.Errors.Should().BeEmpty();
        server.Warnings.Should().HaveCount(3).And.OnlyContain(warning => warning.Code == "ignored-key");
        server.ForeignKeys.Should().Equal("icon", "timeout");
    }

    [Fact]
    public void Parse_DisabledEntry_NeedsNoVariables()
    {
        McpServerConfig server = Single("""
            "a": {"command": "${MISSING}", "disabled": true}
            """);

        server.Disabled.Should().BeTrue();
        server.Errors.Should().BeEmpty();
    }

    [Fact]
    public void Parse_VsCodeFile_IsTheSame()
    {
        McpServerFile file = Parse("""{"servers": {"a": {"type": "stdio", "command": "x"}}, "inputs": []}""");

        file.Servers.Should().ContainSingle().Which.Command.Should().Be("x");
        file.ForeignKeys.Should().Equal("inputs");
    }

    [Fact]
    public void Parse_Yaml_IsTheSame()
    {
        McpServerFile file = McpServerFile.Parse("/etc/bridge/mcp.yaml", "mcpServers:\n  a:\n    command: x\n    args: [1, two]\n", s_variables);

        file.Servers.Should().ContainSingle().Which.Arguments.Should().Equal("1", "two");
    }

    [Fact]
    public void Parse_EmptyList_IsNoServersAndNoProblem()
    {
        McpServerFile file = Parse("""{"mcpServers": {}}""");

        file.Problems.Should().BeEmpty();
        file.Servers.Should().BeEmpty();
    }

    [Theory]
    [InlineData("{}", "missing-server-list", "neither")]
    [InlineData("""{"mcp_servers": {}}""", "missing-server-list", "Did you mean 'mcpServers' where 'mcp_servers' is?")]
    [InlineData("""{"mcpServers": {}, "servers": {}}""", "two-server-lists", "both")]
    [InlineData("""{"mcpServers": []}""", "wrong-type", "not an object")]
    [InlineData("{", "invalid-json", "not JSON")]
    public void Parse_UnusableFile_SaysWhy(string text, string code, string part)
    {
        ConfigProblem problem = Parse(text).Problems.Should().ContainSingle().Subject;

        problem.Code.Should().Be(code);
        problem.Message.Should().Contain(part);
    }

    [Fact]
    public void Parse_NamesThatAreNoIds_GetOneAndAWarning()
    {
        McpServerFile file = Parse("""{"mcpServers": {"My Weather": {"command": "x"}, "my-weather": {"command": "y"}, "MY_WEATHER": {"command": "z"}}}""");

        file.Servers.Select(server => server.Id).Should().Equal("my-weather", "my-weather-2", "my-weather-3");
        file.Servers[0].Warnings.Should().ContainSingle().Which.Code.Should().Be("renamed-server");
        file.Servers[1].Errors.Should().ContainSingle().Which.Code.Should().Be("ambiguous-server-id");
    }

    [Theory]
    [InlineData("calculator", "calculator")]
    [InlineData("@scope/Server.Name", "scope-server-name")]
    [InlineData("--", "server")]
    [InlineData("Größe", "gr-e")]
    [InlineData("a-very-long-name-that-goes-on-and-on-and-on", "a-very-long-name-that-goes-on-an")]
    public void FromName_AnyName_IsAnId(string name, string id)
    {
        McpServerId.FromName(name).Should().Be(id);
        McpServerId.FromName(name).Should().MatchRegex("^[a-z0-9][a-z0-9-]{0,31}$");
    }

    [Fact]
    public void FromUrl_HostAndPort_IsAnId() => McpServerId.FromUrl(new Uri("http://localhost:8080/x")).Should().Be("localhost-8080");

    [Fact]
    public void IsSameServer_AnyDifferenceThatMatters_IsAnother()
    {
        McpServerConfig a = McpServerConfig.Stdio("a", "x", "1", "2");

        a.IsSameServer(McpServerConfig.Stdio("a", "x", "1", "2") with { Warnings = [new ConfigProblem("c", "l", "m", "c")] }).Should().BeTrue();
        a.IsSameServer(McpServerConfig.Stdio("a", "x", "12")).Should().BeFalse();
        a.IsSameServer(a with { Environment = a.Environment.Add("A", "b") }).Should().BeFalse();
        a.IsSameServer(a with { Headers = a.Headers.Add("A", "b") }).Should().BeFalse();
        a.IsSameServer(a with { Disabled = true }).Should().BeFalse();
    }

    private static McpServerFile Parse(string text) => McpServerFile.Parse("/etc/bridge/mcp.json", text, s_variables);

    private static McpServerConfig Single(string entry) => Parse($"{{\"mcpServers\": {{{entry}}}}}").Servers.Should().ContainSingle().Subject;
}
