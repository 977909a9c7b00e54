using System.Text;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Exports;

namespace Bridge.Schemas.Tests.Exports;

public class ProviderSchemaTests
{
    [Theory]
    [InlineData(
        """{"type":"object","properties":{"city":{"type":"string","description":"The city"},"days":{"type":"integer","minimum":1,"maximum":7}},"required":["city"]}""",
        """{"type":"object","properties":{"city":{"type":"string","description":"The city"},"days":{"anyOf":[{"type":"integer","minimum":1,"maximum":7},{"type":"null"}]}},"required":["city","days"],"additionalProperties":false}""")]
    [InlineData(
        """{"type":"object","properties":{"unit":{"enum":["c","f"]},"on":{"type":"boolean"},"to":{"type":["string","null"],"default":null}}}""",
        """{"type":"object","properties":{"unit":{"anyOf":[{"type":"string","enum":["c","f"]},{"type":"null"}]},"on":{"type":["boolean","null"]},"to":{"type":["string","null"]}},"required":["unit","on","to"],"additionalProperties":false}""")]
    [InlineData(
        """{"allOf":[{"type":"object","properties":{"a":{"type":"number","multipleOf":0.25}}},{"required":["a"],"properties":{"a":{"exclusiveMinimum":0}}}]}""",
        """{"type":"object","properties":{"a":{"type":"number","exclusiveMinimum":0,"multipleOf":0.25}},"required":["a"],"additionalProperties":false}""")]
    [InlineData(
        """{"$ref":"#/$defs/node","$defs":{"node":{"type":"object","properties":{"value":{"type":"integer"},"next":{"$ref":"#/$defs/node"}},"required":["value"]}}}""",
        """{"type":"object","properties":{"value":{"type":"integer"},"next":{"anyOf":[{"$ref":"#/$defs/next"},{"type":"null"}]}},"required":["value","next"],"additionalProperties":false,"$defs":{"next":{"type":"object","properties":{"value":{"type":"integer"},"next":{"anyOf":[{"$ref":"#/$defs/next"},{"type":"null"}]}},"required":["value","next"],"additionalProperties":false}}}""")]
    [InlineData(
        """{"type":"object","properties":{"when":{"oneOf":[{"type":"string","format":"date"},{"type":"object","properties":{"in":{"type":"integer"}},"required":["in"],"additionalProperties":false}]}},"required":["when"]}""",
        """{"type":"object","properties":{"when":{"anyOf":[{"type":"string","format":"date"},{"type":"object","properties":{"in":{"type":"integer"}},"required":["in"],"additionalProperties":false}]}},"required":["when"],"additionalProperties":false}""")]
    [InlineData("""{"type":"object","properties":{}}""", """{"type":"object","properties":{},"required":[],"additionalProperties":false}""")]
    [InlineData("""{"type":"object","additionalProperties":false}""", """{"type":"object","properties":{},"required":[],"additionalProperties":false}""")]
    public void ForOpenAi_OfWhatCanBeSaid_SaysIt(string schema, string expected)
    {
        ProviderSchema export = ProviderSchema.ForOpenAi(Schemas.Compile(schema));
        export.Schema!.Value.GetRawText().Should().Be(expected);
        export.Losses.Should().BeEmpty();
        export.Narrowed.Should().BeEmpty();
        OpenAiRules.Broken(export.Schema.Value).Should().BeEmpty();
    }

