using System.Text.Json.Nodes;
using Bridge.Configuration;
using Bridge.Profiles;
using Bridge.TestKit;

namespace Bridge.Tests.Profiles;

public sealed class ModelsFileEditorTests : IDisposable
{
    private static readonly Dictionary<string, JsonNode> s_values = new() { ["threshold"] = 0.4, ["sideEffectThreshold"] = 0.9 };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Set_NoFile_MakesOne()
    {
        string path = Path.Combine(_folder.Path, "deeper", "models.json");

        ModelsFileEditor.Set(path, ModelName.Parse("embedded"), s_values);

        ModelsConfig config = ModelsFile.Read(path).Config!;
        var state = new ModelsState();
        state.Replace(config);
        state.Find(ModelName.Parse("embedded")).Should().BeEquivalentTo(new { Threshold = 0.4, SideEffectThreshold = 0.9, Attempts = 3 });
        state.Find(ModelName.Parse("ollama/other")).Threshold.Should().BeNull();
    }

    [Fact]
    public void Set_BroaderProfileFits_IsCopiedAndEverythingElseStays()
    {
        string path = _folder.Write("models.json", """
            {
              // the fast box
              "providers": { "vllm": { "url": "http://127.0.0.1:8000/v1", "apiKey": "${env:KEY:-none}" } },
              "profiles": [{ "match": "cogito:3b", "attempts": 2 }, { "match": "qwen3:*", "attempts": 8, "retryNoCall": true }, { "match": "*", "attempts": 4 }]
            }
            """);

        ModelsFileEditor.Set(path, ModelName.Parse("ollama/qwen3:0.6b"), s_values);
        ModelsFileEditor.Set(path, ModelName.Parse("ollama/QWEN3:0.6b"), new Dictionary<string, JsonNode> { ["attempts"] = 3 });

        ModelsConfig config = ModelsFile.Read(path).Config!;
        config.Profiles.Configured.Select(profile => (profile.Match, profile.Attempts, profile.Threshold))
            .Should().Equal(("cogito:3b", 2, null), ("qwen3:0.6b", 3, 0.4), ("qwen3:*", 8, null), ("*", 4, null));
        config.Profiles.Configured[1].RetryNoCall.Should().BeTrue();
        config.Providers.Should().ContainKey("vllm");
        File.ReadAllText(path).Should().Contain("${env:KEY:-none}", "a variable stays one");
    }

    [Theory]
    [InlineData("models.json", """{"profiles": 5}""")]
    [InlineData("models.json", "{")]
    [InlineData("models.yaml", "profiles: []")]
    public void Set_FileThatCannotBeChanged_LeavesIt(string name, string text)
    {
        string path = _folder.Write(name, text);

        FluentActions.Invoking(() => ModelsFileEditor.Set(path, ModelName.Parse("embedded"), s_values)).Should().Throw<BridgeConfigurationException>();

        File.ReadAllText(path).Should().Be(text);
    }

    [Fact]
    public void Set_ValueThatIsNotAllowed_LeavesTheFile()
    {
        string path = _folder.Write("models.json", "{}");

        FluentActions.Invoking(() => ModelsFileEditor.Set(path, ModelName.Parse("embedded"), new Dictionary<string, JsonNode> { ["threshold"] = 7 }))
            .Should().Throw<BridgeConfigurationException>();

        File.ReadAllText(path).Should().Be("{}");
    }
}
