using System.Text.Json;
using Bridge.Tools;
using Microsoft.Extensions.AI;

namespace Bridge.Tests.Tools;

public class ToolTests
{
    private static readonly JsonElement s_schema = JsonDocument.Parse("""{"type":"object"}""").RootElement;

    [Theory]
    [InlineData("math/add", true, "math", "add")]
    [InlineData("math/a/b", true, "math", "a/b")]
    [InlineData("add", false, null, null)]
    [InlineData("/add", false, null, null)]
    [InlineData("math/", false, null, null)]
    [InlineData(null, false, null, null)]
    public void TryParse_Text_ReadsAnId(string? text, bool valid, string? source, string? name)
    {
        ToolId.TryParse(text, out ToolId id).Should().Be(valid);
        id.Source.Should().Be(source);
        id.Name.Should().Be(name);
    }

    [Fact]
    public void DefinitionHash_AnythingChanges_Changes()
    {
        Tool tool = Tool.Create(new ToolId("a", "b"), "does", s_schema);
        string[] hashes =
        [
            tool.DefinitionHash,
            Tool.Create(new ToolId("a", "c"), "does", s_schema).DefinitionHash,
            Tool.Create(new ToolId("a", "b"), null, s_schema).DefinitionHash,
            tool.With(title: "B").DefinitionHash,
            tool.With(outputSchema: s_schema).DefinitionHash,
            tool.With(annotations: new ToolAnnotations { Destructive = true }).DefinitionHash,
        ];
        hashes.Should().OnlyHaveUniqueItems();
        Tool.Create(new ToolId("a", "b"), "does", s_schema).DefinitionHash.Should().Be(tool.DefinitionHash);
    }

    [Fact]
    public void ToText_EveryKindOfContent_IsSaidOrNamed()
    {
        var result = new ToolResult
        {
            Content =
            [
                new TextContent("one"),
                new DataContent(new byte[] { 1, 2 }, "image/png") { Name = "dot.png" },
                new DataContent(new byte[] { 1 }, "audio/wav"),
                new UriContent("https://example.org/x", "text/html"),
                new ErrorContent("bad"),
                new TextReasoningContent("hm"),
            ],
        };
        result.ToText().Should().Be("one\n[image/png, 2 bytes, dot.png]\n[audio/wav, 1 bytes]\n[text/html: https://example.org/x]\nbad\n[TextReasoningContent]");
    }

    [Fact]
    public void ToText_StructuredAlone_IsItsJson()
    {
        new ToolResult { Structured = JsonDocument.Parse("""{"sum":5}""").RootElement }.ToText().Should().Be("""{"sum":5}""");
        ToolResult.FromText("x", isError: true).IsError.Should().BeTrue();
    }
}
