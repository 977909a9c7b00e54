using Bridge.Configuration;

namespace Bridge.Tests.Configuration;

public sealed class NearMissTests
{
    [Theory]
    [InlineData("comand", "command")]
    [InlineData("ARGS", "args")]
    [InlineData("enviroment", null)]
    [InlineData("x", null)]
    public void Of_Word_GivesTheClosestKnown(string word, string? expected) =>
        NearMiss.Of(word, ["command", "args", "env"]).Should().Be(expected);
}
