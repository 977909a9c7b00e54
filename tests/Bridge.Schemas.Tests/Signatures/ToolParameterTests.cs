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

        parameter.Values.Select(value => value.GetString()).Should().Equal("a", "b");
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
        parameter.Item!.Values.Single().GetString().Should().Be("x");
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
    public void List_RecursiveSchema_SaysWhatItRepeats()
    {
        ToolParameter parameter = List("""
            {"properties":{"node":{"$ref":"#/$defs/node"}},"$defs":{"node":{"type":"object","properties":{"next":{"$ref":"#/$defs/node"}}}}}
            """).Single();

        parameter.Properties.Single().Should().BeEquivalentTo(new { Name = "next", Type = ParameterType.Object, Repeats = "node" });
    }

    [Fact]
    public void List_SchemaBesideASharedBase_IsNoRecursion()
    {
        ToolParameter parameter = List("""
            {"properties":{"o":{"allOf":[{"$ref":"#/$defs/base"}],"properties":{"i":{"allOf":[{"$ref":"#/$defs/base"}],"properties":{"x":{}}}}}},
             "$defs":{"base":{"properties":{"id":{"type":"string"}}}}}
            """).Single();

        parameter.Properties.Single(member => member.Name == "i").Properties.Select(member => member.Name).Should().Equal("x", "id");
    }

    [Fact]
    public void List_DeepSchema_IsReadToItsGround()
    {
        string schema = Enumerable.Range(0, 30).Aggregate("""{"type":"integer"}""", (inner, _) => $$"""{"properties":{"p":{{inner}} } }""");

        ToolParameter parameter = List(schema).Single();
        int depth = 1;
        for (; parameter.Properties.Length > 0; depth++)
        {
            parameter = parameter.Properties.Single();
        }

        (depth, parameter.Type).Should().Be((30, ParameterType.Integer));
    }

    [Theory]
    [InlineData("properties")]
    [InlineData("anyOf")]
    public void List_SchemaThatUnfoldsWithoutBound_IsCut(string kind)
    {
        string Level(int i) => kind == "anyOf"
            ? $$"""{"anyOf":[{"$ref":"#/$defs/d{{i + 1}}"},{"$ref":"#/$defs/d{{i + 1}}"}]}"""
            : $$"""{"properties":{"a":{"$ref":"#/$defs/d{{i + 1}}"},"b":{"$ref":"#/$defs/d{{i + 1}}"} } }""";
        string levels = string.Join(',', Enumerable.Range(0, 40).Select(i => $"\"d{i}\":{Level(i)}"));

        ToolParameter parameter = List($$"""{"properties":{"p":{"$ref":"#/$defs/d0"} },"$defs":{ {{levels}},"d40":{"type":"string"} } }""").Single();

        Flatten(parameter).Should().HaveCountLessThan(20_000).And.Contain(part => part.IsCut);
    }

    [Theory]
    [InlineData("""{"$ref":"#n"}""")]
    [InlineData("""{"$ref":"https://example.org/other"}""")]
    [InlineData("""{"$ref":"https://example.org/other#/$defs/inner"}""")]
    [InlineData("""{"$ref":"inner"}""")]
    [InlineData("""{"$dynamicRef":"#d"}""")]
    [InlineData("""{"anyOf":[{"$ref":"#n"},{"type":"null"}]}""")]
    public void List_ReferenceOfAnyKind_IsFollowed(string schema)
    {
        var options = SchemaOptions.ForTools with
        {
            Documents = ImmutableDictionary<string, JsonElement>.Empty.Add(
                "https://example.org/other", JsonElement.Parse("""{"$id":"https://example.org/other","type":"integer","minimum":3,"$defs":{"inner":{"type":"integer","minimum":3}}}""")),
        };
        var compiled = CompiledSchema.Compile(
            JsonElement.Parse($$"""
                {"$id":"https://example.org/tool","properties":{"p":{{schema}}},"$defs":{
                  "a":{"$anchor":"n","type":"integer","minimum":3},
                  "b":{"$id":"inner","type":"integer","minimum":3},
                  "c":{"$dynamicAnchor":"d","type":"integer","minimum":3} } }
                """),
            options);

        ToolParameter parameter = ToolParameter.List(compiled).Single();

        (parameter.Type, parameter.Bounds.Minimum).Should().Be((ParameterType.Integer, 3.0));
    }

    [Fact]
    public void List_DynamicReferenceToItself_Ends() =>
        List("""{"properties":{"p":{"$dynamicAnchor":"d","anyOf":[{"$dynamicRef":"#d"},{"properties":{"x":{}}}]}}}""").Should().HaveCount(1);

    [Fact]
    public void List_Draft7_HasNoBoundsBesideAReference()
    {
        ToolParameter parameter = List("""
            {"$schema":"http://json-schema.org/draft-07/schema#","properties":{"p":{"$ref":"#/definitions/n","minimum":3,"description":"The n"}},"definitions":{"n":{"type":"number","maximum":9}}}
            """).Single();

        parameter.Bounds.Should().Be(new NumberBounds(null, 9));
        parameter.Description.Should().Be("The n");
    }

    [Theory]
    [InlineData("""{"type":["string","null"],"enum":["a"]}""", false)]
    [InlineData("""{"type":"string","enum":["a",null]}""", false)]
    [InlineData("""{"type":["string","null"],"enum":["a",null]}""", true)]
    [InlineData("""{"anyOf":[{"enum":["a"]},{"type":"null"}]}""", true)]
    [InlineData("""{"type":"string","anyOf":[{"enum":["a"]},{"type":"null"}]}""", false)]
    [InlineData("""{"allOf":[{"type":["string","null"]},{"type":"string"}]}""", false)]
    public void List_Nullable_IsWhatTheValidatorAllows(string schema, bool nullable)
    {
        ToolParameter parameter = List($$"""{"properties":{"p":{{schema}} } }""").Single();

        parameter.Nullable.Should().Be(nullable);
        CompiledSchema.Compile(JsonElement.Parse(schema)).IsValid(JsonElement.Parse("null")).Should().Be(nullable);
    }

    [Fact]
    public void List_RequiredButNotDeclared_StandsLast() =>
        List("""{"properties":{"a":{"type":"string"}},"required":["z"]}""").Select(parameter => (parameter.Name, parameter.Type, parameter.Required))
            .Should().Equal(("a", ParameterType.String, false), ("z", ParameterType.Any, true));

    [Fact]
    public void List_Alternatives_AreReadEach()
    {
        ToolParameter parameter = List("""
            {"properties":{"p":{"oneOf":[{"properties":{"kind":{"const":"c"}},"required":["kind"]},{"type":"string","format":"date"},{"type":"null"}]}}}
            """).Single();

        parameter.Nullable.Should().BeTrue();
        parameter.Types.Should().Equal(ParameterType.Object, ParameterType.String);
        parameter.Alternatives.Select(branch => branch.Type).Should().Equal(ParameterType.Object, ParameterType.String);
        parameter.Alternatives[0].Properties.Single().Values.Single().GetString().Should().Be("c");
    }

    [Fact]
    public void Equals_SameSchemaReadTwice_IsTrue()
    {
        const string schema = """{"properties":{"a":{"enum":["x"],"default":"x"},"b":{"items":{"type":"string"}}}}""";

        List(schema).Should().Equal(List(schema));
        List(schema).Single(parameter => parameter.Name == "a").Should().NotBe(List("""{"properties":{"a":{"enum":["y"],"default":"x"}}}""").Single());
    }

    [Fact]
    public void List_NoMembers_IsEmpty() => List("{}").Should().BeEmpty();

    private static IEnumerable<ToolParameter> Flatten(ToolParameter parameter) =>
        parameter.Properties.Concat(parameter.Alternatives).SelectMany(Flatten).Prepend(parameter);

    private static ImmutableArray<ToolParameter> List(string schema)
    {
        using JsonDocument document = JsonDocument.Parse(schema);
        return ToolParameter.List(CompiledSchema.Compile(document.RootElement));
    }
}
