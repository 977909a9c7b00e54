using Bridge.Configuration;
using Bridge.Embedded;
using Bridge.Profiles;
using Bridge.TestKit;

namespace Bridge.Tests.Embedded;

public sealed class EmbeddedProviderTests
{
    private readonly EmbeddedProvider _provider = new(TimeProvider.System, new ChangingOptions<BridgeOptions>(new BridgeOptions()));

    [Fact]
    public void Serves_OnlyItsName()
    {
        _provider.Serves("embedded").Should().BeTrue();
        _provider.Serves("ollama").Should().BeFalse();
    }

    [Fact]
    public void Create_GivesACallerAndNoResponder()
    {
        _provider.CreateToolCaller(ModelName.Parse("embedded"), ModelProfile.Default).Should().BeOfType<EmbeddedToolCaller>();
        _provider.CreateToolCaller(ModelName.Parse("embedded/other"), ModelProfile.Default).Should().BeNull();
        _provider.CreateResponder(ModelName.Parse("embedded"), ModelProfile.Default).Should().BeNull();
    }

    [Fact]
    public async Task ProbeAsync_SaysThatItIsThere()
    {
        (await _provider.ProbeAsync(ModelName.Parse("embedded"), default)).Available.Should().BeTrue();
        (await _provider.ProbeAsync(ModelName.Parse("embedded/other"), default)).Available.Should().BeFalse();
    }
}
