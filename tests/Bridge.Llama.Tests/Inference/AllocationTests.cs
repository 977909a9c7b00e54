using Bridge.Llama.Decoding;
using Bridge.Llama.Inference;
using Bridge.Llama.Tests.Decoding;

namespace Bridge.Llama.Tests.Inference;

/// <summary>Holds what makes decoding cheap without a clock: a token leaves nothing behind.</summary>
public class AllocationTests
{
    [Fact]
    public async Task RunAsync_OnceWarm_AllocatesNothingForAToken()
    {
        using LlamaEngine engine = TinyModels.Engine();
        var tokens = new CallTokens(CallForms.Hermes(("note", """{"type":"object","properties":{"text":{"type":"string","maxLength":200},"count":{"type":"integer"}},"required":["text","count"]}""")), TinyModels.Require());
        int[] prompt = TinyModels.Tokens("<|im_start|>user\nTake a note.<|im_end|>\n<|im_start|>assistant\n");
        var chooser = new MeasuringChooser();
        for (int round = 0; round < 30; round++)
        {
            chooser.Begin();
            await engine.RunAsync(new CallGeneration(prompt, prompt.Length - 1, tokens, new DecodingSettings { Required = true, MaxTokens = 400 }, chooser), TestContext.Current.CancellationToken);
        }

        // What grows while a call is written, such as the list of its choices, grows by doubling.
        chooser.Steps.Should().BeGreaterThan(20);
        chooser.AllocatingSteps.Should().BeLessThan(chooser.Steps / 4);
    }
}