    [Theory]
    [InlineData("""{"type":"string","maxLength":5}""", "/properties/p", "maxLength")]
    [InlineData("""{"type":"string","format":"uri"}""", "/properties/p", "format")]
    [InlineData("""{"type":"string","pattern":"^(?=a)."}""", "/properties/p", "pattern")]
    [InlineData("""{"allOf":[{"type":"string","pattern":"a"},{"pattern":"b"}]}""", "/properties/p/allOf/1", "pattern")]
    [InlineData("""{"allOf":[{"type":"number","multipleOf":2.5},{"multipleOf":0.3}]}""", "/properties/p/allOf/1", "multipleOf")]
    [InlineData("""{"type":"array","prefixItems":[{"type":"string"},{"type":"integer"}],"items":false}""", "/properties/p", "prefixItems")]
    [InlineData("""{"type":"array","items":{"type":"string"},"uniqueItems":true}""", "/properties/p", "uniqueItems")]
    [InlineData("""{"type":"integer","not":{"const":3}}""", "/properties/p", "not")]
    public void ForOpenAi_OfWhatCannotBeSaid_NamesIt(string property, string pointer, string keyword)
    {
        ProviderSchema export = ProviderSchema.ForOpenAi(Of(property));
        export.Losses.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Pointer = pointer, Keyword = keyword });
        OpenAiRules.Broken(export.Schema!.Value).Should().BeEmpty();
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"p":{"type":["string","null"]}}}""", "required")]
    [InlineData("""{"type":"object","properties":{"p":{"type":"string"}},"additionalProperties":{"type":"string"}}""", "additionalProperties")]
    [InlineData("""{"properties":{"p":{"type":"string"}}}""", "type")]
    [InlineData("""{"type":"object"}""", "additionalProperties")]
    public void ForOpenAi_OfWhatCanNeverBeWritten_NamesIt(string schema, string keyword) =>
        ProviderSchema.ForOpenAi(Schemas.Compile(schema)).Narrowed.Should().ContainSingle().Which.Keyword.Should().Be(keyword);

    [Theory]
    [InlineData("""{"type":"string"}""", "The value is no object, and a strict schema describes one.")]
    [InlineData("false", "No value is valid for the schema.")]
    [InlineData("""{"type":"object","additionalProperties":true}""", "The value may be an object with members of any name, and a strict schema names every member.")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array","items":{"type":"object","properties":{"b":{}}}}}}""", "'a[].b' may be an object with members of any name, and a strict schema names every member.")]
    [InlineData("""{"anyOf":[{"type":"object","properties":{"a":{"const":1}}},{"type":"object","properties":{"b":{"const":1}}}]}""", "The value has 2 alternatives, and a strict schema has none at its root.")]
    [InlineData("""{"type":"object","properties":{"a":{"const":[1]}}}""", "'a' may be a constant that is an array or an object; the supported types of an enum are not said to include them.")]
    public void ForOpenAi_OfWhatHasNoStrictForm_SaysWhy(string schema, string reason)
    {
        ProviderSchema export = ProviderSchema.ForOpenAi(Schemas.Compile(schema));
        export.IsExportable.Should().BeFalse();
        export.Schema.Should().BeNull();
        export.Refusal.Should().Be(reason);
    }

    [Fact]
    public void ForOpenAi_AtALimit_IsWrittenAndBeyondItRefused()
    {
        (string AtLimit, string Beyond, string Reason)[] cases =
        [
            (Nested(10), Nested(11), "11 levels of objects and arrays; a strict schema has at most 10"),
            (Enum(1_000, 1), Enum(1_001, 1), "1001 values of enums; a strict schema has at most 1000"),
            (Enum(251, 59), Enum(251, 60), "15060 characters in one enum of more than 250 values; a strict schema has at most 15000"),
            (Enum(250, 470), Enum(250, 480), "120001 characters in names, enums and constants; a strict schema has at most 120000"),
        ];
        foreach ((string atLimit, string beyond, string reason) in cases)
        {
            ProviderSchema.ForOpenAi(Schemas.Compile(atLimit)).Refusal.Should().BeNull();
            ProviderSchema.ForOpenAi(Schemas.Compile(beyond)).Refusal.Should().Be($"The schema has {reason}.");
        }

        static string Nested(int levels) => levels == 1
            ? """{"type":"object","properties":{"p":{"type":"null"}},"required":["p"]}"""
            : $$$"""{"type":"object","properties":{"p":{{{Nested(levels - 1)}}}},"required":["p"]}""";
        static string Enum(int count, int length) => "{\"type\":\"object\",\"properties\":{\"p\":{\"enum\":["
            + string.Join(',', Enumerable.Range(0, count).Select(i => $"\"{i.ToString("x", null).PadLeft(length, 'x')}\"")) + "]}},\"required\":[\"p\"]}";
    }

    [Theory]
    [InlineData("""{"city":"Oslo","days":null,"note":null}""", """{"city":"Oslo","note":null}""")]
    [InlineData("""{"city":null,"days":3,"note":"x"}""", """{"city":null,"days":3,"note":"x"}""")]
    [InlineData("""{"city":"Oslo", "days":1e2, "note":null}""", """{"city":"Oslo", "days":1e2, "note":null}""")]
    [InlineData("""{"city":"Oslo","days":null""", """{"city":"Oslo","days":null""")]
    [InlineData("""{"city":"Oslo","days":null,"days":null,"note":1}""", """{"city":"Oslo","days":null,"days":null,"note":1}""")]
    [InlineData("""{"city":"Oslo","days":null,"other":1,"note":1}""", """{"city":"Oslo","days":null,"other":1,"note":1}""")]
    public void Read_OfOpenAi_DropsTheNullsThatMeanAbsent(string written, string read) => ReadBack(
        """{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer"},"note":{"type":["string","null"]}},"required":["city"]}""", written)
        .Should().Be(read);

    [Theory]
    [InlineData("""{"s":[{"kind":"a","x":null},{"kind":"b","x":null},{"kind":"b","x":1}]}""", """{"s":[{"kind":"a"},{"kind":"b","x":null},{"kind":"b","x":1}]}""")]
    [InlineData("""{"s":null}""", "{}")]
    public void Read_OfAlternatives_GoesByTheOneThatFits(string written, string read) => ReadBack(
        """
        {"type":"object","properties":{"s":{"type":"array","items":{"anyOf":[
            {"type":"object","properties":{"kind":{"const":"a"},"x":{"type":"integer"}},"required":["kind"]},
            {"type":"object","properties":{"kind":{"const":"b"},"x":{"type":["integer","null"]}},"required":["kind"]}]}}}}
        """, written).Should().Be(read);

    [Theory]
    [InlineData("""{"type":"string"}""", """{"type":"string"}""")]
    [InlineData("""{"type":"string","minLength":1,"maxLength":9}""", """{"type":"string","minLength":1,"maxLength":9}""")]
    [InlineData("""{"type":"string","pattern":"^\\d{2}-\\w+$"}""", """{"type":"string","pattern":"^[0-9][0-9][\\x2D][0-9A-Z\\x5Fa-z]+$"}""")]
    [InlineData("""{"type":"string","pattern":"^(?:ab|c)$"}""", """{"type":"string","pattern":"^(ab|c)$"}""")]
    [InlineData("""{"type":"string","pattern":"^[a-z]+$","maxLength":8}""", """{"type":"string","pattern":"^[a-z]{1,8}$"}""")]
    [InlineData("""{"type":"string","pattern":"^$"}""", """{"type":"string","enum":[""]}""")]
    [InlineData("""{"type":"integer","minimum":0.5,"exclusiveMaximum":8}""", """{"type":"integer","minimum":1,"maximum":7}""")]
    [InlineData("""{"type":"integer","exclusiveMinimum":-2,"maximum":-0.5}""", """{"type":"integer","minimum":-1,"maximum":-1}""")]
    [InlineData("""{"type":"integer","maximum":-5}""", """{"type":"integer","minimum":-999999999999999,"maximum":-5}""")]
    [InlineData("""{"enum":["a",1,null,true]}""", """{"anyOf":[{"type":"string","enum":["a"]},{"type":"number","enum":[1]},{"type":"null"},{"type":"boolean","enum":[true]}]}""")]
    [InlineData("""{"const":{"k":[1]}}""", """{"enum":[{"k":[1]}]}""")]
    [InlineData("""{"type":"array","items":{"type":"null"},"maxItems":3}""", """{"type":"array","items":{"type":"null"},"maxItems":3}""")]
    [InlineData("""{"type":"array","maxItems":0}""", """{"type":"array","items":{"type":"null"},"maxItems":0}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"null"},"b":{"type":"null"}},"required":["b"]}""", """{"type":"object","properties":{"a":{"type":"null"},"b":{"type":"null"}},"required":["b"],"additionalProperties":false}""")]
    [InlineData("""{"allOf":[{"properties":{"a":{"type":"integer"}}},{"type":"object","properties":{"a":{"minimum":2}}}]}""", """{"type":"object","properties":{"a":{"type":"integer","minimum":2}},"required":[],"additionalProperties":false}""")]
    [InlineData(
        """{"type":"array","items":{"$ref":"#"}}""",
        """{"type":"array","items":{"$ref":"#/$defs/items"},"$defs":{"items":{"type":"array","items":{"$ref":"#/$defs/items"}}}}""")]
    public void ForOllama_OfWhatCanBeSaid_SaysIt(string schema, string expected)
    {
        ProviderSchema export = ProviderSchema.ForOllama(Schemas.Compile(schema));
        export.Schema!.Value.GetRawText().Should().Be(expected);
        export.Losses.Should().BeEmpty();
        export.Narrowed.Should().BeEmpty();
    }

    [Theory]
    [InlineData("""{"type":"number","minimum":3}""", "minimum", """{"type":"number"}""")]
    [InlineData("""{"type":"integer","multipleOf":7}""", "multipleOf", """{"type":"integer"}""")]
    [InlineData("""{"type":"integer","maximum":1e16}""", "maximum", """{"type":"integer"}""")]
    [InlineData("""{"type":"string","maxLength":2000}""", "maxLength", """{"type":"string"}""")]
    [InlineData("""{"type":"string","minLength":2000}""", "minLength", """{"type":"string","minLength":1999}""")]
    [InlineData("""{"type":"string","pattern":"^(ab|cd)*$"}""", "pattern", """{"type":"string"}""")]
    [InlineData("""{"type":"string","format":"uri"}""", "format", """{"type":"string"}""")]
    [InlineData("""{"type":"array","items":{"type":"null"},"maxItems":3000}""", "maxItems", """{"type":"array","items":{"type":"null"}}""")]
    [InlineData("""{"type":"object"}""", "additionalProperties", """{"type":"object"}""")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"null"}},"additionalProperties":{"type":"string"}}""", "additionalProperties",
        """{"type":"object","properties":{"a":{"type":"null"}},"required":[],"additionalProperties":{"type":"string"}}""")]
    public void ForOllama_OfWhatCannotBeSaid_NamesIt(string schema, string keyword, string expected)
    {
        ProviderSchema export = ProviderSchema.ForOllama(Schemas.Compile(schema));
        export.Schema!.Value.GetRawText().Should().Be(expected);
        export.Losses.Should().ContainSingle().Which.Keyword.Should().Be(keyword);
    }

    [Fact]
    public void ForOllama_OfCharactersThatJsonEscapes_LeavesThemOutAndSaysSo()
    {
        ProviderSchema export = ProviderSchema.ForOllama(Schemas.Compile("""{"type":"string","pattern":"^[^/]+$"}"""));
        export.Schema!.Value.GetProperty("pattern").GetString().Should().Be("^[\\x20-\\x21\\x23-\\x2E0-\\x5B\\x5D-\\x7E\\x80-\\uD7FF\\uE000-\U0010FFFF]+$");
        export.Narrowed.Should().ContainSingle().Which.Keyword.Should().Be("pattern");
    }

    [Theory]
    [InlineData("$ref")]
    [InlineData("$defs")]
    public void ForOllama_OfANameThatLlamaTakesForAKeyword_SaysWhy(string name) =>
        ProviderSchema.ForOllama(Schemas.Compile($$$"""{"type":"object","properties":{"a":{"type":"object","properties":{"{{{name}}}": {} } } } }"""))
            .Refusal.Should().Be($"'a' may have a member named '{name}', which llama.cpp takes for the keyword.");

    private static CompiledSchema Of(string property) =>
        Schemas.Compile($$$"""{"type":"object","properties":{"p":{{{property}}}},"required":["p"]}""");

    private static string ReadBack(string schema, string written) =>
        Encoding.UTF8.GetString(ProviderSchema.ForOpenAi(Schemas.Compile(schema)).Read(Encoding.UTF8.GetBytes(written)).Span);
}
