using System.Reflection;
using Bridge.Configuration;
using Bridge.Profiles;
using Bridge.TestKit;

namespace Bridge.Tests.Profiles;

public sealed class ModelsFileTests
{
    private const string Everything = """
        {
          // a comment
          "providers": {
            "vllm": { "url": "http://127.0.0.1:8000/v1", "apiKey": "${env:KEY}", "headers": { "X-Team": "tools" } },
            "gpu-box": { "url": "https://gpu.example", "type": "ollama" },
            "ollama": { "url": "http://other:11434" },
          },
          "profiles": [{
            "match": "cogito:3b", "attempts": 6, "retryNoCall": false, "temperatures": [0, 0.5],
            "attemptTimeout": "30s", "totalTimeout": "00:01:30", "circuitFailures": 0, "circuitBreak": "1.5m",
            "threshold": 0.4, "sideEffectThreshold": 0.8, "contextTokens": 8192, "outputTokens": 256, "maxTools": 12, "toolFormat": "jsonSchema",
            "toolRole": false, "think": false, "keepAlive": "10m", "repair": false,
            "sizeBytes": "2.2GB", "memoryBytes": 3400000000, "rank": 1,
          }],
        }
        """;

    [Fact]
    public void Parse_EveryKey_IsRead()
    {
        ModelsFileResult result = ModelsFile.Parse("models.json", Everything, name => name == "KEY" ? "secret" : null);

        result.Problems.Should().BeEmpty();
        ModelsConfig config = result.Config!;
        config.Providers["vllm"].Should().BeEquivalentTo(new { Url = new Uri("http://127.0.0.1:8000/v1"), ApiKey = "secret", Kind = ProviderKind.OpenAi });
        config.Providers["vllm"].Headers.Should().Contain("X-Team", "tools");
        config.Providers["vllm"].ToString().Should().NotContain("secret");
        config.Providers["gpu-box"].Kind.Should().Be(ProviderKind.Ollama);
        config.Providers["ollama"].Kind.Should().Be(ProviderKind.Ollama);
        config.Profiles.Find("cogito:3b").Should().BeEquivalentTo(new ModelProfile
        {
            Match = "cogito:3b", Attempts = 6, RetryNoCall = false, Temperatures = [0, 0.5],
            AttemptTimeout = TimeSpan.FromSeconds(30), TotalTimeout = TimeSpan.FromSeconds(90), CircuitFailures = 0,
            CircuitBreak = TimeSpan.FromSeconds(90), Threshold = 0.4, SideEffectThreshold = 0.8, ContextTokens = 8192, OutputTokens = 256, MaxTools = 12,
            ToolFormat = ToolFormat.JsonSchema, ToolRole = false, Think = false, KeepAlive = "10m", Repair = false,
            SizeBytes = 2_200_000_000, MemoryBytes = 3_400_000_000, Rank = 1,
        });
    }

    [Fact]
    public void Keys_EveryPropertyOfAProfile_HasOne() =>
        ProfileReader.Keys.Should().BeEquivalentTo(
            typeof(ModelProfile).GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Select(property => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(property.Name)));

    [Fact]
    public void Parse_Yaml_IsReadAlike()
    {
        ModelsFileResult result = ModelsFile.Parse("models.yaml", "profiles:\n  - match: cogito:3b\n    attemptTimeout: 45s\n    temperatures: [0.1]\n");

        result.Problems.Should().BeEmpty();
        result.Config!.Profiles.Find("cogito:3b").AttemptTimeout.Should().Be(TimeSpan.FromSeconds(45));
        result.Config.Profiles.Find("cogito:3b").Attempts.Should().Be(5, "what the file does not say is as shipped");
    }

