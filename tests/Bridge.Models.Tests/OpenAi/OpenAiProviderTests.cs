using Bridge.Calling;
using Bridge.Models.OpenAi;
using Bridge.Profiles;
using Bridge.TestKit;
using Microsoft.Extensions.AI;

namespace Bridge.Models.Tests.OpenAi;

public sealed class OpenAiProviderTests : IAsyncDisposable
{
    private readonly FakeOpenAi _server = new();
    private readonly ModelsState _models = new();
    private readonly Dictionary<string, string?> _environment = [];
    private readonly OpenAiProvider _provider;

    public OpenAiProviderTests() =>
        _provider = new OpenAiProvider(_models, TimeProvider.System, name => _environment.GetValueOrDefault(name));

    public async ValueTask DisposeAsync()
    {
        _provider.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public void Serves_OpenAiAndConfiguredNames_ButNotOllama()
    {
        _provider.Serves("openai").Should().BeTrue();
        _provider.Serves("vllm").Should().BeFalse();
        _models.Replace(ModelsFile.Parse("m.json", """{"providers":{"vllm":{"url":"http://x/v1"},"ollama":{"url":"http://x"}}}""").Config!);
        _provider.Serves("vllm").Should().BeTrue();
        _provider.Serves("ollama").Should().BeFalse();
    }

    [Fact]
    public async Task Propose_ThroughTheWholeWire_IsACall()
    {
        _environment["OPENAI_BASE_URL"] = _server.Url.ToString();
        _server.Calls(("add", """{"a": 2, "b": 3}"""));
        ModelName name = ModelName.Parse("openai/small");

        Proposal proposal = await _provider.CreateToolCaller(name, ModelProfile.Default)!.ProposeAsync(Asked.Request(), default);

        Asked.Show(proposal).Should().Be("""add{"a": 2, "b": 3}""");
        proposal.InputTokens.Should().Be(90);
        _server.Last.Body.GetProperty("tools")[0].GetProperty("function").GetProperty("name").GetString().Should().Be("add");
        _server.Last.Headers.Keys.Should().NotContain("Authorization");
    }

    [Fact]
    public async Task Ask_OpenAiWithoutKey_NamesTheVariable()
    {
        ModelName name = ModelName.Parse("openai/gpt-4.1-mini");
        Func<Task> act = () => _provider.CreateResponder(name, ModelProfile.Default)!.GetResponseAsync("x");

        (await act.Should().ThrowAsync<ToolCallerException>()).Which.Message.Should().Contain("OPENAI_API_KEY").And.Contain("https://api.openai.com/v1");
        (await _provider.ProbeAsync(name, default)).Should().BeEquivalentTo(new { Available = false });
    }

    [Fact]
    public async Task Ask_BaseUrlThatIsNone_NamesTheVariable()
    {
        _environment["OPENAI_BASE_URL"] = "localhost:8000";
        Func<Task> act = () => _provider.CreateResponder(ModelName.Parse("openai/x"), ModelProfile.Default)!.GetResponseAsync("x");
        (await act.Should().ThrowAsync<ToolCallerException>()).Which.Message.Should().Contain("OPENAI_BASE_URL").And.Contain("'localhost:8000'");
    }

    [Fact]
    public async Task CreateResponder_ModelWithoutToolRole_ReadsResultsAsText()
    {
        _environment["OPENAI_BASE_URL"] = _server.Url.ToString();
        _server.Says("5");
        IChatClient responder = _provider.CreateResponder(ModelName.Parse("openai/small"), new ModelProfile { ToolRole = false })!;

        await responder.GetResponseAsync([new ChatMessage(ChatRole.Tool, [new FunctionResultContent("1", "5")])]);

        _server.Last.Body.GetProperty("messages")[0].GetProperty("role").GetString().Should().Be("user");
    }

    [Theory]
    [InlineData("small", null, true, "is there")]
    [InlineData("large", null, false, "'small'")]
    [InlineData("small", "nothing", true, "does not list")]
    [InlineData("small", "[]", true, "does not list")]
    public async Task Probe_List_TellsWhetherTheModelIsThere(string model, string? body, bool available, string detail)
    {
        _environment["OPENAI_BASE_URL"] = _server.Url.ToString();
        _environment["OPENAI_API_KEY"] = "k";
        _server.Models = body is null ? _server.Models : new FakeAnswer { Body = body };

        ModelProbe probe = await _provider.ProbeAsync(new ModelName("openai", model), default);

        probe.Available.Should().Be(available);
        probe.Detail.Should().Contain(detail);
        probe.ContextTokens.Should().Be(available && body is null ? 4096 : null);
    }

    [Fact]
    public async Task Probe_Trouble_IsAFinding()
    {
        _environment["OPENAI_BASE_URL"] = _server.Url.ToString();
        _models.Replace(ModelsFile.Parse("m.json", """{"providers":{"mine":{"url":"URL","headers":{"X-A":"b"}}}}""".Replace("URL", _server.Url.ToString())).Config!);
        _server.Models = FakeAnswer.OpenAiError(401, "no");
        (await _provider.ProbeAsync(ModelName.Parse("mine/x"), default)).Detail.Should().Contain("refused the key");
        await _server.DisposeAsync();
        (await _provider.ProbeAsync(ModelName.Parse("openai/x"), default)).Detail.Should().Contain("refused");
    }
}
