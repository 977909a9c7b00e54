using Bridge.Profiles;

namespace Bridge.Tests.Profiles;

public sealed class ProfileTableTests
{
    [Theory]
    [InlineData("cogito:3b", 5, 4)]
    [InlineData("hermes3:3b", 50, 5)]
    [InlineData("qwen2.5:0.5b", 15, 2)]
    [InlineData("llama3.2:3b", 10, 6)]
    [InlineData("qwen3:0.6b", 8, 3)]
    [InlineData("llama3-groq-tool-use", 5, 1)]
    [InlineData("llama3-groq-tool-use:latest", 5, 1)]
    [InlineData("Qwen3:0.6B-q4_K_M", 8, 3)]
    public void Find_MeasuredModel_HasItsMeasuredAttempts(string model, int attempts, int rank)
    {
        ModelProfile profile = ProfileTable.BuiltIn.Find(model);

        profile.Attempts.Should().Be(attempts);
        profile.Rank.Should().Be(rank);
        profile.RetryNoCall.Should().BeTrue();
        profile.SizeBytes.Should().BePositive();
        profile.MemoryBytes.Should().BeGreaterThan(profile.SizeBytes!.Value);
    }

    [Fact]
    public void Find_UnknownModel_IsTheDefault() => ProfileTable.BuiltIn.Find("gpt-9").Should().BeSameAs(ModelProfile.Default);

    [Fact]
    public void Find_ConfiguredProfile_ComesBeforeTheBuiltInOnesAndTheFirstWins()
    {
        var table = new ProfileTable([new() { Match = "cogito:*", Attempts = 2 }, new() { Match = "cogito:3b", Attempts = 1 }]);

        table.Find("cogito:3b").Attempts.Should().Be(2);
        table.Find("qwen3:0.6b").Attempts.Should().Be(8);
        table.Configured.Should().HaveCount(2);
        table.Profiles.Should().HaveCount(2 + BuiltInProfiles.All.Length);
    }

    [Theory]
    [InlineData("*", "", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("a", "", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("*b*d", "abcbd", true)]
    [InlineData("*b*d", "abcbe", false)]
    [InlineData("a**", "a", true)]
    [InlineData("qwen/*", "Qwen/Qwen3-0.6B", true)]
    public void Matches_Glob_FitsAsExpected(string pattern, string name, bool expected) =>
        NameGlob.Matches(pattern, name).Should().Be(expected);

    [Fact]
    public void Matches_ManyStars_EndsSoon() =>
        NameGlob.Matches(string.Concat(Enumerable.Repeat("*a", 100)) + "b", new string('a', 2000)).Should().BeFalse();

    [Fact]
    public void Replace_NewConfig_IsInForceAndTold()
    {
        var state = new ModelsState();
        int told = 0;
        state.Changed += () => told++;
        state.Find(ModelName.Parse("mine/x")).Attempts.Should().Be(3);

        state.Replace(ModelsConfig.Default with { Profiles = new ProfileTable([new() { Match = "x", Attempts = 9 }]) });

        state.Find(ModelName.Parse("mine/x")).Attempts.Should().Be(9);
        told.Should().Be(1);
        state.Version.Should().Be(1);
    }

    [Fact]
    public void Find_OverrideFromCode_IsOverWhatFilesSay()
    {
        var name = ModelName.Parse("ollama/cogito:3b");
        var state = new ModelsState(new ModelProfileOverride(name, profile => profile with { Attempts = profile.Attempts + 1 }));

        state.Find(name).Attempts.Should().Be(6);
        state.Find(ModelName.Parse("vllm/cogito:3b")).Attempts.Should().Be(5);
    }
}