    [Theory]
    [InlineData("""{"profile": []}""", "unknown-key", "Did you mean 'profiles'?")]
    [InlineData("""{"zzz": []}""", "unknown-key", "allowed are 'providers', 'profiles'")]
    [InlineData("""{"profiles": {}}""", "invalid-value", "Write a list")]
    [InlineData("""{"profiles": [5]}""", "invalid-value", "Write { … }")]
    [InlineData("""{"profiles": [null]}""", "invalid-value", "Write { … }")]
    [InlineData("""{"profiles": [{"match": "x", "attempt": 1}]}""", "unknown-key", "Did you mean 'attempts'?")]
    [InlineData("""{"profiles": [{"attempts": 1}]}""", "missing-key", "Write a name or a glob")]
    [InlineData("""{"profiles": [{"match": 1}]}""", "invalid-value", "Write a text")]
    [InlineData("""{"profiles": [{"match": "x", "attempts": 0}]}""", "invalid-value", "from 1 to 1000")]
    [InlineData("""{"profiles": [{"match": "x", "attempts": 1.5}]}""", "invalid-value", "whole number")]
    [InlineData("""{"profiles": [{"match": "x", "attempts": "five"}]}""", "invalid-value", "whole number")]
    [InlineData("""{"profiles": [{"match": "x", "think": "no"}]}""", "invalid-value", "true or false")]
    [InlineData("""{"profiles": [{"match": "x", "threshold": 2}]}""", "invalid-value", "from 0 to 1")]
    [InlineData("""{"profiles": [{"match": "x", "temperatures": []}]}""", "invalid-value", "at least one")]
    [InlineData("""{"profiles": [{"match": "x", "temperatures": ["hot"]}]}""", "invalid-value", "from 0 to 2")]
    [InlineData("""{"profiles": [{"match": "x", "toolFormat": "Native"}]}""", "invalid-value", "'native', 'jsonSchema', 'text'")]
    [InlineData("""{"profiles": [{"match": "x", "attemptTimeout": 30}]}""", "invalid-value", "with its unit")]
    [InlineData("""{"profiles": [{"match": "x", "attemptTimeout": "30"}]}""", "invalid-value", "with its unit")]
    [InlineData("""{"profiles": [{"match": "x", "attemptTimeout": "0s"}]}""", "invalid-value", "with its unit")]
    [InlineData("""{"profiles": [{"match": "x", "attemptTimeout": "99h"}]}""", "invalid-value", "at most a day")]
    [InlineData("""{"profiles": [{"match": "x", "sizeBytes": "big"}]}""", "invalid-value", "number of bytes")]
    [InlineData("""{"profiles": [{"match": "x", "contextTokens": 512, "outputTokens": 512}]}""", "invalid-value", "Raise 'contextTokens'")]
    [InlineData("""{"providers": []}""", "invalid-value", "Write { … }")]
    [InlineData("""{"providers": {"v": null}}""", "invalid-value", "Write { … }")]
    [InlineData("""{"providers": {"v": {}}}""", "missing-key", "\"url\"")]
    [InlineData("""{"providers": {"V": {"url": "http://x"}}}""", "invalid-name", "a-z")]
    [InlineData("""{"providers": {"embedded": {"url": "http://x"}}}""", "invalid-name", "'template'")]
    [InlineData("""{"providers": {"v": {"url": "localhost:8000"}}}""", "invalid-value", "http://")]
    [InlineData("""{"providers": {"v": {"url": "http://u:p@x"}}}""", "invalid-value", "without a password")]
    [InlineData("""{"providers": {"v": {"url": "http://x", "type": "grpc"}}}""", "invalid-value", "'openai' or 'ollama'")]
    [InlineData("""{"providers": {"v": {"url": "http://x", "apikey": "k"}}}""", "unknown-key", "'apiKey'")]
    [InlineData("""{"providers": {"v": {"url": "http://x", "headers": []}}}""", "invalid-value", "names and texts")]
    [InlineData("""{"providers": {"v": {"url": "http://x", "headers": {"a b": "c"}}}}""", "invalid-value", "letters, digits")]
    [InlineData("""{"providers": {"v": {"url": "http://x", "headers": {"a": "c\n"}}}}""", "invalid-value", "no line breaks")]
    [InlineData("""{"providers": {"v": {"url": "http://x", "apiKey": "${env:NOT_THERE}"}}}""", "unset-variable", "NOT_THERE")]
    [InlineData("{", "invalid-json", "Correct the text")]
    public void Parse_Mistake_IsNamedWithItsCure(string text, string code, string cure)
    {
        ModelsFileResult result = ModelsFile.Parse("models.json", text, _ => null);

        result.Config.Should().BeNull();
        ConfigProblem problem = result.Problems.Should().ContainSingle().Subject;
        problem.Code.Should().Be(code);
        problem.Cure.Should().Contain(cure);
        problem.Location.Should().StartWith("models.json");
    }

    [Fact]
    public void Parse_SeveralMistakes_AreAllNamedAtOnce() =>
        ModelsFile.Parse("models.json", """{"x": 1, "profiles": [{"match": "a", "attempts": 0, "rank": "first"}]}""")
            .Problems.Select(problem => problem.Location).Should().HaveCount(3)
            .And.Contain(location => location.Contains("profiles[0].rank"));

    [Fact]
    public void Read_File_KeepsItsText()
    {
        using var folder = new TemporaryFolder();
        ModelsFileResult result = ModelsFile.Read(folder.Write("models.json", "{}"));

        result.Config!.Providers.Should().BeEmpty();
        result.Text.Should().Be("{}");
    }

    [Fact]
    public void Read_NoFile_SaysSo() =>
        ModelsFile.Read("/nowhere/models.json").Problems.Should().ContainSingle(problem => problem.Code == "file-not-found");
}
