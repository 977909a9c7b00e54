using System.Buffers;
using System.Text;
using Bridge.Schemas.Automata;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Decoding;

namespace Bridge.Schemas.Tests.Decoding;

public class DecodingProgramTests
{
    private const string Weather =
        """
        {"type":"object","properties":{"city":{"type":"string"},"unit":{"enum":["celsius","fahrenheit"]},"days":{"type":"integer","minimum":1,"maximum":7}},
         "required":["city","unit"]}
        """;

    [Fact]
    public void TakeForced_AtTheStart_IsAllUpToTheFirstChoice()
    {
        Forced(Program(Weather).Start).Text.Should().Be("{\"city\":\"");
    }

    [Fact]
    public void TakeForced_AfterAChoice_IsTheRestOfIt()
    {
        DecodingState chosen = After(Program(Weather), "{\"city\":\"Oslo\",\"unit\":\"c");

        (string text, DecodingState next) = Forced(chosen);

        text.Should().Be("elsius\"", "after the unit, days may follow or not");
        Bytes(next).Should().Be(",}");
    }

    [Theory]
    [InlineData("{\"city\":\"", 34)]
    [InlineData("{\"city\":\"Oslo\",\"unit\":\"f", 11)]
    [InlineData("{\"city\":\"Oslo\",\"unit\":\"celsius\",\"days\":", 2)]
    [InlineData("{\"city\":\"Oslo\",\"unit\":\"celsius\"}", 0)]
    public void ShortestEnd_AfterSomeText_IsTheBytesThatAreMissing(string text, int bytes)
    {
        After(Program(Weather), text).ShortestEnd.Should().Be(bytes == 34 ? "\",\"unit\":\"celsius\"}".Length : bytes);
    }

    [Theory]
    [InlineData("""{"type":"integer","minimum":1,"maximum":7}""", "", "1234567")]
    [InlineData("""{"type":"integer","minimum":-20,"maximum":-3}""", "", "-")]
    [InlineData("""{"type":"integer","minimum":10,"maximum":25}""", "2", "012345")]
    [InlineData("""{"type":"number","minimum":0,"exclusiveMaximum":1}""", "", "0")]
    [InlineData("""{"type":"number","exclusiveMinimum":0.5,"maximum":0.75}""", "0.7", "012345")]
    [InlineData("""{"type":"integer","multipleOf":5,"minimum":10,"maximum":14}""", "1", "0")]
    [InlineData("""{"type":["boolean","null"]}""", "", "fnt")]
    [InlineData("""{"type":"string","pattern":"^[a-c]x$"}""", "\"", "abc")]
    [InlineData("""{"type":"string","pattern":"^[a-c]x$"}""", "\"a", "x")]
    [InlineData("""{"type":"string","format":"date"}""", "\"2023-02-", "012")]
    [InlineData("""{"type":"string","format":"date"}""", "\"2023-02-2", "012345678")]
    [InlineData("""{"type":"string","maxLength":2}""", "\"ab", "\"")]
    [InlineData("""{"type":"string","pattern":"^\"$"}""", "\"", "\\")]
    [InlineData("""{"anyOf":[{"const":{"a":1}},{"const":{"a":"x"}}]}""", "{\"a\":", "\"1")]
    [InlineData("""{"type":"array","items":{"enum":[1]},"minItems":2,"maxItems":2}""", "[1", ",")]
    [InlineData("""{"type":"array","items":{"enum":[1]},"minItems":2,"maxItems":2}""", "[1,1", "]")]
    [InlineData("""{"type":"object","properties":{"a":{"const":1},"b":{"const":2}},"required":["b"]}""", "{\"", "ab")]
    [InlineData("""{"type":"object","properties":{"a":{"const":1},"b":{"const":2}},"required":["b"]}""", "{\"a\":1", ",")]
    [InlineData("""{"oneOf":[{"properties":{"k":{"const":"a"},"x":{"const":1}},"required":["k","x"],"type":"object"},{"properties":{"k":{"const":"b"}},"required":["k"],"type":"object"}]}""", "{\"k\":\"", "ab")]
    [InlineData("""{"oneOf":[{"properties":{"k":{"const":"a"},"x":{"const":1}},"required":["k","x"],"type":"object"},{"properties":{"k":{"const":"b"}},"required":["k"],"type":"object"}]}""", "{\"k\":\"a\"", ",")]
    public void Allowed_AfterSomeText_AreTheBytesThatMayFollow(string schema, string text, string allowed)
    {
        Bytes(After(Program(schema), text)).Should().Be(allowed);
    }

