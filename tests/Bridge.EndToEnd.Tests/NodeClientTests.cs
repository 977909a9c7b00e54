using System.Diagnostics;
using System.Text.Json.Nodes;
using Bridge.EndToEnd.Tests.Running;
using Bridge.TestKit;

namespace Bridge.EndToEnd.Tests;

/// <summary>Published clients of others against the built <c>bridge serve</c>.</summary>
public sealed class NodeClientTests : IDisposable
{
    private readonly BridgeProcess _bridge = new();

    [Fact]
    public async Task OpenAiClient_AgainstServe_GetsAnswersModelsAndItsOwnErrorClasses()
    {
        JsonNode said = await RunAsync("openai-client.mjs");

        Text(said["content"]).Should().Contain("5");
        Text(said["finish"]).Should().Be("stop");
        said["toolCalls"].Should().BeNull();
        said["called"]!.AsArray().Select(Text).Should().Equal("calculator/add");
        said["models"]!.AsArray().Select(Text).Should().Equal("bridge", "template");
        Failure(said["tools"]).Should().Be("BadRequestError 400 invalid_request_error invalid_request tools");
        Failure(said["stream"]).Should().Be("BadRequestError 400 invalid_request_error invalid_request stream");
        Failure(said["unknown"]).Should().Be("NotFoundError 404 invalid_request_error model_not_found model");
        Failure(said["wrongKey"]).Should().Be("AuthenticationError 401 authentication_error invalid_api_key ");
        Text(said["wrongKey"]!["requestId"]).Should().NotBeEmpty("the client shows it, and the log has it");
    }

    [Fact]
    public async Task LangChain_AgainstServe_InvokesAndBatches()
    {
        JsonNode said = await RunAsync("langchain-client.mjs");

        Text(said["content"]).Should().Contain("5");
        Text(said["finish"]).Should().Be("stop");
        said["toolCalls"]!.AsArray().Should().BeEmpty();
        said["batch"]!.AsArray().Select(Text).Should().SatisfyRespectively(
            first => first.Should().Contain("30"), second => second.Should().Contain("300"));
    }

    // The server takes its time; the default run has tasks of the fixture.
    [Fact]
    [Trait("Category", "Soak")]
    public async Task McpSdk_TaskOfAServerOfTheSameSdk_IsFollowedAndAnswered()
    {
        _bridge.Write("mine/mcp.json", new JsonObject
        {
            ["mcpServers"] = new JsonObject
            {
                ["everything"] = new JsonObject { ["command"] = "node", ["args"] = new JsonArray(NpmPackages.Server("server-everything"), "stdio") },
            },
        }.ToJsonString());
        await using RunningServe serve = await RunningServe.StartAsync(_bridge, "--config", Path.Combine(_bridge.Current, "mine"));
        await serve.WaitForLogAsync("'everything' is ready");

        JsonNode said = await RunAsync("task-client.mjs", new Uri(serve.Client.BaseAddress!, "/mcp/everything").ToString(), serve.Key);

        said["error"].Should().BeNull();
        Text(said["result"]).Should().StartWith("# Research Report: python (technical)", "it holds what the user was asked while the task ran");
        said["statuses"]!.AsArray().Select(Text).Distinct().Should().Equal("working", "input_required");
        said["messages"]!.AsArray().Select(Text).Should().Contain("Analyzing content...");
        said["asked"]!.AsArray().Select(Text).Should().Equal([Text(said["id"])], "the question names the task as the gateway does");
        said["listed"]![0]!.AsArray().Select(Text).Should().Equal(Text(said["id"]), "completed");
    }

    public void Dispose() => _bridge.Dispose();

    private static string Text(JsonNode? node) => node?.GetValue<string>() ?? "";

    private static string Failure(JsonNode? failure) =>
        $"{Text(failure!["kind"])} {failure["status"]} {Text(failure["type"])} {Text(failure["code"])} {Text(failure["param"])}";

    private async Task<JsonNode> RunAsync(string script)
    {
        await using RunningServe serve = await RunningServe.StartAsync(_bridge);
        return await RunAsync(script, serve.OpenAiUrl, serve.Key);
    }

    private static async Task<JsonNode> RunAsync(string script, params string[] arguments)
    {
        using Process node = Process.Start(new ProcessStartInfo("node", [NpmPackages.Script(script), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> output = node.StandardOutput.ReadToEndAsync();
        string errors = await node.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await node.WaitForExitAsync(patience.Token);
        node.ExitCode.Should().Be(0, errors);
        return JsonNode.Parse(await output)!;
    }
}
