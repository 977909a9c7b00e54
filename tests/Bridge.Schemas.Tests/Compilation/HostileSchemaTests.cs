using System.Diagnostics;
using Bridge.Schemas.Compilation;
using static Bridge.Schemas.Tests.Schemas;

namespace Bridge.Schemas.Tests.Compilation;

public class HostileSchemaTests
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(10);

    public static TheoryData<string, string> Refused => new()
    {
        { "http reference", """{"$ref":"http://127.0.0.1:9/s.json"}""" },
        { "file reference", """{"properties":{"a":{"$ref":"file:///etc/passwd"}}}""" },
        { "reference out of an id", """{"$id":"http://127.0.0.1:9/a/","properties":{"a":{"$ref":"b.json"}}}""" },
        { "dynamic reference", """{"$dynamicRef":"http://127.0.0.1:9/s.json#a"}""" },
        { "percent-encoded circle", """{"$defs":{"a b":{"$ref":"#/$defs/a%20b"}},"$ref":"#/$defs/a%20b"}""" },
        { "great least length", """{"minLength":1e400}""" },
        { "least properties", """{"minProperties":99999999999999999999}""" },
        { "least size", """{"minItems":1e9}""" },
        { "self reference", """{"$ref":"#"}""" },
        { "circle", """{"$ref":"#/$defs/a","$defs":{"a":{"anyOf":[{"type":"string"},{"$ref":"#/$defs/b"}]},"b":{"allOf":[{"$ref":"#/$defs/a"}]}}}""" },
        { "conditional circle", """{"if":{"type":"string"},"then":{"$ref":"#"}}""" },
        { "big enum", "{\"enum\":[" + string.Join(',', Enumerable.Range(0, 10_001)) + "]}" },
        { "huge enum", "{\"enum\":[\"" + new string('x', 5_000_000) + "\"]}" },
        { "long pattern", "{\"pattern\":\"" + new string('a', 5000) + "\"}" },
        { "nested pattern", "{\"pattern\":\"" + new string('(', 60) + new string(')', 60) + "\"}" },
        { "big counts", """{"pattern":"a{1000000}"}""" },
        { "many nodes", "{\"anyOf\":[" + string.Join(',', Enumerable.Repeat("{}", 20_001)) + "]}" },
        { "long chain", "{\"$ref\":\"#/$defs/a0\",\"$defs\":{" + string.Join(',', Enumerable.Range(0, 400).Select(i => $"\"a{i}\":{{\"$ref\":\"#/$defs/a{i + 1}\"}}")) + ",\"a400\":{}}}" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    [Trait("Attack", "J6")]
    public void J6_Compile_OverBudget_IsRefusedSoon(string what, string schema)
    {
        var watch = Stopwatch.StartNew();
        Action compile = () => Compile(schema);

        compile.Should().Throw<InvalidSchemaException>(what).Which.Message.Should().EndWith(".").And.Match(message => message.Length < 400);
        watch.Elapsed.Should().BeLessThan(s_soon);
    }

    [Fact]
    [Trait("Attack", "J4")]
    public void J4_Compile_DeepNesting_IsRefused()
    {
        string schema = string.Concat(Enumerable.Repeat("{\"not\":", 100)) + "{}" + new string('}', 100);
        using var document = System.Text.Json.JsonDocument.Parse(schema, new System.Text.Json.JsonDocumentOptions { MaxDepth = 200 });
        Action compile = () => CompiledSchema.Compile(document.RootElement);

        compile.Should().Throw<InvalidSchemaException>().WithMessage("*deeper*");
    }

    [Fact]
    [Trait("Attack", "J6")]
    public void J6_Validate_ExponentialAlternatives_AreGivenUp()
    {
        string definitions = string.Join(',', Enumerable.Range(0, 40).Select(i =>
            $"\"a{i}\":{{\"anyOf\":[{{\"$ref\":\"#/$defs/a{i + 1}\"}},{{\"$ref\":\"#/$defs/a{i + 1}\"}}]}}"));
        var schema = Compile($$$"""{"$ref":"#/$defs/a0","$defs":{ {{{definitions}}},"a40":{"type":"string"} } }""");

        schema.Validate(Value("5")).Single().Keyword.Should().Be("budget");
        schema.IsValid(Value("5")).Should().BeFalse();
    }

    [Theory]
    [InlineData("enum")]
    [InlineData("const")]
    public void Validate_ManyComparisonsOfABigValue_AreGivenUp(string keyword)
    {
        string zeros = string.Join(',', Enumerable.Repeat("0", 1000));
        string value = keyword == "enum" ? $"[[{zeros},1]]" : $"[{zeros},1]";
        string many = string.Join(',', Enumerable.Repeat("{\"$ref\":\"#/$defs/a\"}", 5000));
        var schema = Compile($"{{\"allOf\":[{many}],\"$defs\":{{\"a\":{{\"not\":{{\"{keyword}\":{value}}}}}}}}}");

        schema.Validate(Value($"[{zeros},0]")).Single().Keyword.Should().Be("budget");
        schema.IsValid(Value("[0]")).Should().BeTrue("small values are compared as often");
    }

    [Theory]
    [InlineData(8)]
    [InlineData(2000)]
    public void Validate_ManyLooksForRepeatedItems_AreGivenUp(int count)
    {
        string items = string.Join(',', Enumerable.Range(0, count).Select(i => $"[{string.Join(',', Enumerable.Repeat(0, 2000 / count))},{i}]"));
        string many = string.Join(',', Enumerable.Repeat("{\"$ref\":\"#/$defs/a\"}", 5000));
        var schema = Compile($"{{\"allOf\":[{many}],\"$defs\":{{\"a\":{{\"uniqueItems\":true}}}}}}");

        schema.Validate(Value($"[{items}]")).Single().Keyword.Should().Be("budget");
        schema.IsValid(Value("[1,2]")).Should().BeTrue("few items are compared as often");
        Compile("""{"uniqueItems":true}""").IsValid(Value($"[{items}]")).Should().BeTrue("once is not too much");
    }

    [Fact]
    public void Validate_RepeatedItemAmongMany_NamesTheFirst()
    {
        string items = string.Join(',', Enumerable.Range(0, 50));

        Compile("""{"uniqueItems":true}""").Validate(Value($"[{items},31.0,{{}},7,{{}}]")).Single().Message.Should().Contain("31.0 stands there again at position 50");
    }

    [Theory]
    [InlineData("^(a+)+$")]
    [InlineData("^(a|a)*$")]
    [Trait("Attack", "J6")]
    public void J6_Validate_CatastrophicPattern_EndsSoon(string pattern)
    {
        var schema = Compile($$"""{"pattern":"{{pattern}}"}""");

        schema.IsValid(Value($"\"{new string('a', 5000)}!\"")).Should().BeFalse();
    }

    [Fact]
    [Trait("Attack", "J6")]
    public void J6_Validate_PatternThatTimesOut_IsAnError()
    {
        var schema = Compile("""{"pattern":"^(?=.)((a|aa)+)+(!\\b|\\d)$","patternProperties":{"^(?=.)((a|aa)+)+(!\\b|\\d)$":{}}}""");
        string hostile = new string('a', 40) + "!";

        schema.Validate(Value($"\"{hostile}\"")).Single().Message.Should().Contain("in time");
        schema.Validate(Value($"{{\"{hostile}\":1}}")).Single().Keyword.Should().Be("patternProperties");
    }

    [Theory]
    [InlineData("pattern")]
    [InlineData("patternProperties")]
    [Trait("Attack", "J6")]
    public void J6_Validate_ManyPatternsAgainstALongText_EndSoon(string keyword)
    {
        string patterns = string.Join(',', Enumerable.Range(0, 3000).Select(i =>
            keyword == "pattern" ? $"{{\"pattern\":\"(a|b|ab)*{i}$\"}}" : $"{{\"patternProperties\":{{\"(a|b|ab)*{i}$\":{{}}}}}}"));
        var schema = Compile($"{{\"anyOf\":[{patterns},false]}}");
        string text = new('a', 1_000_000);
        var watch = Stopwatch.StartNew();

        schema.Validate(Value(keyword == "pattern" ? $"\"{text}\"" : $"{{\"{text}\":1}}"));

        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(20));
    }

    [Fact]
    [Trait("Attack", "J6")]
    public void J6_Validate_ManyMissingAndUnknownMembers_EndsSoon()
    {
        string required = string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"\"required{i}\""));
        string members = string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"\"unknown{i}\":1"));
        var schema = Compile($"{{\"required\":[{required}]}}");

        schema.Validate(Value($"{{{members}}}")).Should().HaveCount(257);
    }

    [Fact]
    [Trait("Attack", "J6")]
    public void J6_Validate_RecursiveSchema_FollowsTheInstance()
    {
        var schema = Compile("""{"type":"object","properties":{"next":{"$ref":"#"}},"additionalProperties":false}""");

        schema.IsValid(Value("""{"next":{"next":{}}}""")).Should().BeTrue();
        schema.Validate(Value("""{"next":{"next":5}}""")).Single().Pointer.Should().Be("/next/next");
    }

    [Fact]
    [Trait("Attack", "J4")]
    public void J4_Validate_BoundsBeyondDouble_AreExact()
    {
        Compile("""{"maximum":9007199254740992}""").IsValid(Value("9007199254740993")).Should().BeFalse();
        Compile("""{"multipleOf":0.1}""").IsValid(Value("0.3")).Should().BeTrue();
        Compile("""{"multipleOf":3}""").IsValid(Value("1e999999999")).Should().BeFalse();
        Compile("""{"maximum":1e400}""").IsValid(Value("1e399")).Should().BeTrue();
    }
}
