using Bridge.Schemas.Signatures;
using static Bridge.Schemas.Tests.Schemas;

namespace Bridge.Schemas.Tests.Signatures;

public class ToolSignatureTests
{
    [Fact]
    public void Write_PoorTool_IsOneLine() => ToolSignature
        .Write("add", "A tool to add\n two numbers", Compile("""{"type":"object","properties":{"a":{"type":"number"},"b":{"type":"number"}},"required":["a","b"]}"""))
        .Should().Be("add(a:number, b:number) - A tool to add two numbers");

    [Fact]
    public void Write_NoParameters_IsEmptyParentheses() => ToolSignature.Write("now", null, Compile("{}")).Should().Be("now()");

    [Fact]
    public void Write_Descriptions_StandBesideTheirParameters() => ToolSignature
        .Write("f", "Does it", Compile("""
            {"properties":{"a":{"description":"Where from"},"o":{"properties":{"x":{"description":"How far"}}},
             "l":{"description":"All of them","items":{"properties":{"y":{"description":"How high"}},"description":"One of them"}},
             "s":{"type":"array","items":{"type":"string","description":"A word"}}}}
            """))
        .Should().Be("""
            f - Does it
             a?:any - Where from
             o?:object
              x?:any - How far
             l?:object[] - All of them; each: One of them
              y?:any - How high
             s?:string[] - each: A word
            """.ReplaceLineEndings("\n"));

    [Fact]
    public void Write_WithoutDescriptions_IsOneLine() => ToolSignature
        .Write("f", "Does it", Compile("""{"properties":{"a":{"description":"Where from"}}}"""), describe: false)
        .Should().Be("f(a?:any) - Does it");

