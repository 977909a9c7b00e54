using Bridge.Hosting;
using Bridge.Mcp.Hosting;
using Bridge.Models.Hosting;
using Bridge.Outcomes;
using Bridge.Prompts;
using Bridge.Responding;
using Bridge.TestKit;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.EndToEnd.Tests;

/// <summary>
/// The way of use that the product was asked for, line by line: a server that speaks the transport of 2024 and says next to
/// nothing of its tools, a small model that needs several attempts, and a responder that gets the finished prompt.
/// </summary>
public sealed class ToolsServiceExampleTests
{
    private const string Model = "ollama/llama3-groq-tool-use";

    [Fact]
    public async Task UpdateWithToolCall_ModelNeedsThreeAttempts_TheResponderSaysFive()
    {
        await using ChildServer server = await ChildServer.WeatherAsync(more: ["--calculator", "--legacy"]);
        await using FakeOllama ollama = ModelThatNeedsThreeAttempts();
        using var folder = new TemporaryFolder();
        await using ToolCallBridge bridge = await ToolCallBridge.CreateAsync(o => o
            .Server(server.Url)
            .WithModels(ModelsFileOf(ollama, folder))
            .ToolCaller(Model, attempts: 5));
        Prompt prompt = Prompt.Create()
            .System("You ALWAYS search for tools to get the results.")
            .User("Add 2 to 3 using available tools.");

        Prompt updated = await bridge.UpdateWithToolCall(prompt);
        IChatClient responder = bridge.Services.GetRequiredService<ResponderSource>().Find(Model)!;
        ChatResponse response = await responder.RespondAsync(updated);

        response.Text.Should().Contain("5");
        updated.ToolCalling!.Attempts.Select(attempt => attempt.Result)
            .Should().Equal(AttemptResult.NoCall, AttemptResult.Invalid, AttemptResult.Valid);
        CallOutcome call = updated.ToolCalling.Calls.Single();
        call.Call.Tool.Id.Name.Should().Be("add");
        call.Call.Tool.Description.Should().Be("A tool to add two numbers");
        updated.ToChatMessages().Select(message => message.Role)
            .Should().Equal(ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.Tool);
    }

    [Fact]
    public async Task UpdateWithToolCall_ServerDemandsAuthorization_TheHeaderIsSentWithEveryRequest()
    {
        await using ChildServer server = await ChildServer.WeatherAsync(token: "secret", more: ["--calculator", "--legacy"]);
        await using FakeOllama ollama = ModelThatNeedsThreeAttempts();
        using var folder = new TemporaryFolder();
        await using ToolCallBridge bridge = await ToolCallBridge.CreateAsync(o => o
            .Server(server.Url, new Dictionary<string, string> { ["Authorization"] = "Bearer secret" })
            .WithModels(ModelsFileOf(ollama, folder))
            .ToolCaller(Model, attempts: 5));

        Prompt updated = await bridge.UpdateWithToolCall("Add 2 to 3 using available tools.");

        updated.ToolCalling!.Calls.Single().Result!.ToText().Should().Be("5");
    }

    [Fact]
    public async Task UpdateWithToolCall_ServerDemandsAuthorizationAndGetsNone_SaysSoAndNothingOfTheModel()
    {
        await using ChildServer server = await ChildServer.WeatherAsync(token: "secret", more: ["--calculator", "--legacy"]);
        await using FakeOllama ollama = ModelThatNeedsThreeAttempts();
        using var folder = new TemporaryFolder();
        await using ToolCallBridge bridge = await ToolCallBridge.CreateAsync(o => o
            .Server(server.Url)
            .WithModels(ModelsFileOf(ollama, folder))
            .ToolCaller(Model, attempts: 5));

        Prompt updated = await bridge.UpdateWithToolCall("Add 2 to 3 using available tools.");

        updated.ToolCalling!.Reason.Kind.Should().Be(ReasonKind.NoTools);
        bridge.Services.GetServices<Catalog.IToolSourceProvider>().SelectMany(provider => provider.Sources)
            .Single().Status.Detail.Should().Contain("401");
        ollama.Requests.Should().BeEmpty();
    }

    private static FakeOllama ModelThatNeedsThreeAttempts()
    {
        var ollama = new FakeOllama();
        ollama.Says("The sum of 2 and 3 is 5.");
        ollama.Calls(("add", """{"a": 2}"""));
        ollama.Calls(("add", """{"a": 2, "b": 3}"""));
        ollama.RepeatsResults();
        return ollama;
    }

    private static string ModelsFileOf(FakeOllama ollama, TemporaryFolder folder) =>
        folder.Write("models.json", """{"providers": {"ollama": {"url": "URL"}}}""".Replace("URL", ollama.Root.ToString()));
}
