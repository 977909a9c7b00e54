using Bridge.Host.Setup;

namespace Bridge.Host.Tests.Setup;

public sealed class OllamaFinderTests
{
    [Theory]
    [InlineData(null, "http://127.0.0.1:11434/")]
    [InlineData("0.0.0.0", "http://127.0.0.1:11434/")]
    [InlineData("box:8080", "http://box:8080/")]
    [InlineData("http://box:8080", "http://box:8080/")]
    [InlineData("https://box", "https://box/")]
    [InlineData("::::", "http://127.0.0.1:11434/")]
    public void AddressOf_Configured_IsAnAddress(string? configured, string expected) =>
        OllamaFinder.AddressOf(configured).Should().Be(new Uri(expected));
}
