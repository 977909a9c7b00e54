using Bridge.Configuration;
using Bridge.Host.Setup;
using Bridge.Host.Terminal;
using Bridge.Host.Tests.Terminal;
using Bridge.Llama.Runtimes;
using Bridge.TestKit.Gguf;

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

    [Fact]
    public async Task Init_ModelsOfTheStore_OffersTheMeasuredOneBeforeOllama()
    {
        RuntimeChoice choice = LlamaRuntime.Find(configured: null, _run.Data);
        Assert.SkipWhen(choice.Folder is null, string.Join(' ', choice.Passed));
        await using var ollama = await TinyServer.StartAsync("""{"models": [{"name": "qwen3:0.6b"}]}""");
        _run.Variables["OLLAMA_HOST"] = ollama.Url;
        foreach (string name in new[] { "another", "qwen2.5-0.5b-instruct-q4_0", "llama-3.2-3b-instruct" })
        {
            await _run.RunAsync("models", "add", TinyModel.Write(Path.Combine(_run.Current, $"{name}.gguf")));
        }

        (await _run.RunAsync("init", "--yes")).Should().Be(ExitCode.Ok);
        File.ReadAllText(Path.Combine(_run.User, "appsettings.json")).Should().Contain("[\"llama/qwen2.5-0.5b-instruct-q4_0\", \"embedded\"]");
        _run.Error.Should().Contain("'qwen2.5-0.5b-instruct-q4_0'").And.Contain("fits its memory").And.NotContain("Ollama");

        _run.Typed = "n\ny\n";
        await _run.RunAsync("init", "--force");
        File.ReadAllText(Path.Combine(_run.User, "appsettings.json")).Should().Contain("\"ollama/qwen3:0.6b\", \"embedded\"");
    }

    [Fact]
    public async Task Init_ModelWhoseFileIsGone_IsNotOffered()
    {
        string path = TinyModel.Write(Path.Combine(_run.Current, "gone.gguf"));
        await _run.RunAsync("models", "add", path);
        File.Delete(path);

        (await _run.RunAsync("init", "--yes")).Should().Be(ExitCode.Ok);

        File.ReadAllText(Path.Combine(_run.User, "appsettings.json")).Should().Contain("[\"embedded\"]");
    }

    [Theory]
    [InlineData("Qwen2.5-0.5B-Instruct-Q4_K_M", 2)]
    [InlineData("qwen3-0.6b-q8_0", 3)]
    [InlineData("Llama-3.2-3B-Instruct", 6)]
    [InlineData("llama-3-8b", null)]
    [InlineData("qwen2.5-7b-instruct", null)]
    public void RankOf_FileName_IsThatOfTheMeasuredModel(string name, int? rank) => MeasuredCallers.RankOf(name).Should().Be(rank);

    public void Dispose() => _run.Dispose();
}
