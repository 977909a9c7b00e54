using System.Text;
using BenchmarkDotNet.Attributes;
using Bridge.Calling;
using Bridge.Hosting;
using Bridge.Prompts;

namespace Bridge.Benchmarks;

/// <summary>What the bridge itself costs a prompt: a caller that answers at once, a tool that does nothing, 100 tools in the catalog.</summary>
public class PipelineBenchmarks
{
    private const int Tools = 100;
    private const int PromptsAtOnce = 100;

    private static readonly Prompt s_prompt = "Add 2 to 3 using available tools.";
    private ToolCallBridge? _instant;
    private ToolCallBridge? _embedded;

    /// <summary>Makes the bridges.</summary>
    [GlobalSetup]
    public async Task SetupAsync()
    {
        _instant = await ToolCallBridge.CreateAsync(builder => AddTools(builder).ToolCaller(new InstantCaller()));
        _embedded = await ToolCallBridge.CreateAsync(builder => AddTools(builder));
    }

    /// <summary>Stops the bridges.</summary>
    [GlobalCleanup]
    public async Task CleanupAsync()
    {
        await _instant!.DisposeAsync();
        await _embedded!.DisposeAsync();
    }

    /// <summary>One prompt without model and tool time: catalog, checks, the door, augmentation.</summary>
    [Benchmark(Baseline = true)]
    public async Task<Prompt> OnePrompt() => await _instant!.UpdateWithToolCall(s_prompt);

    /// <summary>The same with the embedded tool caller.</summary>
    [Benchmark]
    public async Task<Prompt> OnePromptEmbedded() => await _embedded!.UpdateWithToolCall(s_prompt);

    /// <summary>A hundred prompts at once; the time is that of one.</summary>
    [Benchmark(OperationsPerInvoke = PromptsAtOnce)]
    public Task HundredAtOnce() => Task.WhenAll(Enumerable.Range(0, PromptsAtOnce).Select(_ => Task.Run(() => _instant!.UpdateWithToolCall(s_prompt))));

    private static IBridgeBuilder AddTools(IBridgeBuilder builder)
    {
        builder.WithTool("add", "A tool to add two numbers", (double a, double b) => a + b);
        for (int i = 1; i < Tools; i++)
        {
            builder.WithTool($"record_{i}", $"Reads the record number {i} of the archive", (string region, int number) => $"{region} {number}");
        }

        return builder;
    }

    private sealed class InstantCaller : IToolCaller
    {
        private static readonly Task<Proposal> s_proposal = Task.FromResult(new Proposal
        {
            Calls = [new ProposedCall("add", Encoding.UTF8.GetBytes("""{"a":2,"b":3}"""))],
        });

        public CallerCapabilities Capabilities { get; } = new();

        public Task<Proposal> ProposeAsync(ProposalRequest request, CancellationToken cancellationToken) => s_proposal;
    }
}
