using System.Text.Json;
using Bridge.Host.Terminal;
using Bridge.Host.Tests.Terminal;

namespace Bridge.Host.Tests.Verbs;

public sealed class ToolsCheckVerbTests : IDisposable
{
    private const string Bad = """[{"name":"a","description":"d","inputSchema":{"type":"object","properties":{"p":{"type":"text"}}}},{"name":"b\u001b[2J","inputSchema":{"type":"object"}}]""";
    private readonly CommandRun _run = new();

    [Fact]
    public async Task Check_FileWithAnError_ExitsWithOneAndSaysTheCure()
    {
        _run.Write("tools.json", Bad);

        (await _run.RunAsync("tools", "check", "tools.json")).Should().Be(ExitCode.Failed);

        _run.Output.Should().Contain("invalid-schema (1): Mend").And.Contain("/properties/p/type").And.Contain("2 tools: 2 errors").And.NotContain("\u001b");
    }

    [Fact]
    public async Task Check_Json_IsForMachines()
    {
        _run.Piped = Bad;

        (await _run.RunAsync("tools", "check", "-", "--json")).Should().Be(ExitCode.Failed);

        JsonElement json = JsonElement.Parse(_run.Output);
        json.GetProperty("summary").GetProperty("errors").GetInt32().Should().Be(2);
        JsonElement finding = json.GetProperty("tools")[0].GetProperty("findings")[0];
        finding.EnumerateObject().Select(member => member.Name).Should().Equal("code", "level", "pointer", "message", "cure");
        (finding.GetProperty("code").GetString(), finding.GetProperty("level").GetString(), finding.GetProperty("pointer").GetString())
            .Should().Be(("invalid-schema", "error", "/properties/p/type"));
        json.GetProperty("tools")[1].GetProperty("signature").GetProperty("estimated_tokens").GetInt32().Should().BePositive();
    }

    [Fact]
    public async Task Check_ManyOfACode_ShowsAFewUnlessAllAreWanted()
    {
        _run.Write("tools.jsonl", string.Concat(Enumerable.Range(0, 60).Select(i => $$"""{"name":"t{{i}}","inputSchema":{"type":"object"} }{{'\n'}}""")));

        (await _run.RunAsync("tools", "check", "tools.jsonl")).Should().Be(ExitCode.Ok);
        _run.Output.Should().Contain("no-description (60)").And.Contain("… and 56 more").And.NotContain("t59");

        await _run.RunAsync("tools", "check", "tools.jsonl", "--all");
        _run.Output.Should().Contain("t59 (line 60)");
    }

    [Theory]
    [InlineData("none.json", "neither a file nor a configured server")]
    [InlineData("bad.json", "No tools can be read from 'bad.json'")]
    public async Task Check_Unreadable_ExitsWithTwo(string target, string message)
    {
        _run.Write("bad.json", "{\"a\":");

        (await _run.RunAsync("tools", "check", target)).Should().Be(ExitCode.Usage);

        _run.Error.Should().Contain(message);
        _run.Output.Should().BeEmpty();
    }

    [Fact]
    public async Task Check_Server_LooksAtItsTools()
    {
        (await _run.RunAsync("tools", "check", "calculator")).Should().Be(ExitCode.Ok, _run.Error);

        _run.Output.Should().Contain("add").And.Contain("undescribed-parameter (8)");
    }

    public void Dispose() => _run.Dispose();
}
