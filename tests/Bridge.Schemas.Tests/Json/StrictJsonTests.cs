using System.Text;
using System.Text.Json;
using Bridge.Schemas.Json;

namespace Bridge.Schemas.Tests.Json;

public class StrictJsonTests
{
    [Theory]
    [InlineData("""{"a":1,"a":2}""", "*uplicate*'a'*")]
    [InlineData("""{"x":{"a":1,"\u0061":2}}""", "*uplicate*")]
    [InlineData("\uFEFF{}", "*byte order mark at byte 0*")]
    [InlineData("{}\0", "*raw NUL at byte 2*")]
    [InlineData("""["\ud800"]""", "*byte 1*half of a surrogate pair*")]
    [InlineData("""{"\udc00":1}""", "*half of a surrogate pair*")]
    [InlineData("[1,1e400]", "*'1e400' at byte 3 is too large*")]
    [InlineData("[-1e400]", "*too large*")]
    [InlineData("{} {}", "*not valid JSON at line 1, byte 3*")]
    [InlineData("{\n\"a\":}", "*line 2*")]
    [InlineData("", "*not valid JSON*")]
    [InlineData("// c\n1", "*not valid JSON*")]
    [InlineData("[1,]", "*not valid JSON*")]
    [InlineData("NaN", "*not valid JSON*")]
    public void Parse_AmbiguousOrBroken_IsRefused(string text, string message)
    {
        Action parse = () => StrictJson.Parse(Encoding.UTF8.GetBytes(text));

        parse.Should().Throw<StrictJsonException>().WithMessage(message);
    }

    [Fact]
    public void Parse_InvalidUtf8_SaysWhere()
    {
        Action parse = () => StrictJson.Parse(new byte[] { (byte)'"', 0xC3, 0xA4, 0xFF, (byte)'"' });

        parse.Should().Throw<StrictJsonException>().WithMessage("*byte 3*");
    }

    [Fact]
    public void Parse_Depth_IsBounded()
    {
        StrictJson.Parse(Encoding.UTF8.GetBytes(new string('[', 64) + new string(']', 64))).ValueKind.Should().Be(JsonValueKind.Array);
        Action parse = () => StrictJson.Parse(Encoding.UTF8.GetBytes(new string('[', 10_000) + new string(']', 10_000)));

        parse.Should().Throw<StrictJsonException>();
    }

    [Theory]
    [InlineData("\"\\u0000\"", "\0")]
    [InlineData("\"\\ud83d\\udc32\"", "🐲")]
    [InlineData("\"ä\"", "ä")]
    public void Parse_EscapesThatAreData_AreKept(string text, string value) =>
        StrictJson.Parse(Encoding.UTF8.GetBytes(text)).GetString().Should().Be(value);
}
