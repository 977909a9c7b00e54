using Bridge.Schemas.Automata;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Decoding;
using Bridge.Schemas.Exports;

namespace Bridge.Schemas.Tests.Exports;

public class GbnfTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("true")]
    [InlineData("""{"type":"null"}""")]
    [InlineData("""{"type":["boolean","null"]}""")]
    [InlineData("""{"type":"string"}""")]
    [InlineData("""{"type":"string","minLength":2,"maxLength":5}""")]
    [InlineData("""{"type":"string","maxLength":0}""")]
    [InlineData("""{"type":"string","minLength":40}""")]
    [InlineData("""{"type":"string","maxLength":1999}""")]
    [InlineData("""{"type":"string","pattern":"^[a-z][a-z0-9-]*$"}""")]
    [InlineData("""{"type":"string","pattern":"^[a-z]+$","minLength":3,"maxLength":7}""")]
    [InlineData("""{"type":"string","pattern":"^(ab|cd)*$","minLength":3,"maxLength":9}""")]
    [InlineData("""{"type":"string","pattern":"^(ab|cd)*$","minLength":5}""")]
    [InlineData("""{"type":"string","pattern":"x"}""")]
    [InlineData("""{"type":"string","pattern":"^[\"\\\\\\n\\t\\u0001\\u001f]{2,4}$"}""")]
    [InlineData("""{"type":"string","pattern":"^\"+$"}""")]
    [InlineData("""{"type":"string","pattern":"^\\n{3}$"}""")]
    [InlineData("""{"type":"string","pattern":"^[^a-z]{1,3}\\d{4}-\\d{4}$"}""")]
    [InlineData("""{"type":"string","pattern":"^[\\]\\^\\-\\[]+$"}""")]
    [InlineData("""{"type":"string","pattern":"^\\p{Lu}\\p{Ll}*$"}""")]
    [InlineData("""{"type":"string","format":"date"}""")]
    [InlineData("""{"type":"string","format":"date-time"}""")]
    [InlineData("""{"type":"string","format":"uuid"}""")]
    [InlineData("""{"type":"string","format":"email"}""")]
    [InlineData("""{"type":"string","format":"ipv6"}""")]
    [InlineData("""{"type":"string","format":"uri"}""")]
    [InlineData("""{"type":"integer"}""")]
    [InlineData("""{"type":"integer","minimum":-5,"maximum":1200}""")]
    [InlineData("""{"type":"integer","multipleOf":7,"exclusiveMinimum":0}""")]
    [InlineData("""{"type":"number"}""")]
    [InlineData("""{"type":"number","minimum":0,"exclusiveMaximum":1}""")]
    [InlineData("""{"type":"number","multipleOf":0.01,"minimum":-1.5}""")]
    [InlineData("""{"enum":["a","b","ab",1,null,{"x":[1,"\"]"]}]}""")]
    [InlineData("""{"const":"a \"quoted\" \\ text\n| root ::= x # é ☃ 😀"}""")]
    [InlineData("""{"type":"array"}""")]
    [InlineData("""{"type":"array","items":{"type":"integer"},"minItems":2,"maxItems":4}""")]
    [InlineData("""{"type":"array","items":{"type":"integer"},"minItems":1,"maxItems":1}""")]
    [InlineData("""{"type":"array","maxItems":0}""")]
    [InlineData("""{"type":"array","items":false}""")]
    [InlineData("""{"type":"array","items":{"type":"boolean"},"minItems":3}""")]
    [InlineData("""{"type":"array","prefixItems":[{"type":"integer"},{"type":"string"},{"type":"null"}],"items":false,"minItems":1}""")]
    [InlineData("""{"type":"array","prefixItems":[{"type":"integer"},{"type":"string"}],"items":{"type":"boolean"},"minItems":3,"maxItems":6}""")]
    [InlineData("""{"type":"array","prefixItems":[{"type":"integer"},{"type":"string"}],"items":{"type":"boolean"}}""")]
    [InlineData("""{"type":"array","prefixItems":[{"type":"integer"}],"maxItems":1}""")]
    [InlineData("""{"type":"object"}""")]
    [InlineData("""{"type":"object","additionalProperties":false}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer"}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer"},"c":{"type":"integer"}}}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer"},"c":{"type":"integer"}},"required":["b"]}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer"},"c":{"type":"integer"}},"required":["a","c"]}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer"},"b":false},"required":["a"]}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"null"}},"additionalProperties":{"type":"boolean"}}""")]
    [InlineData("""{"type":"object","properties":{"ab":{"type":"null"},"aB":{"type":"null"},"straße":{"type":"null"}},"required":["ab"],"additionalProperties":{"type":"boolean"}}""")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"integer"}}""")]
    [InlineData("""{"type":"object","propertyNames":{"enum":["x","y"]},"additionalProperties":{"type":"integer"}}""")]
    [InlineData("""{"anyOf":[{"type":"string","maxLength":3},{"type":"integer"},{"type":"object","properties":{"k":{"const":1}},"required":["k"]}]}""")]
    [InlineData("""{"allOf":[{"type":"object","properties":{"a":{"type":"integer"}}},{"properties":{"a":{"minimum":3},"b":{"const":2}},"required":["b"]}]}""")]
    [InlineData("""{"$ref":"#/$defs/node","$defs":{"node":{"type":"object","properties":{"value":{"type":"integer"},"next":{"$ref":"#/$defs/node"}},"required":["value"]}}}""")]
    [InlineData("""{"type":"array","items":{"$ref":"#"}}""")]
    [InlineData("""{"anyOf":[{"type":"integer"},{"type":"object","properties":{"x":{"$ref":"#"}},"required":["x"]}]}""")]
    public void Write_OfASchema_AllowsWhatIsDecoded(string schema)
    {
        CompiledSchema compiled = Schemas.Compile(schema);
        GbnfAgreement.Prove(new DecodingPart.Json(compiled), texts: 150, seed: 7, because: schema);
        GbnfAgreement.Prove(new DecodingPart.Json(compiled), texts: 50, seed: 8, new DecodingOptions { Style = JsonStyle.Spaced, MaxTextLength = 20 }, schema);
    }

    [Fact]
    public void Write_OfAnObject_ReadsWell() => Gbnf.Write(Schemas.Compile(
        """{"type":"object","properties":{"city":{"type":"string","maxLength":40},"unit":{"enum":["c","f"]},"days":{"type":"integer","minimum":1,"maximum":14}},"required":["city"]}"""))
        .Text.Should().Be("""
            root ::= value
            value ::= "{" "\"city\":" city ("," "\"unit\":" unit)? ("," "\"days\":" days)? "}"
            char ::= [ !#-\[\]-\uD7FF\uE000-\U0010FFFF] | "\\u000" [0-7bef] | "\\" ["\\bfnrt] | "\\u001" [0-9a-f]
            city ::= "\"" char{0,40} "\""
            unit ::= "\"c\"" | "\"f\""
            days-number ::= "1" [0-4]? | [2-9]
            days ::= days-number

            """);

    [Fact]
    public void Write_OfSeveralParts_AllowsWhatIsDecoded()
    {
        CompiledSchema schema = Schemas.Compile("""{"type":"object","properties":{"q":{"type":"string","maxLength":9}}}""");
        var part = new DecodingPart.Sequence(
        [
            new DecodingPart.Text("<tool_call>\n\"\\ ["),
            new DecodingPart.Choice(
            [
                new DecodingPart.Sequence([new DecodingPart.Text("find "), new DecodingPart.Json(schema)]),
                new DecodingPart.Sequence([new DecodingPart.Text("quote "), new DecodingPart.Json(schema), new DecodingPart.Choice([new DecodingPart.Text("!"), new DecodingPart.Text("")])]),
                new DecodingPart.Text("none"),
            ]),
            new DecodingPart.Text(""),
            new DecodingPart.Text("</tool_call>\u0001\u2028😀"),
        ]);
        GbnfAgreement.Prove(part, texts: 300, seed: 3).Losses.Should().BeEmpty();
    }

    [Theory]
    [InlineData("""{"type":"object","additionalProperties":{"type":"integer"}}""", "", "additionalProperties")]
    [InlineData("""{"properties":{"m":{"type":"object"}},"type":"object"}""", "/properties/m", "type")]
    [InlineData("""{"type":"string","maxLength":3000}""", "", "maxLength")]
    [InlineData("""{"type":"string","minLength":2500,"maxLength":2600}""", "", "minLength")]
    [InlineData("""{"type":"string","pattern":"^(ab|cd)*$","maxLength":5000}""", "", "maxLength")]
    [InlineData("""{"type":"string","pattern":"^(?=a)."}""", "", "pattern")]
    [InlineData("""{"type":"array","items":{"$ref":"#/$defs/list"},"$defs":{"list":{"type":"array","items":{"type":"null"},"maxItems":3000}}}""", "/$defs/list", "maxItems")]
    [InlineData("""{"type":"array","items":{"type":"null"},"uniqueItems":true}""", "", "uniqueItems")]
    [InlineData("""{"type":"integer","not":{"const":3}}""", "", "not")]
    public void Write_OfWhatAGrammarCannotSay_NamesIt(string schema, string pointer, string keyword) =>
        Gbnf.Write(Schemas.Compile(schema)).Losses.Should().Contain(loss => loss.Pointer == pointer && loss.Keyword == keyword);

    [Theory]
    [InlineData("""{"type":"string"}""", "maxLength")]
    [InlineData("""{"type":"array","items":{"$ref":"#"}}""", "$ref")]
    public void Write_OfWhatOnlyDecodingBounds_SaysSo(string schema, string keyword)
    {
        GbnfGrammar grammar = Gbnf.Write(Schemas.Compile(schema));
        grammar.Losses.Should().BeEmpty();
        grammar.Unbounded.Should().ContainSingle().Which.Keyword.Should().Be(keyword);
    }

    [Theory]
    [InlineData("false")]
    [InlineData("""{"type":"object","properties":{"x":{"$ref":"#"}},"required":["x"]}""")]
    public void Write_OfASchemaWithoutValues_IsRefused(string schema) =>
        FluentActions.Invoking(() => Gbnf.Write(Schemas.Compile(schema))).Should().Throw<InvalidSchemaException>();

    // A description or an enum that closes literals, opens rules or carries control tokens.
    [Fact]
    [Trait("Attack", "J7")]
    public void Write_OfHostileTexts_KeepsThemTexts()
    {
        string[] hostile =
        [
            "\" | root ::= \"x", "]\" [^", "\\", "\\\"", "\n\nroot ::= .*\n", "{2000}", "# comment", "<|im_start|>", "</tool_call>", "<[1]>", "!<x>",
            "\u0000\u0001\u007F\u0085\u2028\uFEFF", "\uD800", "(((((", "```", "😀é☃", "-", "^", "", new('a', 5_000),
        ];
        var members = new System.Text.Json.Nodes.JsonObject();
        foreach (string text in hostile)
        {
            members[text] = new System.Text.Json.Nodes.JsonObject
            {
                ["description"] = text,
                ["enum"] = new System.Text.Json.Nodes.JsonArray([.. hostile.Select(value => (System.Text.Json.Nodes.JsonNode)value)]),
            };
        }

        var schema = new System.Text.Json.Nodes.JsonObject { ["type"] = "object", ["properties"] = members, ["description"] = hostile[0] };
        CompiledSchema compiled = Schemas.Compile(schema.ToJsonString());
        GbnfGrammar grammar = GbnfAgreement.Prove(new DecodingPart.Json(compiled), texts: 100, seed: 5);
        grammar.Text.Should().MatchRegex("^[\\x20-\\x7E\\n]*$");
        output.WriteLine(grammar.Text[..500]);
    }
}
