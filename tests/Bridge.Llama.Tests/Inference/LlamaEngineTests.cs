using System.Text;
using Bridge.Llama.Decoding;
using Bridge.Llama.Inference;
using Bridge.Llama.Tests.Decoding;

namespace Bridge.Llama.Tests.Inference;

public class LlamaEngineTests
{
    private static readonly CallProgram s_program = CallForms.Hermes(
        ("weather", """{"type":"object","properties":{"city":{"type":"string","maxLength":30},"unit":{"enum":["celsius","fahrenheit"]}},"required":["city"]}"""),
        ("add", """{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer"}},"required":["a","b"]}"""));

    private static readonly string s_tools = string.Concat(Enumerable.Range(0, 60).Select(i => $"Tool number {i} adds values to the list of dates. "));

    [Fact]
    public async Task RunAsync_TheSameBeginning_IsComputedOnce()
    {
        using LlamaEngine engine = TinyModels.Engine();
        CallGeneration first = Ask("one", stable: true);
        await engine.RunAsync(first, TestContext.Current.CancellationToken);
        CallGeneration second = Ask("two", stable: true);
        await engine.RunAsync(second, TestContext.Current.CancellationToken);

        first.SharedTokens.Should().Be(0);
        second.SharedTokens.Should().Be(second.StablePrefix);
        (second.Prompt.Length - second.SharedTokens).Should().BeLessThan(20, "it reads its own text only");
        engine.Statistics.HitRate.Should().BeApproximately((double)second.SharedTokens / (first.Prompt.Length + second.Prompt.Length), 1e-9);
    }

    [Fact]
    public async Task RunAsync_ASharedBeginning_ChangesNothing()
    {
        using LlamaEngine shared = TinyModels.Engine();
        using LlamaEngine alone = TinyModels.Engine(new ModelOptions { ContextTokens = 8192, Threads = 1, CachedPrefixes = 0 });
        for (int i = 0; i < 5; i++)
        {
            CallGeneration one = Ask($"Question {i}", stable: true);
            CallGeneration other = Ask($"Question {i}", stable: true);
            await shared.RunAsync(one, TestContext.Current.CancellationToken);
            await alone.RunAsync(other, TestContext.Current.CancellationToken);

            Text(one).Should().Be(Text(other));
        }

        alone.Statistics.SharedTokens.Should().Be(0);
    }

    [Fact]
    public async Task RunAsync_ManyAtOnce_AreComputedTogether()
    {
        using LlamaEngine engine = TinyModels.Engine();
        CallGeneration[] generations = [.. Enumerable.Range(0, 32).Select(i => Ask($"Question {i}", stable: true))];

        await Task.WhenAll(generations.Select(generation => engine.RunAsync(generation, TestContext.Current.CancellationToken)));

        generations.Should().OnlyContain(generation => generation.Calls.Count == 1);
        engine.Statistics.Batches.Should().BeLessThan(generations.Sum(generation => (long)generation.Batches) / 4);
        generations.Count(generation => generation.SharedTokens == generation.StablePrefix).Should().Be(31, "all but the first wait for what it reads");
    }

    [Fact]
    public async Task RunAsync_MoreBeginningsThanFit_PutsThemAsideAndFetchesThemBack()
    {
        using LlamaEngine engine = TinyModels.Engine(new ModelOptions { ContextTokens = 2048, Threads = 1 });
        var shared = new List<int>();
        foreach (string tools in (string[])["A", "B", "C", "A", "B", "C"])
        {
            CallGeneration generation = Ask("x", stable: true, tools: tools + s_tools);
            await engine.RunAsync(generation, TestContext.Current.CancellationToken);
            shared.Add(generation.StablePrefix - generation.SharedTokens);
        }

        shared[..3].Should().OnlyContain(computed => computed > 500);
        shared[3..].Should().Equal(0, 0, 0);
    }

    [Fact]
    public async Task RunAsync_BeginningsThatAreAlikeInPart_NeverLackRoom()
    {
        using LlamaEngine engine = TinyModels.Engine(new ModelOptions { ContextTokens = 2048, Threads = 1, CachedPrefixes = 64 });
        string[] parts = [.. Enumerable.Range(0, 24).Select(i => $"Tool number {i} adds values to the list of dates, and says what day it was. ")];
        var random = new Random(3);
        string[] sets = [.. Enumerable.Range(0, 30).Select(_ => string.Concat(parts.Where(_ => random.Next(4) > 0)))];
        CallGeneration[] generations = [.. Enumerable.Range(0, 150).Select(i => Ask($"Question {i}", stable: true, tools: sets[random.Next(sets.Length)]))];

        await Parallel.ForEachAsync(generations, new ParallelOptions { MaxDegreeOfParallelism = 6, CancellationToken = TestContext.Current.CancellationToken },
            async (generation, stop) => await engine.RunAsync(generation, stop));

        generations.Should().OnlyContain(generation => generation.Calls.Count == 1);
        engine.Statistics.SharedTokens.Should().BePositive();
    }

