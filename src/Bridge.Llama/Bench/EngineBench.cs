using System.Diagnostics;
using Bridge.Configuration;
using Bridge.Llama.Decoding;
using Bridge.Llama.Gguf;
using Bridge.Llama.Inference;
using Bridge.Llama.Loading;
using Bridge.Llama.Runtimes;

namespace Bridge.Llama.Bench;

/// <summary>Measures how fast a model writes calls: the ways of writing take turns on the same calls, so that a machine's moods meet them all.</summary>
/// <remarks>
/// Reference calls are forced through the engine, so that every way writes the same tokens and the model's weights do not matter. A model that
/// was trained to call tools accepts other shares of what is guessed.
/// </remarks>
public sealed class EngineBench : IDisposable
{
    private const int Rounds = 2;

    private static readonly int[] s_batches = [1, 2, 4, 8, 16, 32, 64];

    private static readonly (string Name, DecodingSettings Settings, bool Guesses)[] s_ways =
    [
        ("token by token", new DecodingSettings { Required = true, JumpsForward = false }, false),
        ("forced text at once", new DecodingSettings { Required = true }, false),
        ("and guessed from the prompt", new DecodingSettings { Required = true }, true),
    ];

    private readonly LoadedModel _model;
    private readonly string _runtime;
    private readonly long _memory;

    private EngineBench(LoadedModel model, string runtime, long memory)
    {
        _model = model;
        _runtime = runtime;
        _memory = memory;
    }

    /// <summary>Loads a model.</summary>
    /// <param name="name">What it is called in the report.</param>
    /// <param name="path">Its file.</param>
    /// <param name="options">How it runs.</param>
    /// <param name="dataFolder">Where a runtime may lie; <see langword="null"/> for no such place.</param>
    /// <returns>The bench; dispose of it to unload the model.</returns>
    /// <exception cref="LlamaException">It cannot be used.</exception>
    /// <exception cref="LlamaRuntimeException">There is no llama.cpp.</exception>
    public static EngineBench Open(string name, string path, LlamaOptions options, string? dataFolder)
    {
        ArgumentNullException.ThrowIfNull(options);
        LlamaRuntime runtime = LlamaRuntime.Load(LlamaRuntime.Find(options.Runtime, dataFolder));
        RuntimeMemory before = RuntimeMemory.Of(LlamaRuntime.ReadDevices(), options.GpuLayers);
        LoadedModel model = ModelLoader.Load(name, path, options, dataFolder);
        long onDevice = before.FreeBytes - RuntimeMemory.Of(LlamaRuntime.ReadDevices(), options.GpuLayers).FreeBytes;

        // The processor's weights are pages of the file, which count as free: what it takes is estimated.
        bool graphics = before.Devices.Any(device => device.IsGpu);
        long taken = graphics ? onDevice : MemoryEstimate.Of(model.Facts, new MemoryPlan(Math.Min(options.ContextTokens, model.Facts.ContextLength > 0 ? model.Facts.ContextLength : int.MaxValue))).Total;
        return new EngineBench(model, $"llama.cpp {LlamaRuntime.Version}, {runtime.Folder.Backend}, {string.Join("; ", before.Devices.Select(device => $"{device.Name} ({device.Description})"))}", taken);
    }

