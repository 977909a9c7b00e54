using System.Text;
using System.Text.Json;
using Bridge.Llama.Decoding;
using Bridge.Schemas.Automata;

namespace Bridge.Llama.Tests.Decoding;

public class PromptDraftsTests
{
    private const string Body = """{"name": "weather", "arguments": {"city": "Paris", "days": 3}}""";

    [Theory]
    [InlineData("", Body)]
    [InlineData("""{"name": "weather", "arguments": {"city": "Pa""", """ris", "days": 3}}""")]
    [InlineData("""{"name": "forecast", "arguments": {"city": "Pa""", """ris", "days": 3}}""")]
    [InlineData("""{"name": "forecast", "arguments": {"place": "x", "days": """, "3}}")]
    [InlineData("""{"name": "forecast", "arguments": {"note": "the rainy day""", "s of spring")]
    [InlineData("""{"name": "forecast", "arguments": {"note": "zz""", "")]
    [InlineData("""{"name": "forecast", "arguments": {"note": "the rainy days", """, "")]
    public void Continue_Written_IsWhatTheTextsHoldNext(string written, string expected)
    {
        var drafts = new PromptDrafts([Body], "Tell me of the rainy days of spring, in Paris.");
        Encoding.UTF8.GetString(drafts.Continue(Encoding.UTF8.GetBytes(written))).Should().Be(expected);
    }

    [Fact]
    public void Write_Arguments_AreInTheOrderOfTheSchema() =>
        DraftJson.Write(
            JsonElement.Parse("""{"z":[1,{"k":"v"}],"b":"ü\u0022","a":true}"""), JsonElement.Parse("""{"properties":{"a":{},"b":{}}}"""), JsonStyle.Spaced)
            .Should().Be("""{"a": true, "b": "ü\"", "z": [1, {"k": "v"}]}""");
}