    [Fact]
    public void TryTake_OtherMembers_RefusesNamesThatAreTaken()
    {
        DecodingProgram program = Program("""{"type":"object","properties":{"id":{"const":1}},"additionalProperties":{"const":2}}""");

        Accepts(program, """{"id":1,"x":2,"y":2}""").Should().BeTrue();
        Accepts(program, """{"x":2,"xx":2}""").Should().BeTrue();
        Accepts(program, """{"x":2,"x":2}""").Should().BeFalse("a member may not stand twice");
        Accepts(program, """{"x":2,"id":2}""").Should().BeFalse("the schema names it");
        Accepts(program, """{"ID":2}""").Should().BeFalse("it differs from 'id' only in case");
        Accepts(program, """{"":2}""").Should().BeFalse("a name has a character");
    }

    [Fact]
    public void For_ObjectsOfWhichNothingIsSaid_AreFree()
    {
        Accepts(Program("""{"type":"object"}"""), """{"any":[1,{"deep":null}]}""").Should().BeTrue();
        Accepts(Program("""{"type":"object","properties":{"a":{"const":1}}}"""), """{"b":1}""").Should().BeFalse();
    }

    [Fact]
    public void For_Recursion_EndsAtTheDepth()
    {
        var options = new DecodingOptions { MaxDepth = 3 };
        DecodingProgram program = Program(
            """{"$ref":"#/$defs/node","$defs":{"node":{"type":"object","properties":{"child":{"$ref":"#/$defs/node"}},"additionalProperties":false}}}""", options);

        Accepts(program, """{"child":{"child":{}}}""").Should().BeTrue();
        Bytes(After(program, """{"child":{"child":{""")).Should().Be("}", "there is no room for another level");
    }

    [Fact]
    public void For_Spaced_SetsPartsApart()
    {
        DecodingProgram program = Program("""{"type":"object","properties":{"a":{"const":[1,2]},"b":{"const":1}},"required":["a","b"]}""", new DecodingOptions { Style = JsonStyle.Spaced });

        Forced(program.Start).Text.Should().Be("""{"a": [1, 2], "b": 1}""");
    }

    [Fact]
    public void For_Parts_WritesACallAsAModelWasTrainedTo()
    {
        DecodingPart Call(string name, string schema) => new DecodingPart.Sequence(
            [new DecodingPart.Text($"{name}\", \"arguments\": "), new DecodingPart.Json(Schemas.Compile(schema)), new DecodingPart.Text("}</tool_call>")]);
        var program = DecodingProgram.For(new DecodingPart.Choice(
        [
            new DecodingPart.Text("NONE"),
            new DecodingPart.Sequence(
            [
                new DecodingPart.Text("<tool_call>{\"name\": \""),
                new DecodingPart.Choice([Call("add", """{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]}"""), Call("now", """{"type":"object","properties":{},"additionalProperties":false}""")]),
            ]),
        ]));

        Bytes(program.Start).Should().Be("<N");
        Accepts(program, """<tool_call>{"name": "add", "arguments": {"a":-7}}</tool_call>""").Should().BeTrue();
        Accepts(program, """<tool_call>{"name": "now", "arguments": {}}</tool_call>""").Should().BeTrue();
        Forced(After(program, "<tool_call>{\"name\": \"n")).Next.IsOver.Should().BeTrue();
    }

    [Fact]
    public void MaskKey_InsideAString_IsTheSameUntilTheEndIsNear()
    {
        DecodingProgram program = Program("""{"type":"string","minLength":2,"maxLength":100}""");

        object? early = After(program, "\"abc").MaskKey(horizon: 20);
        object? later = After(program, "\"" + new string('x', 70)).MaskKey(horizon: 20);

        early.Should().NotBeNull().And.BeSameAs(later);
        After(program, "\"a").MaskKey(horizon: 20).Should().BeNull("the least length is not reached");
        After(program, "\"" + new string('x', 90)).MaskKey(horizon: 20).Should().BeNull("the greatest length is near");
    }

