using Bridge.Mcp.Sources;
using Bridge.Mcp.Tests.Fixtures;
using Bridge.Tools;

namespace Bridge.Mcp.Tests.Sources;

public sealed class CalculatorTests
{
    [Fact]
    public async Task ListAsync_Calculator_GivesItsToolsInItsOrder()
    {
        await using McpServers servers = Servers.Of(TestServers.Calculator());
        McpToolSource source = await servers.ReadyAsync("calculator");

        ToolListing listing = await source.ListAsync();

        listing.Quarantined.Should().BeEmpty();
        listing.Tools.Select(tool => tool.Id.ToString())
            .Should().Equal("calculator/add", "calculator/subtract", "calculator/multiply", "calculator/divide");
        listing.Tools[0].Description.Should().Be("A tool to add two numbers");
        listing.Tools[0].Annotations.Should().Be(ToolAnnotations.None);
        source.Scope.Should().Be(SourceScope.Shared);
    }

    [Fact]
    public async Task CallAsync_Calculator_Answers()
    {
        (string Tool, string Arguments, string Text, bool IsError)[] calls =
        [
            ("add", """{"a":2,"b":3}""", "5", false),
            ("add", """{"a":0.1,"b":0.2}""", "0.3", false),
            ("add", """{"a":1e300,"b":1e300}""", "2E+300", false),
            ("subtract", """{"a":2,"b":3}""", "-1", false),
            ("multiply", """{"a":1e-20,"b":1e-20}""", "1E-40", false),
            ("divide", """{"a":1,"b":4}""", "0.25", false),
            ("divide", """{"a":1,"b":0}""", "Division by zero.", true),
            ("add", """{"a":"x","b":0}""", "Both 'a' and 'b' must be numbers.", true),
        ];
        await using McpServers servers = Servers.Of(TestServers.Calculator());
        McpToolSource source = await servers.ReadyAsync("calculator");

        foreach ((string tool, string arguments, string text, bool isError) in calls)
        {
            ToolResult result = await source.CallAsync(tool, arguments);

            result.ToText().Should().Be(text);
            result.IsError.Should().Be(isError);
        }
    }
}
