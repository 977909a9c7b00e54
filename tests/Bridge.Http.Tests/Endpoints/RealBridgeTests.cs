using System.Text.Json.Nodes;
using Bridge.Hosting;
using Bridge.Http.Tests.Fixtures;

namespace Bridge.Http.Tests.Endpoints;

/// <summary>Nothing is faked: the embedded caller proposes, the door runs the tool, the template answers.</summary>
public sealed class RealBridgeTests
{
    private static Task<TestHost> StartAsync() =>
        TestHost.StartAsync(bridge: bridge => bridge.WithTool("add", "A tool to add two numbers.", (double a, double b) => a + b));

    [Fact]
    public async Task ToolCall_AddTwoNumbers_CallsTheTool()
    {
        await using TestHost server = await StartAsync();

        (int status, JsonNode body) = await server.PostAsync(
            "/v1/prompts/tool-call", """{"messages": [{"role": "user", "content": "Add 2 to 3 using available tools."}]}""");

        status.Should().Be(200);
        body["tool_calling"]!["outcome"]!.GetValue<string>().Should().Be("called", body.ToJsonString());
        JsonNode call = body["tool_calling"]!["calls"]![0]!;
        call["tool"]!.GetValue<string>().Should().Be("code/add");
        call["result"]!["text"]!.GetValue<string>().Should().Be("5");
        body["messages"]!.AsArray().Select(message => message!["role"]!.GetValue<string>()).Should().Equal("user", "assistant", "tool");
    }

    [Fact]
    public async Task Chat_AddTwoNumbers_AnswersWithTheResult()
    {
        await using TestHost server = await StartAsync();

        (_, JsonNode body) = await server.PostAsync(
            "/v1/chat/completions", """{"model": "bridge", "temperature": 0, "messages": [{"role": "user", "content": "Add 2 to 3 using available tools."}]}""");

        body["choices"]![0]!["message"]!["content"]!.GetValue<string>().Should().Contain("5");
        body["bridge"]!["calls"]![0]!["status"]!.GetValue<string>().Should().Be("succeeded");
    }
}
