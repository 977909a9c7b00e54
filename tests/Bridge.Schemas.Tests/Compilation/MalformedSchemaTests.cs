using Bridge.Schemas.Compilation;
using static Bridge.Schemas.Tests.Schemas;

namespace Bridge.Schemas.Tests.Compilation;

public class MalformedSchemaTests
{
    [Theory]
    [InlineData("5", "")]
    [InlineData("""{"type":"str"}""", "/type")]
    [InlineData("""{"type":[]}""", "/type")]
    [InlineData("""{"type":5}""", "/type")]
    [InlineData("""{"enum":5}""", "/enum")]
    [InlineData("""{"required":true}""", "/required")]
    [InlineData("""{"required":[1]}""", "/required")]
    [InlineData("""{"minimum":"1"}""", "/minimum")]
    [InlineData("""{"multipleOf":0}""", "/multipleOf")]
    [InlineData("""{"minLength":-1}""", "/minLength")]
    [InlineData("""{"minLength":1.5}""", "/minLength")]
    [InlineData("""{"maxItems":"1"}""", "/maxItems")]
    [InlineData("""{"pattern":"("}""", "/pattern")]
    [InlineData("""{"pattern":5}""", "/pattern")]
    [InlineData("""{"format":5}""", "/format")]
    [InlineData("""{"uniqueItems":1}""", "/uniqueItems")]
    [InlineData("""{"properties":[]}""", "/properties")]
    [InlineData("""{"properties":{"a/b":{"properties":{"c":5}}}}""", "/properties/a~1b/properties/c")]
    [InlineData("""{"patternProperties":{"(":{}}}""", "/patternProperties")]
    [InlineData("""{"anyOf":[]}""", "/anyOf")]
    [InlineData("""{"allOf":{}}""", "/allOf")]
    [InlineData("""{"allOf":[{},1]}""", "/allOf/1")]
    [InlineData("""{"dependentRequired":{"a":{}}}""", "/dependentRequired")]
    [InlineData("""{"dependentSchemas":{"a":[]}}""", "/dependentSchemas")]
    [InlineData("""{"$ref":5}""", "/$ref")]
    [InlineData("""{"$ref":"#/nowhere"}""", "/$ref")]
    [InlineData("""{"$ref":"#anchor"}""", "/$ref")]
    [InlineData("""{"$ref":"http://example.org/s.json"}""", "/$ref")]
    [InlineData("""{"$ref":"file:///etc/passwd"}""", "/$ref")]
    [InlineData("""{"$id":"http://[","properties":{}}""", "")]
    [InlineData("""{"type":"string","type":"number"}""", "")]
    [InlineData("""{"properties":{"a":{},"a":{}}}""", "/properties")]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2020-12/schema","items":[{}]}""", "/items")]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2020-12/schema","minimum":0,"exclusiveMinimum":true}""", "/exclusiveMinimum")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#","maximum":0,"exclusiveMaximum":false}""", "/exclusiveMaximum")]
    [InlineData("""{"exclusiveMinimum":"true"}""", "/exclusiveMinimum")]
    public void Compile_Malformed_SaysWhere(string schema, string pointer)
    {
        Action compile = () => Compile(schema);

        compile.Should().Throw<InvalidSchemaException>().Which.Pointer.Should().Be(pointer);
    }

    [Fact]
    public void Compile_NoSchema_IsRefused()
    {
        Action compile = () => CompiledSchema.Compile(default);

        compile.Should().Throw<InvalidSchemaException>();
    }

    [Fact]
    public void Compile_UndeclaredDraft_UnderstandsOldTuples()
    {
        var schema = Compile("""{"items":[{"type":"string"}],"additionalItems":false}""");

        schema.IsValid(Value("""["a"]""")).Should().BeTrue();
        schema.IsValid(Value("""["a",1]""")).Should().BeFalse();
        schema.IsValid(Value("[1]")).Should().BeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"$schema\":\"http://json-schema.org/draft-04/schema#\",")]
    public void Compile_UndeclaredDraft_UnderstandsOldBounds(string draft)
    {
        var open = Compile($$"""{{{draft}}"minimum":0,"exclusiveMinimum":true,"maximum":9,"exclusiveMaximum":true}""");
        var closed = Compile($$"""{{{draft}}"minimum":0,"exclusiveMinimum":false,"maximum":9,"exclusiveMaximum":false}""");

        (open.IsValid(Value("0")), open.IsValid(Value("1")), open.IsValid(Value("9"))).Should().Be((false, true, false));
        (closed.IsValid(Value("0")), closed.IsValid(Value("9")), closed.IsValid(Value("10"))).Should().Be((true, true, false));
    }

    [Fact]
    public void Compile_UnknownKeywords_AreIgnored() => Compile("""{"x-y":{"type":5},"optional":true}""").IsValid(Value("1")).Should().BeTrue();
}
