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

    [Fact]
    public void Compile_UnknownKeywords_AreIgnored() => Compile("""{"x-y":{"type":5},"optional":true}""").IsValid(Value("1")).Should().BeTrue();
}