    [Theory]
    [InlineData("""{"enum":["c","f",null],"default":"c"}""", "p?:\"c\"|\"f\"|null=\"c\"")]
    [InlineData("""{"type":"integer","minimum":1,"maximum":7}""", "p?:integer(1..7)")]
    [InlineData("""{"type":"number","exclusiveMinimum":0,"multipleOf":0.5}""", "p?:number(>0, multiple of 0.5)")]
    [InlineData("""{"type":"number","maximum":5}""", "p?:number(<=5)")]
    [InlineData("""{"type":"number","multipleOf":5}""", "p?:number(multiple of 5)")]
    [InlineData("""{"type":"string","format":"date","maxLength":10,"pattern":"^2"}""", "p?:string(date, ..10 chars, /^2/)")]
    [InlineData("""{"type":"string","minLength":2,"maxLength":2}""", "p?:string(2 chars)")]
    [InlineData("""{"pattern":"^2"}""", "p?:any(/^2/)")]
    [InlineData("""{"type":"array","items":{"type":["string","number"]},"minItems":1,"uniqueItems":true}""", "p?:(string|number)[1.. unique]")]
    [InlineData("""{"type":"array"}""", "p?:any[]")]
    [InlineData("""{"type":["array","null"],"items":{"type":"string"}}""", "p?:string[]|null")]
    [InlineData("""{"type":["string","boolean","object","null"]}""", "p?:string|boolean|object|null")]
    [InlineData("""{"type":"null"}""", "p?:null")]
    [InlineData("""{"const":"x"}""", "p?:\"x\"")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]}""", "p?:{a:integer}")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"integer"}}""", "p?:{*:integer}")]
    [InlineData("""{"type":"object","additionalProperties":true}""", "p?:object")]
    [InlineData("""{"type":"object","patternProperties":{"^x-":{"type":"string"}}}""", "p?:{/^x-/:string}")]
    [InlineData("""{"type":"array","prefixItems":[{"type":"number"},{"type":"string"}],"items":false}""", "p?:[number, string]")]
    [InlineData("""{"type":"array","prefixItems":[{"type":"number"}],"items":{"type":"string"}}""", "p?:[number, ...string]")]
    [InlineData("""{"anyOf":[{"type":"string","format":"date"},{"type":"integer","minimum":0},{"type":"null"}]}""", "p?:string(date)|integer(>=0)|null")]
    [InlineData("""{"type":"string","anyOf":[{"pattern":"a"},{"maxLength":3}]}""", "p?:string & (any(/a/)|any(..3 chars))")]
    [InlineData("""{"oneOf":[{"properties":{"k":{"const":"c"},"r":{"type":"number"}},"required":["k","r"]},{"properties":{"k":{"const":"s"}},"required":["k"]}]}""", """p?:{k:"c", r:number}|{k:"s"}""")]
    [InlineData("""{"oneOf":[{"const":"a","description":"The first"},{"const":"b"}]}""", "p?:\"a\" /*The first*/|\"b\"")]
    [InlineData("""{"type":"object","properties":{"a":{},"b":{}},"anyOf":[{"required":["a"]},{"required":["b"]}]}""", "p?:{a?:any, b?:any} & ({a:any}|{b:any})")]
    [InlineData("""{"type":"string","not":{"const":"x"}}""", """p?:string & {"not":{"const":"x"}}""")]
    [InlineData("""{"type":"object","properties":{"n":{"$ref":"#/properties/p"}}}""", "p?:{n?:like p}")]
    [InlineData("""{"type":"array","items":{"$ref":"#"}}""", "p?:(like the arguments)[]")]
    public void Write_Parameter_KeepsWhatAModelNeeds(string schema, string expected)
    {
        string text = ToolSignature.Write("f", "", Compile($$"""{"properties":{"p":{{schema}} } }"""));

        text.Should().Be(expected.Contains("/*", StringComparison.Ordinal) ? $"f\n {expected}" : $"f({expected})");
    }

    [Theory]
    [InlineData("max_results", """{"type":"integer","description":"Max results"}""")]
    [InlineData("userId", """{"type":"string","title":"User Id"}""")]
    [InlineData("city", """{"type":"string","description":"The city (optional)"}""")]
    [InlineData("day", """{"type":"string","format":"date","description":"day (date)"}""")]
    [InlineData("unit", """{"enum":["c","f"],"description":"The unit, one of c or f."}""")]
    [InlineData("limit", """{"type":"integer","default":5,"description":"limit, default: 5"}""")]
    public void Write_DescriptionThatRepeats_IsLeftOut(string name, string schema) =>
        ToolSignature.Write("f", "", Compile($$"""{"properties":{"{{name}}":{{schema}} } }""")).Should().StartWith($"f({name}?:");

    [Theory]
    [InlineData("""{"default":5,"description":"How many (default: 5)"}""", "How many")]
    [InlineData("""{"default":"a","description":"How. Defaults to 'a'."}""", "How.")]
    [InlineData("""{"default":5,"description":"How many (default: 6)"}""", "How many (default: 6)")]
    [InlineData("""{"description":"How many (default: 5)"}""", "How many (default: 5)")]
    [InlineData("""{"default":5,"description":"How many, by default 5"}""", "How many, by default 5")]
    [InlineData("""{"default":5,"description":"How many (optional, default 5)"}""", "How many")]
    [InlineData("""{"description":"(Optional) How many"}""", "How many")]
    [InlineData("""{"description":"Optional fields to read"}""", "Optional fields to read")]
    [InlineData("""{"description":"How many (required)"}""", "How many (required)")]
    [InlineData("""{"description":"Not a p"}""", "Not a p")]
    public void Write_DescriptionThatRepeatsInPart_KeepsTheRest(string schema, string expected) =>
        ToolSignature.Write("f", "", Compile($$"""{"properties":{"p":{{schema}} } }""")).Should().EndWith($" - {expected}");

    [Fact]
    public void Write_ChoiceAtTheRoot_IsTold() => ToolSignature
        .Write("f", "Does it", Compile("""{"type":"object","properties":{"a":{},"b":{}},"oneOf":[{"required":["a"]},{"required":["b"]}]}"""))
        .Should().Be("f(a?:any, b?:any) & ({a:any}|{b:any}) - Does it");
}