    [Fact]
    public void MaskKey_BetweenItems_IsTheSameForEveryItem()
    {
        DecodingProgram program = Program("""{"type":"array","items":{"type":"integer"}}""");

        After(program, "[1,").MaskKey(20).Should().BeSameAs(After(program, "[1,2,3,4,").MaskKey(20));
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"array","uniqueItems":true}}}""", "uniqueItems")]
    [InlineData("""{"type":"string","not":{"const":"x"}}""", "not")]
    [InlineData("""{"type":"string","pattern":"^(?!x)"}""", "pattern")]
    [InlineData("""{"type":"string","pattern":"^(a|b)\\1$"}""", "pattern")]
    [InlineData("""{"type":"string","format":"regex"}""", "format")]
    [InlineData("""{"type":"number","multipleOf":0.3}""", "multipleOf")]
    [InlineData("""{"type":"array","contains":{"const":1}}""", "contains")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"type":"number"}]}""", "oneOf")]
    [InlineData("""{"type":"object","properties":{"a":{},"b":{}},"dependentRequired":{"a":["b"]}}""", "dependentRequired")]
    [InlineData("""{"type":"object","additionalProperties":{},"maxProperties":2}""", "maxProperties")]
    [InlineData("""{"type":"object","properties":{"a":{}},"if":{"required":["a"]},"then":{"required":["b"]}}""", "if")]
    public void CheckedAfter_KeywordsThatNoDecoderHonours_AreNamed(string schema, string keyword)
    {
        DecodingProgram program = Program(schema);

        program.IsFullyDecodable.Should().BeFalse();
        program.CheckedAfter.Should().Contain(loss => loss.Keyword == keyword).Which.Reason.Should().EndWith(".");
    }

    [Theory]
    [InlineData("""{"enum":[1,2,3],"not":{"const":2}}""")]
    [InlineData("""{"oneOf":[{"type":"string"},{"type":"null"}]}""")]
    [InlineData("""{"oneOf":[{"required":["a"],"properties":{"a":{}}},{"required":["b"],"properties":{"b":{}}}],"type":"object"}""")]
    [InlineData("""{"oneOf":[{"const":1},{"type":"string","minLength":1},{"type":"integer","minimum":5}]}""")]
    [InlineData("""{"type":"string","uniqueItems":true}""")]
    [InlineData("""{"type":"object","properties":{"a":{"const":1}},"minProperties":1,"required":["a"],"unevaluatedProperties":false}""")]
    [InlineData("""{"type":"string","pattern":"\\bno\\b"}""")]
    [InlineData("""{"type":"number","multipleOf":0.01}""")]
    public void CheckedAfter_KeywordsThatHoldAnyway_AreNotNamed(string schema) => Program(schema).CheckedAfter.Should().BeEmpty();

    [Theory]
    [InlineData("false")]
    [InlineData("""{"type":"object","properties":{"id":{"enum":[]}},"required":["id"]}""")]
    [InlineData("""{"type":"integer","minimum":2,"maximum":1}""")]
    [InlineData("""{"$ref":"#/$defs/n","$defs":{"n":{"type":"object","properties":{"n":{"$ref":"#/$defs/n"}},"required":["n"]}}}""")]
    public void For_SchemasThatNothingSatisfies_IsRefused(string schema)
    {
        Action compile = () => Program(schema);

        compile.Should().Throw<InvalidSchemaException>().WithMessage("No value is valid*");
    }

    [Fact]
    public void For_HostileCombinations_StaysWithinItsBudget()
    {
        string branch = string.Join(',', Enumerable.Range(0, 40).Select(i =>
            "{\"type\":\"object\",\"properties\":{\"p" + i + "\":{\"type\":\"string\",\"pattern\":\"^(a?){200}a{200}$\"}}}"));
        DecodingProgram program = Program($$"""{"allOf":[{"anyOf":[{{branch}}]},{"anyOf":[{{branch}}]},{"anyOf":[{{branch}}]}]}""");

        program.Narrowed.Should().Contain(loss => loss.Keyword == "anyOf");
        program.Start.ShortestEnd.Should().Be(2);
    }

    [Theory]
    [InlineData("""{"type":"integer","multipleOf":97,"minimum":1e300}""", "multipleOf")]
    [InlineData("""{"type":"string","pattern":"^(?:[a-z]{1,900}x){1,900}$"}""", "pattern")]
    [InlineData("""{"type":"string","pattern":"^(?:ab|a.{9}b|c.{11}d|e.{12}f)*$"}""", "pattern")]
    public void For_RulesThatNeedTooManyStates_LeavesThemToTheCheck(string schema, string keyword)
    {
        Program(schema).CheckedAfter.Should().Contain(loss => loss.Keyword == keyword);
    }

    private static DecodingProgram Program(string schema, DecodingOptions? options = null) => DecodingProgram.For(Schemas.Compile(schema), options);

    private static DecodingState After(DecodingProgram program, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        program.Start.Take(bytes, out DecodingState state).Should().Be(bytes.Length, $"'{text}' may be written");
        return state;
    }

    private static bool Accepts(DecodingProgram program, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return program.Start.Take(bytes, out DecodingState state) == bytes.Length && state.CanEnd;
    }

    private static string Bytes(DecodingState state) => Encoding.Latin1.GetString([.. state.Allowed.ToEnumerable()]);

    private static (string Text, DecodingState Next) Forced(DecodingState state)
    {
        var text = new ArrayBufferWriter<byte>();
        DecodingState next = state.TakeForced(text);
        return (Encoding.UTF8.GetString(text.WrittenSpan), next);
    }
}
