using Bridge.Schemas.Signatures;
using static Bridge.Schemas.Tests.Schemas;

namespace Bridge.Schemas.Tests.Signatures;

public class ToolSignatureTests
{
    [Fact]
    public void Write_PoorTool_IsOneLine() => ToolSignature
        .Write("add", "A tool to add\n two numbers", Compile("""{"type":"object","properties":{"a":{"type":"number"},"b":{"type":"number"}},"required":["a","b"]}"""))
        .Should().Be("add(a: number, b: number) - A tool to add two numbers");

    [Fact]
    public void Write_NoParameters_IsEmptyParentheses() => ToolSignature.Write("now", null, Compile("{}")).Should().Be("now()");

    [Fact]
    public void Write_Descriptions_StandOnTheirOwnLines() => ToolSignature
        .Write("f", "", Compile("""{"properties":{"a":{"description":"The a"},"o":{"properties":{"x":{"description":"The x"}}},"l":{"items":{"properties":{"y":{"description":"The y"}}}}}}"""))
        .Should().Be("f(a?: any, o?: {x?: any}, l?: {y?: any}[])\n  a: The a\n  o.x: The x\n  l[].y: The y");

    [Theory]
    [InlineData("""{"enum":["c","f",null],"default":"c"}""", "p?: \"c\"|\"f\"|null = \"c\"")]
    [InlineData("""{"type":"integer","minimum":1,"maximum":7}""", "p?: integer(1..7)")]
    [InlineData("""{"type":"number","exclusiveMinimum":0,"multipleOf":0.5}""", "p?: number(>0, multiple of 0.5)")]
    [InlineData("""{"type":"number","maximum":5}""", "p?: number(<=5)")]
    [InlineData("""{"type":"number","multipleOf":5}""", "p?: number(multiple of 5)")]
    [InlineData("""{"type":"string","format":"date","maxLength":10,"pattern":"^2"}""", "p?: string(date, 0..10 chars, /^2/)")]
    [InlineData("""{"type":"array","items":{"type":["string","number"]},"minItems":1}""", "p?: (string|number)[1..]")]
    [InlineData("""{"type":"array"}""", "p?: any[]")]
    [InlineData("""{"type":["string","boolean","object","null"]}""", "p?: string|boolean|object|null")]
    [InlineData("""{"type":"null"}""", "p?: null")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]}""", "p?: {a: integer}")]
    public void Write_Parameter_KeepsWhatAModelNeeds(string schema, string expected) =>
        ToolSignature.Write("f", "", Compile($$"""{"properties":{"p":{{schema}} } }""")).Should().Be($"f({expected})");
}