    /// <summary>Measures.</summary>
    /// <param name="plan">What.</param>
    /// <param name="progress">Told what is being done; <see langword="null"/> for nobody.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was measured.</returns>
    /// <exception cref="LlamaException">A prompt does not fit the context, or the library failed.</exception>
    /// <exception cref="InvalidDataException">The references hold no call that their tools' schemas allow.</exception>
    public async Task<BenchReport> RunAsync(BenchPlan plan, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        progress?.Report("reading the tools …");
        IReadOnlyList<BenchCase> cases = BenchCase.Draw(_model, plan);
        foreach (BenchCase one in cases.DistinctBy(one => one.Calls))
        {
            await RunAsync(one.Write(s_ways[1].Settings, guesses: false, readBefore: false), cancellationToken).ConfigureAwait(false);
        }

        var tally = new BenchTally(s_ways.Length);
        await WriteAllAsync(cases, tally, readBefore: false, progress, cancellationToken).ConfigureAwait(false);
        progress?.Report("batches …");
        IReadOnlyList<BatchCost> costs = await CostsAsync(cases[0], cancellationToken).ConfigureAwait(false);
        var throughput = new List<BenchThroughput>();
        foreach ((string name, DecodingSettings settings, bool guesses) in s_ways)
        {
            progress?.Report($"{plan.AtOnce} at once, {name} …");
            throughput.Add(await ManyAsync(name, cases, plan.AtOnce, one => one.Write(settings, guesses, readBefore: false), cancellationToken).ConfigureAwait(false));
        }

        // Last, since from here on the questions are kept too.
        await WriteAllAsync(cases, tally, readBefore: true, progress, cancellationToken).ConfigureAwait(false);
        return new BenchReport(
            _model.Name, _runtime, cases.Count, cases.Average(one => one.Prompt.Length), tally.OwnTokens, tally.CallTokens, costs,
            [.. s_ways.Select((way, i) => tally.Way(i, way.Name))], throughput, tally.Drafts, MaskTimer.Measure(_model.Model, cases), _memory);
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();

    private async Task<double> RunAsync(Generation generation, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        await _model.Engine.RunAsync(generation, cancellationToken).ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private async Task WriteAllAsync(IReadOnlyList<BenchCase> cases, BenchTally tally, bool readBefore, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < cases.Count; i++)
            {
                progress?.Report($"{(readBefore ? "writing" : "reading and writing")}: call {i + 1} of {cases.Count}, round {round + 1} of {Rounds} …");
                if (readBefore)
                {
                    await RunAsync(new ReadGeneration(cases[i].Prompt, cases[i].Prompt.Length - 1), cancellationToken).ConfigureAwait(false);
                }

                for (int way = 0; way < s_ways.Length; way++)
                {
                    CallGeneration generation = cases[i].Write(s_ways[way].Settings, s_ways[way].Guesses, readBefore);
                    double milliseconds = await RunAsync(generation, cancellationToken).ConfigureAwait(false);
                    if (round > 0)
                    {
                        tally.Add(way, readBefore, milliseconds, generation);
                    }
                }
            }
        }
    }

    /// <summary>What batches cost that follow the tools and the question.</summary>
    private async Task<IReadOnlyList<BatchCost>> CostsAsync(BenchCase one, CancellationToken cancellationToken)
    {
        var times = s_batches.ToDictionary(tokens => tokens, _ => new List<double>());
        for (int round = 0; round < 7; round++)
        {
            foreach (int tokens in s_batches)
            {
                int[] prompt = [.. one.Prompt[..one.Stable], .. Enumerable.Repeat(one.Prompt[one.Stable], tokens)];
                times[tokens].Add(await RunAsync(new ReadGeneration(prompt, one.Stable), cancellationToken).ConfigureAwait(false));
            }
        }

        return [.. s_batches.Select(tokens => new BatchCost(tokens, BenchTally.Median(times[tokens])))];
    }

    private async Task<BenchThroughput> ManyAsync(
        string name, IReadOnlyList<BenchCase> cases, int atOnce, Func<BenchCase, CallGeneration> write, CancellationToken cancellationToken)
    {
        double alone = await SecondsAsync(1).ConfigureAwait(false);
        EngineStatistics between = _model.Engine.Statistics;
        double together = await SecondsAsync(atOnce).ConfigureAwait(false);
        return new BenchThroughput(name, atOnce, cases.Count / alone, cases.Count / together, (_model.Engine.Statistics.ComputedTokens - between.ComputedTokens) / together);

        async Task<double> SecondsAsync(int most)
        {
            long start = Stopwatch.GetTimestamp();
            await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = most, CancellationToken = cancellationToken },
                async (one, stop) => await _model.Engine.RunAsync(write(one), stop).ConfigureAwait(false)).ConfigureAwait(false);
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }
}
