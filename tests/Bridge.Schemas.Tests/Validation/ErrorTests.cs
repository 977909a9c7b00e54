using Bridge.Schemas.Validation;
using static Bridge.Schemas.Tests.Schemas;

namespace Bridge.Schemas.Tests.Validation;

public class ErrorTests
{
    [Theory]
    [InlineData("""{"enum":["celsius","fahrenheit"]}""", "\"C\"", "enum", "'p' must be one of 'celsius', 'fahrenheit', but it is 'C'.", "`p` must be one of celsius, fahrenheit; got \"C\"")]
    [InlineData("""{"const":1}""", "2", "const", "'p' must be 1, but it is 2.", "`p` must be 1; got 2")]
    [InlineData("""{"type":"integer"}""", "\"2\"", "type", "'p' must be an integer, but it is the string '2'.", "`p` must be integer; got \"2\"")]
    [InlineData("""{"type":["string","null"]}""", "2.5", "type", "'p' must be null or a string, but it is the number 2.5.", "`p` must be null or string; got 2.5")]
    [InlineData("""{"type":"object"}""", "[1]", "type", "'p' must be an object, but it is an array of 1 item.", "`p` must be object; got [1]")]
    [InlineData("""{"type":"array"}""", "{}", "type", "'p' must be an array, but it is an object.", "`p` must be array; got {}")]
    [InlineData("""{"type":"number"}""", "[1,2]", "type", "'p' must be a number, but it is an array of 2 items.", "`p` must be number; got [1,2]")]
    [InlineData("""{"minimum":1}""", "0", "minimum", "'p' must be at least 1, but it is 0.", "`p` must be at least 1; got 0")]
    [InlineData("""{"exclusiveMinimum":1}""", "1.0", "exclusiveMinimum", "'p' must be greater than 1, but it is 1.0.", "`p` must be greater than 1; got 1.0")]
    [InlineData("""{"maximum":1}""", "2", "maximum", "'p' must be at most 1, but it is 2.", "`p` must be at most 1; got 2")]
    [InlineData("""{"exclusiveMaximum":1}""", "1", "exclusiveMaximum", "'p' must be less than 1, but it is 1.", "`p` must be less than 1; got 1")]
    [InlineData("""{"multipleOf":0.01}""", "0.005", "multipleOf", "'p' must be a multiple of 0.01, but it is 0.005.", "`p` must be a multiple of 0.01; got 0.005")]
    [InlineData("""{"minLength":2}""", "\"🐲\"", "minLength", "'p' must have at least 2 characters, but it has 1.", "`p` must have at least 2 characters; got 1")]
    [InlineData("""{"maxLength":1}""", "\"a\\u0000\"", "maxLength", "'p' must have at most 1 character, but it has 2.", "`p` must have at most 1 character; got 2")]
    [InlineData("""{"minItems":1}""", "[]", "minItems", "'p' must have at least 1 item, but it has 0.", "`p` must have at least 1 item; got 0")]
    [InlineData("""{"maxProperties":0}""", """{"a":1}""", "maxProperties", "'p' must have at most 0 members, but it has 1.", "`p` must have at most 0 members; got 1")]
    [InlineData("""{"uniqueItems":true}""", "[1,1.0]", "uniqueItems", "'p' must not hold an item twice, but 1.0 stands there again at position 1.", "`p` must not repeat 1.0")]
    [InlineData("""{"pattern":"^a$"}""", "\"b\"", "pattern", "'p' must match the pattern '^a$', but it is 'b'.", "`p` must match the pattern '^a$'; got \"b\"")]
    [InlineData("""{"format":"date"}""", "\"2026-02-30\"", "format", "'p' must be a date such as '2026-01-31', but it is '2026-02-30'.", "`p` must be a date such as '2026-01-31'; got \"2026-02-30\"")]
    [InlineData("""{"not":{"type":"string"}}""", "\"b\"", "not", "'p' fits a schema that it must not fit.", "`p` has a form that is forbidden")]
    [InlineData("false", "1", "false", "'p' is not allowed here.", "`p` is not allowed")]
    [InlineData("""{"contains":{"type":"string"}}""", "[1]", "contains", "'p' must contain at least 1 item(s) that fit its 'contains' schema, but it contains 0.", "`p` must contain at least 1 fitting item(s); got 0")]
    [InlineData("""{"contains":{},"maxContains":1}""", "[1,2]", "maxContains", "'p' must contain at most 1 item(s) that fit its 'contains' schema, but it contains 2.", "`p` must contain at most 1 fitting item(s); got 2")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", "5", "type", "'p' must be a string, but it is the number 5.", "`p` must be string; got 5")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"boolean"}]}""", "5", "anyOf", "'p' must be string or must be boolean, but it is the number 5.", "`p` must be string or must be boolean; got 5")]
    [InlineData("""{"oneOf":[{"minimum":1},{"minimum":2}]}""", "5", "oneOf", "'p' must fit exactly one of 2 alternatives, but it fits the 1. and the 2.", "`p` fits several of 2 alternatives; make it fit one")]
    public void Validate_OneViolation_SaysItInBothForms(string schema, string instance, string keyword, string message, string hint)
    {
        ValidationError error = Compile($$"""{"properties":{"p":{{schema}} } }""").Validate(Value($$"""{"p":{{instance}}}""")).Single();

        error.Should().Be(new ValidationError("/p", keyword, message, hint));
    }

    [Theory]
    [InlineData("""{"required":["unit"]}""", """{"Unit":1}""", "required", "", "'unit' is required, but it is missing; did 'Unit' mean it?")]
    [InlineData("""{"required":["unit"]}""", """{"untis":1}""", "required", "", "'unit' is required, but it is missing.")]
    [InlineData("""{"required":["unit"]}""", """{"unti":1}""", "required", "", "'unit' is required, but it is missing; did 'unti' mean it?")]
    [InlineData("""{"properties":{"unit":{}},"additionalProperties":false}""", """{"units":1}""", "additionalProperties", "/units", "'units' is not allowed; did you mean 'unit'?")]
    [InlineData("""{"properties":{"unit":{}},"additionalProperties":false}""", """{"x":1}""", "additionalProperties", "/x", "'x' is not allowed; allowed are 'unit'.")]
    [InlineData("""{"additionalProperties":false}""", """{"x":1}""", "additionalProperties", "/x", "'x' is not allowed; no member is.")]
    [InlineData("""{"properties":{"unit":{}}}""", """{"Unit":1}""", "case", "/Unit", "'Unit' is not a member; write 'unit', in exactly this case.")]
    [InlineData("""{"propertyNames":{"maxLength":1}}""", """{"a/b":1}""", "propertyNames", "/a~1b", "'a/b' is not an allowed name: the name must have at most 1 character, but it has 3.")]
    [InlineData("""{"dependentRequired":{"a":["b"]}}""", """{"a":1}""", "dependentRequired", "", "'b' is required because 'a' is given, but it is missing.")]
    [InlineData("""{"type":"object"}""", "5", "type", "", "The value must be an object, but it is the number 5.")]
    [InlineData("""{"unevaluatedProperties":false}""", """{"a":1}""", "false", "/a", "'a' is not allowed here.")]
    public void Validate_Members_NamesThem(string schema, string instance, string keyword, string pointer, string message)
    {
        ValidationError error = Compile(schema).Validate(Value(instance)).Single();

        (error.Keyword, error.Pointer).Should().Be((keyword, pointer));
        error.Message.Should().Be(message);
    }

    [Fact]
    public void Validate_SeveralViolations_ReportsAllInOrder()
    {
        var schema = Compile("""
            {"type":"object","required":["z","a"],"properties":{"a":{"type":"string"},"tags":{"type":"array","items":{"type":"string","maxLength":3}},"u":{"type":"object","properties":{"n":{"minimum":1}}}}}
            """);
        var instance = Value("""{"a":1,"tags":["ok",2,"long"],"u":{"n":0}}""");

        var errors = schema.Validate(instance);

        errors.Select(error => (error.Pointer, error.Keyword)).Should().Equal(
            ("/a", "type"), ("/tags/1", "type"), ("/tags/2", "maxLength"), ("/u/n", "minimum"), ("", "required"));
        errors[1].Message.Should().StartWith("'tags[1]' ");
        errors[3].Hint.Should().StartWith("`u.n` ");
        schema.Validate(instance).Should().Equal(errors);
    }

    [Fact]
    public void Validate_AlternativesOfObjects_ReportsTheClosest()
    {
        var schema = Compile("""
            {"oneOf":[{"properties":{"kind":{"const":"a"}},"required":["kind","x","y","w"]},{"properties":{"kind":{"const":"b"}},"required":["kind","z"]},{"type":"string"}]}
            """);

        ValidationError error = schema.Validate(Value("""{"kind":"b"}""")).Single();

        error.Keyword.Should().Be("required");
        error.Message.Should().Be("'z' is required, but it is missing (the closest of the 3 alternatives of 'oneOf').");
    }

    [Fact]
    public void Validate_LongValue_IsCut()
    {
        ValidationError error = Compile("""{"type":"integer"}""").Validate(Value($"\"{new string('x', 5000)}\\n\"")).Single();

        error.Message.Length.Should().BeLessThan(200);
        error.Message.Should().Contain("…");
    }

    [Fact]
    public void Validate_ManyErrors_AreCountedNotListed()
    {
        var errors = Compile("""{"items":{"type":"string"}}""").Validate(Value("[" + string.Join(',', Enumerable.Range(0, 1000)) + "]"));

        errors.Should().HaveCount(257);
        errors[^1].Keyword.Should().Be("budget");
    }

    [Fact]
    public void Validate_NamesThatDifferInCase_AreDifferentByTheStandard()
    {
        var schema = Bridge.Schemas.Compilation.CompiledSchema.Compile(
            Value("""{"properties":{"unit":{}}}"""), Bridge.Schemas.Compilation.SchemaOptions.Standard);

        schema.Validate(Value("""{"Unit":1,"unit":2}""")).Should().BeEmpty();
        Compile("""{"properties":{"unit":{}}}""").Validate(Value("""{"Unit":1,"unit":2}""")).Single().Keyword.Should().Be("case");
    }

    [Fact]
    public void Validate_ManyDeclaredMembers_FindsEscapedAndPlainNames()
    {
        string members = string.Join(',', Enumerable.Range(0, 600).Select(i => $"\"m{i}\":{{\"type\":\"integer\"}}"));
        var schema = Compile($$$"""{"properties":{ {{{members}}} },"required":["m599"],"additionalProperties":false}""");

        schema.IsValid(Value("""{"m5":1,"m\u0035\u0039\u0039":2}""")).Should().BeTrue();
        schema.Validate(Value("""{"m\u0035":"x"}""")).Select(error => error.Keyword).Should().Equal("type", "required");
        schema.Validate(Value("""{"zzz":1,"m599":1}""")).Single().Message.Should().Contain("and 580 more");
    }
}
