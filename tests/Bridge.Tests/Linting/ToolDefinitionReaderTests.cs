using Bridge.Linting;

namespace Bridge.Tests.Linting;

public class ToolDefinitionReaderTests
{
    [Theory]
    [InlineData("""{"tools":[{"name":"a","description":"d","inputSchema":{"type":"object"}}]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"a","description":"d","inputSchema":{"type":"object"}}]}}""")]
    [InlineData("""[{"name":"a","description":"d","inputSchema":{"type":"object"}}]""")]
    [InlineData("""{"name":"a","description":"d","inputSchema":{"type":"object"}}""")]
    [InlineData("""{"tools":[{"type":"function","function":{"name":"a","description":"d","parameters":{"type":"object"}}}]}""")]
    [InlineData("""[{"type":"function","name":"a","description":"d","parameters":{"type":"object"}}]""")]
    [InlineData("""[{"name":"a","description":"d","input_schema":{"type":"object"}}]""")]
    [InlineData("\n{\"name\":\"a\",\"description\":\"d\",\"inputSchema\":{\"type\":\"object\"}}\r\n\r\n")]
    public void Read_KnownForm_GivesTheTool(string text)
    {
        ToolDefinition tool = ToolDefinitionReader.Read(text).Single();

        (tool.Name, tool.Description).Should().Be(("a", "d"));
        tool.InputSchema!.Value.GetProperty("type").GetString().Should().Be("object");
    }

    [Fact]
    public void Read_Lines_SaysWhereEachStands() => ToolDefinitionReader.Read("""
        {"name":"a","server":"s"}

        [{"name":"b"},{"name":"c"}]
        """).Select(tool => (tool.Name, tool.Place, tool.Source))
        .Should().Equal(("a", "line 1", "s"), ("b", "line 3, tool 1", ""), ("c", "line 3, tool 2", ""));

    [Theory]
    [InlineData("", "*empty*")]
    [InlineData("{", "*not JSON*")]
    [InlineData("{\"name\":\"a\"}\n{", "*Line 2 is not JSON*")]
    [InlineData("[]", "*empty list*")]
    [InlineData("[1]", "*tool 1*a number*")]
    [InlineData("""{"mcpServers":{}}""", "*neither 'name' nor 'inputSchema'*")]
    public void Read_Unknown_SaysWhatIsAllowed(string text, string message) =>
        ((Action)(() => ToolDefinitionReader.Read(text))).Should().Throw<ToolDefinitionException>().WithMessage(message);
}
