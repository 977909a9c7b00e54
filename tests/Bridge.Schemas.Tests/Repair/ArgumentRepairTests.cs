using System.Text.Json;
using Bridge.Schemas.Repair;
using static Bridge.Schemas.Tests.Schemas;

namespace Bridge.Schemas.Tests.Repair;

public class ArgumentRepairTests
{
    [Theory]
    [InlineData("""{"type":"number"}""", "\"2\"", "2")]
    [InlineData("""{"type":"number"}""", "\"2.50\"", "2.50")]
    [InlineData("""{"type":"integer"}""", "\"2.0\"", "2")]
    [InlineData("""{"type":["integer","null"]}""", "\"-7\"", "-7")]
    [InlineData("""{"type":"boolean"}""", "\"True\"", "true")]
    [InlineData("""{"type":"boolean"}""", "\"false\"", "false")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "\"a\"", """["a"]""")]
    [InlineData("""{"type":"array","items":{"type":"integer"}}""", "5", "[5]")]
    [InlineData("""{"type":"array","items":{"type":"integer"}}""", "\"[1,2]\"", "[1,2]")]
    [InlineData("""{"type":"array","items":{"type":"integer"}}""", "\"[1,\\\"2\\\"]\"", "[1,2]")]
    [InlineData("""{"type":"array","items":{"type":"integer"}}""", """["1",2]""", "[1,2]")]
    [InlineData("""{"type":"object","properties":{"n":{"type":"integer"}}}""", "\"{\\\"n\\\":\\\"3\\\"}\"", """{"n":3}""")]
    [InlineData("""{"type":"object","required":["n"],"properties":{"n":{"type":"integer","default":4}}}""", "{}", """{"n":4}""")]
    [InlineData("""{"enum":["Celsius","Fahrenheit"]}""", "\" celsius\"", "\"Celsius\"")]
    [InlineData("""{"anyOf":[{"type":"integer"},{"type":"null"}]}""", "\"3\"", "3")]
    [InlineData("""{"$ref":"#/$defs/n"}""", "\"3\"", "3")]
    [InlineData("""{"allOf":[{"$ref":"#/$defs/n"},{"minimum":1}]}""", "\"3\"", "3")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"integer"}}""", """{"z":"1"}""", """{"z":1}""")]
    public void Repair_Unambiguous_IsRepairedAndSaid(string schema, string instance, string expected)
    {
        RepairResult result = Run(schema, instance);

        result.Instance.GetProperty("p").GetRawText().Should().Be(expected);
        result.Repairs.Should().NotBeEmpty().And.OnlyContain(note => note.StartsWith("'p", StringComparison.Ordinal) && note.EndsWith('.'));
    }

    [Theory]
    [InlineData("""{"type":["string","number"],"maxLength":0}""", "\"2\"")]
    [InlineData("""{"type":"number","minimum":5}""", "\"2\"")]
    [InlineData("""{"type":"integer"}""", "\"2.5\"")]
    [InlineData("""{"type":"integer"}""", "\"two\"")]
    [InlineData("""{"type":"integer"}""", "true")]
    [InlineData("""{"type":"number"}""", "\"0x10\"")]
    [InlineData("""{"type":"number"}""", "\"1e999\"")]
    [InlineData("""{"enum":["a","A"]}""", "\" a\"")]
    [InlineData("""{"anyOf":[{"type":"integer"},{"type":"array","items":{"type":"string"}}]}""", "\"3\"")]
    [InlineData("""{"type":"array"}""", "\"[1]\"")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "5")]
    [InlineData("""{"type":"array","items":{"type":"string"}}""", "null")]
    [InlineData("""{"type":"object","required":["n"],"properties":{"n":{"type":"integer"}}}""", "{}")]
    [InlineData("""{"type":"object","required":["n"],"properties":{"n":{"type":"integer","default":"x"}}}""", "{}")]
    public void Repair_AmbiguousOrImpossible_StaysAsItWas(string schema, string instance)
    {
        RepairResult result = Run(schema, instance);

        result.Repairs.Should().BeEmpty();
        result.Instance.GetProperty("p").GetRawText().Should().Be(instance);
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

    private static RepairResult Run(string schema, string instance) => ArgumentRepair.Repair(
        Compile($$$"""{"properties":{"p":{{{schema}}} },"$defs":{"n":{"type":"number"} } }"""), Value($$"""{"p":{{instance}}}"""));
}
