using System.Text.Json;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Repair;
using static Bridge.Schemas.Tests.Schemas;

namespace Bridge.Schemas.Tests.Repair;

public class ArgumentRepairTests
{
    [Theory]

    // Numbers
    [InlineData("""{"type":"number"}""", "\"2\"", "2")]
    [InlineData("""{"type":"number"}""", "\" 2\\n\"", "2")]
    [InlineData("""{"type":"number"}""", "\"2.50\"", "2.50")]
    [InlineData("""{"type":"number"}""", "\"1e3\"", "1e3")]
    [InlineData("""{"type":"number"}""", "\"-0.5\"", "-0.5")]
    [InlineData("""{"type":"number"}""", "\"12345678901234567890.123456789\"", "12345678901234567890.123456789")]
    [InlineData("""{"type":"integer"}""", "\"2.0\"", "2")]
    [InlineData("""{"type":"integer"}""", "\"9007199254740993\"", "9007199254740993")]
    [InlineData("""{"type":["integer","null"]}""", "\"-7\"", "-7")]
    [InlineData("""{"type":["integer","boolean"]}""", "\"7\"", "7")]
    [InlineData("""{"enum":[1,2]}""", "\"2\"", "2")]
    [InlineData("""{"const":1}""", "\"1\"", "1")]
    [InlineData("""{"anyOf":[{"type":"integer"},{"type":"null"}]}""", "\"3\"", "3")]
    [InlineData("""{"anyOf":[{"type":"number"},{"type":"boolean"}]}""", "\"1\"", "1")]
    [InlineData("""{"oneOf":[{"type":"integer","maximum":9},{"type":"integer","minimum":10}]}""", "\"12\"", "12")]
    [InlineData("""{"$ref":"#/$defs/n"}""", "\"3\"", "3")]
    [InlineData("""{"allOf":[{"$ref":"#/$defs/n"},{"minimum":1}]}""", "\"3\"", "3")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"integer"}}""", """{"z":"1"}""", """{"z":1}""")]

    // Booleans
    [InlineData("""{"type":"boolean"}""", "\"true\"", "true")]
    [InlineData("""{"type":"boolean"}""", "\"True\"", "true")]
    [InlineData("""{"type":"boolean"}""", "\" FALSE \"", "false")]
    [InlineData("""{"anyOf":[{"type":"number"},{"type":"boolean"}]}""", "\"true\"", "true")]
    [InlineData("""{"const":true}""", "\"true\"", "true")]

    // A lone value where a list is required
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "\"a\"", """["a"]""")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "\"New York\"", """["New York"]""")]
    [InlineData("""{"type":"array","items":{"type":"integer"}}""", "5", "[5]")]
    [InlineData("""{"type":"array","items":{"type":"integer"}}""", "\"5\"", "[5]")]
    [InlineData("""{"type":"array","items":{"type":"boolean"}}""", "true", "[true]")]
    [InlineData("""{"type":"array","items":{"type":"object"}}""", """{"a":1}""", """[{"a":1}]""")]
    [InlineData("""{"type":"array","items":{"enum":["Red","Blue"]}}""", "\"red\"", """["Red"]""")]
    [InlineData("""{"type":["array","null"],"items":{"type":"string"}}""", "\"a\"", """["a"]""")]

    // Lists and objects written as strings
    [InlineData("""{"type":"array"}""", "\"[1]\"", "[1]")]
    [InlineData("""{"type":"array","items":{"type":"integer"}}""", "\"[1,2]\"", "[1,2]")]
    [InlineData("""{"type":"array","items":{"type":"integer"}}""", "\"[1,\\\"2\\\"]\"", "[1,2]")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "\"[\\\"a\\\",\\\"b\\\"]\"", """["a","b"]""")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "\"[]\"", "[]")]
    [InlineData("""{"type":"array","items":{"type":"integer"}}""", """["1",2]""", "[1,2]")]
    [InlineData("""{"type":"array","items":{"type":"object"}}""", "\"{\\\"a\\\":1}\"", """[{"a":1}]""")]
    [InlineData("""{"type":["array","object"]}""", "\"{\\\"a\\\":1}\"", """{"a":1}""")]
    [InlineData("""{"type":"object","properties":{"n":{"type":"integer"}}}""", "\"{\\\"n\\\":\\\"3\\\"}\"", """{"n":3}""")]

    // Values of an enum
    [InlineData("""{"enum":["Celsius","Fahrenheit"]}""", "\" celsius\"", "\"Celsius\"")]
    [InlineData("""{"type":"string","enum":["a ","b"]}""", "\"A\"", "\"a \"")]
    [InlineData("""{"enum":["Celsius",null]}""", "\"CELSIUS\"", "\"Celsius\"")]
    [InlineData("""{"const":"On"}""", "\"on\"", "\"On\"")]

    // Defaults
    [InlineData("""{"type":"object","required":["n"],"properties":{"n":{"type":"integer","default":4}}}""", "{}", """{"n":4}""")]
    [InlineData("""{"type":"object","required":["n"],"properties":{"n":{"default":null}}}""", "{}", """{"n":null}""")]
    [InlineData("""{"anyOf":[{"type":"object","required":["n"],"properties":{"n":{"default":4}}},{"type":"null"}]}""", "{}", """{"n":4}""")]
    [InlineData(
        """{"oneOf":[{"required":["k","n"],"properties":{"k":{"const":"a"},"n":{"default":4}}},{"required":["k"],"properties":{"k":{"const":"b"}}}]}""",
        """{"k":"a"}""", """{"k":"a","n":4}""")]
    public void Repair_Unambiguous_IsRepairedAndSaid(string schema, string instance, string expected)
    {
        RepairResult result = Run(schema, instance);

        result.Instance.GetProperty("p").GetRawText().Should().Be(expected);
        result.Repairs.Should().NotBeEmpty().And.OnlyContain(note => note.StartsWith("'p", StringComparison.Ordinal) && note.EndsWith('.'));
        Wrapped(schema).IsValid(result.Instance).Should().BeTrue();
    }

    [Theory]

    // Numbers that no JSON spells so, or that another reads otherwise
    [InlineData("""{"type":"integer"}""", "\"2.5\"")]
    [InlineData("""{"type":"integer"}""", "\"1e3\"")]
    [InlineData("""{"type":"integer"}""", "\"two\"")]
    [InlineData("""{"type":"integer"}""", "2.5")]
    [InlineData("""{"type":"integer"}""", "true")]
    [InlineData("""{"type":"integer"}""", "[2]")]
    [InlineData("""{"type":"number"}""", "\"\"")]
    [InlineData("""{"type":"number"}""", "\"0x10\"")]
    [InlineData("""{"type":"number"}""", "\"007\"")]
    [InlineData("""{"type":"number"}""", "\"+2\"")]
    [InlineData("""{"type":"number"}""", "\".5\"")]
    [InlineData("""{"type":"number"}""", "\"1,000\"")]
    [InlineData("""{"type":"number"}""", "\"1_000\"")]
    [InlineData("""{"type":"number"}""", "\"5 km\"")]
    [InlineData("""{"type":"number"}""", "\"50%\"")]
    [InlineData("""{"type":"number"}""", "\"NaN\"")]
    [InlineData("""{"type":"number"}""", "\"Infinity\"")]
    [InlineData("""{"type":"number"}""", "\"1e999\"")]
    [InlineData("""{"type":"number"}""", "\"\\u0662\"")]
    [InlineData("""{"type":"number","minimum":5}""", "\"2\"")]
    [InlineData("""{"type":["string","number"],"maxLength":0}""", "\"2\"")]
    [InlineData("""{"type":["integer","null"]}""", "\"null\"")]
    [InlineData("""{"enum":["1",2]}""", "\"2\"")]

    // Booleans
    [InlineData("""{"type":"boolean"}""", "1")]
    [InlineData("""{"type":"boolean"}""", "\"1\"")]
    [InlineData("""{"type":"boolean"}""", "\"yes\"")]
    [InlineData("""{"type":"boolean"}""", "\"on\"")]

    // Strings are never made of something else
    [InlineData("""{"type":"string"}""", "5")]
    [InlineData("""{"type":"string"}""", "true")]
    [InlineData("""{"type":"string"}""", """["a"]""")]
    [InlineData("""{"enum":["1","2"]}""", "1")]
    [InlineData("""{"type":"string","pattern":"^a$"}""", "\" a \"")]

    // A text that may mean no item, or several
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "\"\"")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "\" \"")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "\"a, b\"")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "\"a;b\"")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "\"a\\nb\"")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "\"['a']\"")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "\"null\"")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "\"{\\\"a\\\":1}\"")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "null")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "5")]
    [InlineData("""{"type":"array","items":{"type":"integer"},"minItems":2}""", "5")]
    [InlineData("""{"anyOf":[{"type":"integer"},{"type":"array","items":{"type":"string"}}]}""", "\"3\"")]
    [InlineData("""{"anyOf":[{"type":"number"},{"type":"array","items":{"type":"number"}}]}""", "\"3\"")]

    // Texts that are not one JSON value for all readers
    [InlineData("""{"type":"object"}""", "\"{\\\"a\\\":1,\\\"a\\\":2}\"")]
    [InlineData("""{"type":"object"}""", "\"{'a':1}\"")]
    [InlineData("""{"type":"object"}""", "\"{\\\"a\\\":1\"")]
    [InlineData("""{"type":"object"}""", "\"[1]\"")]
    [InlineData("""{"type":"object"}""", "[]")]

    // Values of an enum that differ in more than case and space, or in these alone
    [InlineData("""{"enum":["a","A"]}""", "\" a\"")]
    [InlineData("""{"enum":["a","A"]}""", "\"a \"")]
    [InlineData("""{"enum":["New York"]}""", "\"NewYork\"")]
    [InlineData("""{"enum":["Celsius"]}""", "\"C\"")]
    [InlineData("""{"type":"object","properties":{"Unit":{}}}""", """{"unit":1}""")]

    // Defaults that are not declared, do not fit, contradict, or decide
    [InlineData("""{"type":"object","required":["n"],"properties":{"n":{"type":"integer"}}}""", "{}")]
    [InlineData("""{"type":"object","required":["n"],"properties":{"n":{"type":"integer","default":"x"}}}""", "{}")]
    [InlineData("""{"type":"object","properties":{"n":{"type":"integer","default":1}},"minProperties":1}""", "{}")]
    [InlineData("""{"required":["n"],"allOf":[{"properties":{"n":{"default":1}}},{"properties":{"n":{"default":2}}}]}""", "{}")]
    [InlineData("""{"anyOf":[{"required":["a"],"properties":{"a":{"default":1}}},{"required":["b"],"properties":{"b":{"type":"string"}}}]}""", "{}")]

    // What one schema needs and another forbids
    [InlineData("""{"allOf":[{"type":"integer"},{"type":"string"}]}""", "\"3\"")]
    [InlineData("""{"allOf":[{"properties":{"a":{"type":"integer"}}},{"properties":{"a":{"type":"string"}}}]}""", """{"a":"3"}""")]
    public void Repair_AmbiguousOrImpossible_StaysAsItWas(string schema, string instance)
    {
        RepairResult result = Run(schema, instance);

        result.Repairs.Should().BeEmpty();
        result.Instance.GetProperty("p").GetRawText().Should().Be(instance);
        Wrapped(schema).IsValid(result.Instance).Should().BeFalse("there is something to repair");
    }

    [Fact]
    public void Repair_WhatWouldBeNestedTooDeep_StaysAsItWas()
    {
        string deep = new string('[', 62) + new string(']', 62);
        var schema = Compile("""{"properties":{"a":{"properties":{"b":{"type":"object","properties":{"c":{"type":"array"}}}}}}}""");
        string text = JsonSerializer.Serialize($$"""{"c":{{deep}}}""");
        JsonElement instance = Value($$$"""{"a":{"b":{{{text}}}}}""");

        RepairResult result = ArgumentRepair.Repair(schema, instance);

        result.Repairs.Should().BeEmpty();
        result.Instance.GetRawText().Should().Be(instance.GetRawText());
    }

    [Fact]
    public void Repair_Valid_IsTheSame()
    {
        JsonElement instance = Value("""{"a":"2"}""");

        RepairResult result = ArgumentRepair.Repair(Compile("""{"properties":{"a":{"type":"string"}}}"""), instance);

        result.Should().Be(new RepairResult(instance, result.Repairs));
        result.Repairs.Should().BeEmpty();
    }

    [Fact]
    public void Repair_PartOfIt_LeavesTheRest()
    {
        var schema = Compile("""{"properties":{"a":{"type":"integer"},"b":{"type":"integer"}}}""");

        RepairResult result = ArgumentRepair.Repair(schema, Value("""{"a":"1","b":"x"}"""));

        result.Instance.GetRawText().Should().Be("""{"a":1,"b":"x"}""");
        result.Repairs.Should().Equal("'a' was \"1\" and became 1.");
        schema.Validate(result.Instance).Single().Pointer.Should().Be("/b");
    }

    [Fact]
    public void Repair_RandomMutations_NeverHurtsAndNeverThrows()
    {
        const string Source = """
            {"type":"object","required":["n","s"],"properties":{"n":{"type":"integer","minimum":0},"s":{"enum":["Red","Blue"]},"l":{"type":"array","items":{"type":"number"}},"o":{"type":"object","properties":{"b":{"type":"boolean"}}}}}
            """;
        string[] values = ["1", "\"1\"", "\"red\"", "\"Blue \"", "true", "\"TRUE\"", "[\"1\"]", "\"[2]\"", "{\"b\":\"true\"}", "\"{\\\"b\\\":1}\"", "null", "-1", "\"\""];
        var schema = Compile(Source);
        var random = new Random(11);
        for (int i = 0; i < 3000; i++)
        {
            string instance = $"{{\"n\":{Pick()},\"s\":{Pick()},\"l\":{Pick()},\"o\":{Pick()}}}";
            JsonElement before = Value(instance);

            RepairResult result = ArgumentRepair.Repair(schema, before);

            schema.Validate(result.Instance).Length.Should().BeLessThanOrEqualTo(schema.Validate(before).Length, instance);
            ArgumentRepair.Repair(schema, result.Instance).Repairs.Should().BeEmpty(instance);
        }

        string Pick() => values[random.Next(values.Length)];
    }

    private static RepairResult Run(string schema, string instance) => ArgumentRepair.Repair(Wrapped(schema), Value($$"""{"p":{{instance}}}"""));

    private static CompiledSchema Wrapped(string schema) => Compile($$$"""{"properties":{"p":{{{schema}}} },"$defs":{"n":{"type":"number"} } }""");
}
