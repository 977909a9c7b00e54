using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Signatures;

namespace Bridge.Schemas.Tests.Signatures;

public class ToolParameterTests
{
    [Fact]
    public void List_PlainObject_GivesMembersInOrder()
    {
        ImmutableArray<ToolParameter> parameters = List("""
            {"type":"object","properties":{"b":{"type":"number","description":"The second"},"a":{"type":"integer","default":5}},"required":["b"]}
            """);

        parameters.Select(parameter => parameter.Name).Should().Equal("b", "a");
        parameters[0].Should().BeEquivalentTo(new { Type = ParameterType.Number, Description = "The second", Required = true });
        parameters[1].Type.Should().Be(ParameterType.Integer);
        parameters[1].Required.Should().BeFalse();
        parameters[1].Default!.Value.GetInt32().Should().Be(5);
    }

    [Theory]
    [InlineData("""{"type":["string","null"]}""", ParameterType.String, true)]
    [InlineData("""{"anyOf":[{"type":"integer"},{"type":"null"}]}""", ParameterType.Integer, true)]
    [InlineData("""{"oneOf":[{"type":"null"},{"$ref":"#/$defs/n"}]}""", ParameterType.Number, true)]
    [InlineData("""{"allOf":[{"$ref":"#/$defs/n"}]}""", ParameterType.Number, false)]
    [InlineData("""{"$ref":"#/$defs/n"}""", ParameterType.Number, false)]
    [InlineData("""{"type":["string","number"]}""", ParameterType.Any, false)]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"number"}]}""", ParameterType.Any, false)]
    [InlineData("""{"enum":["a","b",null]}""", ParameterType.String, true)]
    [InlineData("""{"const":3}""", ParameterType.Integer, false)]
    [InlineData("""{"const":3.5}""", ParameterType.Number, false)]
    [InlineData("""{"const":true}""", ParameterType.Boolean, false)]
    [InlineData("""{"items":{}}""", ParameterType.Array, false)]
    [InlineData("""{"properties":{"a":{}}}""", ParameterType.Object, false)]
    [InlineData("""{"type":"null"}""", ParameterType.Null, false)]
    [InlineData("""{"type":"boolean"}""", ParameterType.Boolean, false)]
    [InlineData("true", ParameterType.Any, false)]
    public void List_OneParameter_SeesThroughToItsType(string schema, ParameterType type, bool nullable)
    {
        ToolParameter parameter = List($$"""{"properties":{"p":{{schema}}},"$defs":{"n":{"type":"number"} } }""").Single();

        parameter.Type.Should().Be(type);
        parameter.Nullable.Should().Be(nullable);
    }

    [Fact]
    public void List_AlternativesOfConstants_IsAnEnum()
    {
        ToolParameter parameter = List("""{"properties":{"p":{"anyOf":[{"const":"a"},{"const":"b"},{"type":"null"}]}}}""").Single();

        parameter.Enum.Select(value => value.GetString()).Should().Equal("a", "b");
        parameter.Types.Should().Equal(ParameterType.String);
        parameter.Nullable.Should().BeTrue();
    }

    [Fact]
    public void List_Bounds_TakesTheTighterOfInclusiveAndExclusive()
    {
        ToolParameter parameter = List("""
            {"properties":{"p":{"type":"number","minimum":1,"exclusiveMinimum":2,"maximum":3,"exclusiveMaximum":9,"multipleOf":0.5}}}
            """).Single();

        parameter.Bounds.Should().Be(new NumberBounds(2, 3, MinimumExclusive: true, MaximumExclusive: false, 0.5));
        parameter.Bounds.Contains(2).Should().BeFalse();
        parameter.Bounds.Contains(3).Should().BeTrue();
        parameter.Bounds.Contains(4).Should().BeFalse();
        NumberBounds.None.Contains(double.MaxValue).Should().BeTrue();
        new NumberBounds(null, 3, MaximumExclusive: true).Contains(3).Should().BeFalse();
    }

    [Fact]
    public void List_Array_DescribesItsItems()
    {
        ToolParameter parameter = List("""
            {"properties":{"p":{"type":"array","minItems":1,"maxItems":4,"items":{"type":"string","enum":["x"]},"examples":[["x"]]}}}
            """).Single();

        parameter.Type.Should().Be(ParameterType.Array);
        parameter.MinLength.Should().Be(1);
        parameter.MaxLength.Should().Be(4);
        parameter.Item!.Enum.Single().GetString().Should().Be("x");
        parameter.Examples.Should().HaveCount(1);
    }

    [Fact]
    public void List_String_DescribesFormatPatternAndLength()
    {
        ToolParameter parameter = List("""
            {"properties":{"p":{"type":"string","title":"A day","format":"date","pattern":"^2","minLength":2,"maxLength":10}}}
            """).Single();

        parameter.Should().BeEquivalentTo(new { Description = "A day", Format = "date", Pattern = "^2", MinLength = 2, MaxLength = 10 });
    }

    [Fact]
    public void List_MembersSpreadOverAllOf_AreMerged()
    {
        ImmutableArray<ToolParameter> parameters = List("""
            {"allOf":[{"properties":{"a":{"type":"string"}},"required":["a"]},{"properties":{"a":{},"b":{"type":"number"}}}]}
            """);

        parameters.Select(parameter => (parameter.Name, parameter.Required)).Should().Equal(("a", true), ("b", false));
    }

    [Fact]
    public void List_RecursiveSchema_Ends()
    {
        ToolParameter parameter = List("""
            {"properties":{"node":{"$ref":"#/$defs/node"}},"$defs":{"node":{"type":"object","properties":{"next":{"$ref":"#/$defs/node"}}}}}
            """).Single();

        parameter.Properties.Single().Name.Should().Be("next");
    }

    [Fact]
    public void List_NoMembers_IsEmpty() => List("{}").Should().BeEmpty();

    private static ImmutableArray<ToolParameter> List(string schema)
    {
        using JsonDocument document = JsonDocument.Parse(schema);
        return ToolParameter.List(CompiledSchema.Compile(document.RootElement));
    }
}
