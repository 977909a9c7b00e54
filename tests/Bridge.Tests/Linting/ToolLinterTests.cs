using System.Text.RegularExpressions;
using Bridge.Linting;
using Bridge.TestKit;

namespace Bridge.Tests.Linting;

public class ToolLinterTests
{
    private const string Good = """{"name":"add","description":"Adds","inputSchema":{"type":"object","properties":{"a":{"type":"number","description":"The first term"}},"required":["a"]}}""";

    public static TheoryData<string, string?, string> Faults => new()
    {
        { "no-name", null, """{"description":"d","inputSchema":{"type":"object"}}""" },
        { "name-not-portable", null, """{"name":"Hello Tool","description":"d","inputSchema":{"type":"object"}}""" },
        { "double-underscore", null, """{"name":"a__b","description":"d","inputSchema":{"type":"object"}}""" },
        { "invisible-character", null, """{"name":"a\u200bb","description":"d","inputSchema":{"type":"object"}}""" },
        { "invisible-character", null, """{"name":"a","description":"d \udb40\udc41","inputSchema":{"type":"object"}}""" },
        { "lookalike-letter", null, """{"name":"r\u0435ad","description":"d","inputSchema":{"type":"object"}}""" },
        { "no-description", null, """{"name":"a","inputSchema":{"type":"object"}}""" },
        { "long-description", null, $$"""{"name":"a","description":"{{new string('d', 1025)}}","inputSchema":{"type":"object"} }""" },
        { "no-schema", null, """{"name":"a","description":"d"}""" },
        { "invalid-schema", "/properties/p/type", Parameter("""{"type":"text"}""") },
        { "unsatisfiable-schema", "", """{"name":"a","description":"d","inputSchema":{"type":"object","properties":{"p":{"enum":[]}},"required":["p"]}}""" },
        { "not-an-object", "", """{"name":"a","description":"d","inputSchema":{"type":"string"}}""" },
        { "root-without-type", "", """{"name":"a","description":"d","inputSchema":{}}""" },
        { "required-not-allowed", "/required", """{"name":"a","description":"d","inputSchema":{"type":"object","properties":{},"required":["p"],"additionalProperties":false}}""" },
        { "required-not-declared", "/required", """{"name":"a","description":"d","inputSchema":{"type":"object","properties":{},"required":["p"]}}""" },
        { "untyped-parameter", "/properties/p", Parameter("""{"description":"d"}""") },
        { "untyped-parameter", "/properties/p/items", Parameter("""{"type":"array","items":{}}""") },
        { "undescribed-parameter", "/properties/p", Parameter("""{"type":"string","title":"P"}""") },
        { "long-parameter-description", "/properties/p", Parameter($$"""{"type":"string","description":"{{new string('d', 1025)}}"} """) },
        { "invisible-character", "/properties/p", Parameter("""{"type":"string","description":"d\u2062"}""") },
        { "invalid-default", "/properties/p/default", Parameter("""{"type":"string","default":null}""") },
        { "invalid-example", "/properties/p/examples/1", Parameter("""{"type":"string","examples":["a",1]}""") },
        { "duplicate-value", "/properties/p/enum/1", Parameter("""{"enum":["a","a"]}""") },
        { "unknown-keyword", "/properties/p/optional", Parameter("""{"type":"string","optional":true}""") },
        { "recursive-parameter", "/properties/p/properties/q", Parameter("""{"type":"object","properties":{"q":{"$ref":"#/properties/p"}}}""") },
        { "checked-after-decoding", "/properties/p", Parameter("""{"type":"string","not":{"const":"x"}}""") },
        { "large-definition", null, Parameter($$"""{"enum":[{{string.Join(',', Enumerable.Range(0, 900).Select(i => $"\"value {i}\""))}}]}""") },
        { "schema-unfolds-endlessly", "", Unfolding() },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    [Trait("Attack", "M3")]
    public void Lint_Fault_IsFoundAtItsPlace(string code, string? pointer, string tool) =>
        Lint(tool).Single().Findings.Should().Contain(finding => finding.Code == code && finding.Pointer == pointer, tool);

    [Fact]
    public void Lint_EveryDocumentedCode_HasATest()
    {
        string page = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "docs", "tools.md"));
        IEnumerable<string> documented = Regex.Matches(page, @"^\| `([a-z-]+)` \|", RegexOptions.Multiline).Select(match => match.Groups[1].Value);

        Faults.Select(row => row.Data.Item1).Append("duplicate-name").Append("tool-quarantined").Distinct().Should().BeEquivalentTo(documented);
    }

    [Fact]
    public void Lint_GoodTool_HasNoFindingsAndItsSizes()
    {
        LintedTool tool = Lint(Good).Single();

        tool.Findings.Should().BeEmpty();
        tool.Signature!.Value.Characters.Should().Be("add - Adds\n a:number - The first term".Length);
        tool.Definition!.Value.Characters.Should().BeGreaterThan(2 * tool.Signature.Value.Characters);
        tool.Definition.Value.Tokens.Should().BeGreaterThan(tool.Signature.Value.Tokens);
    }

    [Fact]
    public void Lint_SameNameOfOneSource_IsAnError()
    {
        Lint($"[{Good},{Good}]").SelectMany(tool => tool.Findings).Should().ContainSingle().Which.Should().BeEquivalentTo(new { Code = "duplicate-name", Level = LintLevel.Error });
        Lint($"{Good}\n{Good.Replace("\"name\"", "\"server\":\"other\",\"name\"", StringComparison.Ordinal)}").SelectMany(tool => tool.Findings).Should().BeEmpty();
    }

    [Fact]
    public void Lint_Quarantined_SaysWhy() =>
        ToolLinter.Lint([new ToolDefinition("a", "d", null) { Quarantine = "Its name is twice there." }]).Single().Findings
            .Should().ContainSingle(finding => finding.Code == "tool-quarantined" && finding.Message.Contains("twice"));

    [Theory]
    [InlineData("family 👨‍👩‍👧 and 🏴󠁧󠁢󠁥󠁮󠁧󠁿, naïve café, line\nbreak\ttab, می‌خواهم")]
    public void Lint_HonestText_IsNotSuspected(string text) =>
        ToolLinter.Lint([new ToolDefinition("a", text, null)]).Single().Findings.Should().NotContain(finding => finding.Code == "invisible-character");

    private static IEnumerable<LintedTool> Lint(string text) => ToolLinter.Lint(ToolDefinitionReader.Read(text));

    private static string Parameter(string schema) => $$"""{"name":"a","description":"d","inputSchema":{"type":"object","properties":{"p":{{schema}} } } }""";

    private static string Unfolding()
    {
        string levels = string.Join(',', Enumerable.Range(0, 30).Select(i => $$"""
            "d{{i}}":{"type":"object","properties":{"a":{"$ref":"#/$defs/d{{i + 1}}"},"b":{"$ref":"#/$defs/d{{i + 1}}"} } }
            """));
        return $$"""{"name":"a","description":"d","inputSchema":{"type":"object","properties":{"p":{"$ref":"#/$defs/d0"} },"$defs":{ {{levels}},"d30":{"type":"string"} } } }""".ReplaceLineEndings(" ");
    }
}
