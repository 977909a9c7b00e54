using Bridge.EndToEnd.Tests.Running;
using Bridge.TestKit;

namespace Bridge.EndToEnd.Tests;

/// <summary>From a machine with Ollama to an answer, by the built executable alone.</summary>
public sealed class OllamaTests
{
    [Fact]
    public async Task Init_OllamaHasAMeasuredModel_ItBecomesTheToolCallerAndCalls()
    {
        await using var ollama = new FakeOllama();
        ollama.Says("I think it is 6.");
        ollama.Calls(("add", """{"a":2,"b":3}"""));
        ollama.RepeatsResults();
        using var bridge = new BridgeProcess { Variables = { ["OLLAMA_HOST"] = ollama.Root.ToString() } };

        (int code, string output, string error) = await bridge.RunAsync("init", "--yes");
        code.Should().Be(0, error);
        output.Should().Contain("appsettings.json");

        (code, output, _) = await bridge.RunAsync("doctor");
        code.Should().Be(0, output);
        output.Should().Contain("ollama/qwen3:0.6b");

        (code, output, error) = await bridge.RunAsync("ask", "Add 2 to 3 using available tools.", "--responder", "ollama/llama3.2:3b");
        code.Should().Be(0, error);
        output.Should().Contain("add {\"a\":2,\"b\":3}").And.Contain("The result is 5.");
        ollama.Requests.Should().HaveCount(3, "the model first answered from memory, and was asked again");
    }
}
