using Bridge.Hosting;
using Bridge.Models.Hosting;
using Bridge.Outcomes;
using Bridge.Pipeline;
using Bridge.Prompts;
using Bridge.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Models.Tests.Hosting;

public sealed class BridgeWithModelsTests
{
    [Fact]
    public async Task UpdateWithToolCall_ModelThatFirstAnswersFromMemoryThenWrongly_IsAskedUntilTheCallIsValid()
    {
        await using var ollama = new FakeOllama();
        using var folder = new TemporaryFolder();
        string file = folder.Write("models.json", """{"providers": {"ollama": {"url": "URL"}}}""".Replace("URL", ollama.Root.ToString()));
        var services = new ServiceCollection();
        services.AddBridge()
            .WithTool("add", "A tool to add two numbers", (double a, double b) => a + b)
            .WithModels(file)
            .ToolCaller("ollama/llama3-groq-tool-use", attempts: 5);
        await using ServiceProvider provider = services.BuildServiceProvider();
        ollama.Says("The sum of 2 and 3 is 5.");
        ollama.Calls(("add", """{"a": 2}"""));
        ollama.Calls(("add", """{"a": 2, "b": 3}"""));

        Prompt updated = await provider.GetRequiredService<IToolCallBridge>().UpdateWithToolCall("Add 2 to 3 using available tools.");

        updated.ToolCalling!.Outcome.Should().Be(PromptOutcome.Called);
        updated.ToolCalling.Attempts.Select(attempt => attempt.Result)
            .Should().Equal(AttemptResult.NoCall, AttemptResult.Invalid, AttemptResult.Valid);
        updated.ToolCalling.Calls.Single().Result!.ToText().Should().Be("5");
        ollama.Last.Body.GetProperty("messages").GetRawText().Should().Contain("Error, not executed");
    }
}
