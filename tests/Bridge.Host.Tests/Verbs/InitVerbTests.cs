using Bridge.Configuration;
using Bridge.Host.Terminal;
using Bridge.Host.Tests.Terminal;

namespace Bridge.Host.Tests.Verbs;

public sealed class InitVerbTests : IDisposable
{
    private readonly CommandRun _run = new();

    [Fact]
    public async Task Init_EmptyMachine_WritesThreeFilesThatLoad()
    {
        (await _run.RunAsync("init", "--yes")).Should().Be(ExitCode.Ok);

        _run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(3);
        foreach (string name in new[] { "mcp.json", "models.json", "appsettings.json" })
        {
            ConfigFile.Read(Path.Combine(_run.User, name)).Problems.Should().BeEmpty();
        }

        _run.Error.Should().Contain("No Ollama answers");
    }

    [Fact]
    public async Task Init_FilesThere_StayUnlessForcedOrAccepted()
    {
        string file = _run.Write("mine/mcp.json", "{\"mcpServers\": {}}");

        (await _run.RunAsync("init", "--config", "mine", "--yes")).Should().Be(ExitCode.Ok);
        File.ReadAllText(file).Should().Be("{\"mcpServers\": {}}");
        _run.Error.Should().Contain("--force");

        _run.Typed = "n\nn\nn\n";
        await _run.RunAsync("init", "--config", "mine");
        File.ReadAllText(file).Should().Be("{\"mcpServers\": {}}");

        _run.Typed = null;
        (await _run.RunAsync("init", "--config", "mine", "--force")).Should().Be(ExitCode.Ok);
        File.ReadAllText(file).Should().Contain("calculator");
    }

    [Fact]
    public async Task Init_Here_IsTrustedAtOnce()
    {
        (await _run.RunAsync("init", "--here", "--yes")).Should().Be(ExitCode.Ok);

        _run.Read("config/mcp.json").Should().Contain("calculator");
        await _run.RunAsync("trust");
        _run.Output.Should().Contain("trusted");
    }

    [Theory]
    [InlineData("""{"models": [{"name": "cogito:3b"}, {"name": "qwen3:0.6b"}]}""", "\"ollama/qwen3:0.6b\", \"embedded\"", "Next:")]
    [InlineData("""{"models": [{"name": "other:7b"}]}""", "[\"embedded\"]", "none of the models")]
    [InlineData("no json", "[\"embedded\"]", "No Ollama answers")]
    public async Task Init_Ollama_OffersTheBestMeasuredModel(string tags, string settings, string notice)
    {
        await using var ollama = await TinyServer.StartAsync(tags);
        _run.Variables["OLLAMA_HOST"] = ollama.Url;

        (await _run.RunAsync("init", "--yes")).Should().Be(ExitCode.Ok);

        File.ReadAllText(Path.Combine(_run.User, "appsettings.json")).Should().Contain(settings);
        _run.Error.Should().Contain(notice);
    }

    public void Dispose() => _run.Dispose();
}