    [Fact]
    public async Task RunAsync_Cancelled_FreesItsPlaceAtOnce()
    {
        using LlamaEngine engine = TinyModels.Engine(new ModelOptions { ContextTokens = 8192, Threads = 1, Sequences = 1 });
        using var stop = new CancellationTokenSource();
        var endless = new CallGeneration(TinyModels.Tokens(s_tools), 0, new CallTokens(s_program, TinyModels.Require()),
            new DecodingSettings { Required = true, MaxTokens = 4000 }, new EndlessChooser());
        Task running = engine.RunAsync(endless, stop.Token);
        CallGeneration next = Ask("next");
        Task waiting = engine.RunAsync(next, TestContext.Current.CancellationToken);

        await stop.CancelAsync();

        await running.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
        await waiting;
        next.Calls.Should().ContainSingle();
    }

    [Fact]
    public async Task RunAsync_MoreThanMayWait_AreToldSo()
    {
        using LlamaEngine engine = TinyModels.Engine(new ModelOptions { ContextTokens = 8192, Threads = 1, Sequences = 1, QueueLength = 2 });
        Task[] accepted = [.. Enumerable.Range(0, 3).Select(i => engine.RunAsync(Ask($"{i}", tools: s_tools), TestContext.Current.CancellationToken))];

        Func<Task> oneMore = () => engine.RunAsync(Ask("4"), TestContext.Current.CancellationToken);

        (await oneMore.Should().ThrowAsync<LlamaException>()).Which.Fault.Should().Be(LlamaFault.Busy);
        await Task.WhenAll(accepted);
    }

    [Fact]
    public async Task RunAsync_TooLongForTheContext_SaysTheNumbers()
    {
        using LlamaEngine engine = TinyModels.Engine(new ModelOptions { ContextTokens = 1024, Threads = 1 });
        Func<Task> run = () => engine.RunAsync(Ask("x", tools: s_tools + s_tools), TestContext.Current.CancellationToken);

        (await run.Should().ThrowAsync<LlamaException>().WithMessage("*context of 1024*Offer fewer tools*")).Which.Fault.Should().Be(LlamaFault.ContextOverflow);
    }

    [Theory]
    [InlineData(16, 128)]
    [InlineData(256, 0)]
    [InlineData(16, 1000)]
    public async Task RunAsync_AsManySequencesAsThereMayBe_Runs(int sequences, int prefixes)
    {
        using LlamaEngine engine = TinyModels.Engine(new ModelOptions { ContextTokens = 4096, Threads = 1, Sequences = sequences, CachedPrefixes = prefixes });
        CallGeneration generation = Ask("x", stable: true);
        await engine.RunAsync(generation, TestContext.Current.CancellationToken);

        generation.Calls.Should().ContainSingle();
    }

    [Fact]
    public void Engine_MoreSequencesThanThereMayBe_SaysHowMany()
    {
        TinyModels.Require();
        Action make = () => TinyModels.Engine(new ModelOptions { ContextTokens = 4096, Sequences = 1000 }).Dispose();
        make.Should().Throw<LlamaException>().WithMessage("*at most 256*1000*");
    }

    [Fact]
    public async Task RunAsync_TheDeviceIsLost_FailsWhatRunsAndTellsWhy()
    {
        LlamaModel model = TinyModels.Require();
        var options = new ModelOptions { ContextTokens = 8192, Threads = 1 };
        using var engine = new LlamaEngine(new LostContext(LlamaContext.Create(model, options), after: 2), options, "tiny", canForget: true);
        CallGeneration[] generations = [.. Enumerable.Range(0, 4).Select(i => Ask($"{i}"))];

        foreach (Task run in generations.Select(generation => engine.RunAsync(generation, TestContext.Current.CancellationToken)).ToArray())
        {
            (await run.Invoking(task => task).Should().ThrowAsync<LlamaException>().WithMessage("*llama.cpp answered -3*")).Which.Fault.Should().Be(LlamaFault.Failed);
        }
    }

    [Fact]
    public async Task Dispose_WithPromptsInFlight_FailsThemAll()
    {
        LlamaEngine engine = TinyModels.Engine(new ModelOptions { ContextTokens = 8192, Threads = 1, Sequences = 2 });
        Task[] running = [.. Enumerable.Range(0, 6).Select(i => engine.RunAsync(Ask($"{i}", tools: s_tools), TestContext.Current.CancellationToken))];

        engine.Dispose();

        foreach (Task run in running.Where(task => !task.IsCompletedSuccessfully))
        {
            (await run.Invoking(task => task).Should().ThrowAsync<LlamaException>()).Which.Fault.Should().Be(LlamaFault.Stopped);
        }
    }

    private static CallGeneration Ask(string question, bool stable = false, string? tools = null)
    {
        int[] prefix = TinyModels.Tokens($"<|im_start|>system\n{tools ?? s_tools}<|im_end|>\n");
        int[] rest = TinyModels.Tokens($"<|im_start|>user\n{question}<|im_end|>\n<|im_start|>assistant\n");
        return new CallGeneration([.. prefix, .. rest], stable ? prefix.Length : 0, new CallTokens(s_program, TinyModels.Require()),
            new DecodingSettings { Required = true, MaxTokens = 200 });
    }

    private static string Text(CallGeneration generation) => Encoding.UTF8.GetString(generation.Calls.Single().Body.Span);
}
