using System.Diagnostics;
using Bridge.Llama.Decoding;
using Bridge.Llama.Inference;
using Bridge.Llama.Runtimes;
using Bridge.TestKit;
using Bridge.TestKit.Gguf;

namespace Bridge.Benchmarks.Engine;

/// <summary>Measures the engine: calls token by token, with forced text at once, and with guesses; alone and many at once.</summary>
internal static class EngineComparison
{
    private const int Sets = 1;

    private static readonly (string Name, DecodingSettings Settings, bool Drafts)[] s_ways =
    [
        ("token by token", new DecodingSettings { Required = true, JumpsForward = false }, false),
        ("forced text at once", new DecodingSettings { Required = true }, false),
        ("and guessed from the prompt", new DecodingSettings { Required = true }, true),
    ];

    public static async Task<int> RunAsync(string[] args)
    {
        LlamaRuntime runtime = LlamaRuntime.Load(RuntimeLocator.Default.Find(Environment.GetEnvironmentVariable("BRIDGE__Llama__Runtime"), dataFolder: null));
        Console.WriteLine($"llama.cpp {LlamaRuntime.Version}, {runtime.Folder.Backend}: {string.Join("; ", runtime.Devices.Select(device => $"{device.Name} ({device.Description})"))}.");
        int threads = args.SkipWhile(arg => arg != "--threads").Skip(1).Select(int.Parse).FirstOrDefault(Environment.ProcessorCount);
        ModelShape[] shapes = args.Contains("--gpu") ? [ModelShape.Qwen05B, ModelShape.Qwen3B, ModelShape.Llama8B] : [ModelShape.Qwen05B];
        foreach (ModelShape shape in shapes)
        {
            foreach (GgufTensorType type in args.Contains("--q4") ? (GgufTensorType[])[GgufTensorType.Q4_0] : [GgufTensorType.Q4_0, GgufTensorType.Q8_0])
            {
                await MeasureAsync(shape, type, threads);
            }
        }

        Console.WriteLine("\nMixed work over 200 tools:");
        await PrefixWorkload.RunAsync();
        return 0;
    }

    private static async Task MeasureAsync(ModelShape shape, GgufTensorType type, int threads)
    {
        var watch = Stopwatch.StartNew();
        string file = ShapedModel.File(shape, type);
        using var model = LlamaModel.Load(file, gpuLayers: -1);
        Console.WriteLine($"\n{shape.Name} {type}: made and loaded in {watch.Elapsed.TotalSeconds:F1} s; {model.Vocabulary.Count} tokens.");
        var options = new ModelOptions { ContextTokens = 24_576, CachedPrefixes = 16, WaitingPrefixBytes = 0, Threads = threads };
        using var engine = new LlamaEngine(LlamaContext.Create(model, options), options, shape.Name, model.CanForget);
        List<EngineCase> cases = EngineCase.Draw(TestData.Require("eval/bfcl-dev"), model, Sets, seed: 7);
        foreach (EngineTools tools in cases.Select(one => one.Tools).Distinct())
        {
            await engine.RunAsync(Ask(cases.First(one => one.Tools == tools), model, s_ways[1].Settings, false), default);
        }

        Console.WriteLine($"{cases.Count} reference calls, {cases.Average(one => one.Tools.Prefix.Length):F0} tokens of tools before each, computed once.");
        List<double>[] times = [.. s_ways.Select(_ => new List<double>())];
        List<CallGeneration>[] runs = [.. s_ways.Select(_ => new List<CallGeneration>())];
        foreach (EngineCase one in cases.Concat(cases))
        {
            for (int way = 0; way < s_ways.Length; way++)
            {
                CallGeneration generation = Ask(one, model, s_ways[way].Settings, s_ways[way].Drafts);
                long start = Stopwatch.GetTimestamp();
                await engine.RunAsync(generation, default);
                times[way].Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                runs[way].Add(generation);
            }
        }

        Console.WriteLine("| way | ms a call (median) | mean | batches | times as fast (mean) |\n|---|---:|---:|---:|---:|");
        for (int way = 0; way < s_ways.Length; way++)
        {
            Console.WriteLine($"| {s_ways[way].Name} | {AjvTable.Median(times[way].Skip(cases.Count)):F1} | {times[way].Skip(cases.Count).Average():F1} | {runs[way].Average(run => run.Batches):F1} | {times[0].Skip(cases.Count).Average() / times[way].Skip(cases.Count).Average():F2} |");
        }

        Console.WriteLine($"Guessed {runs[2].Sum(run => run.GuessedTokens)} tokens, {100.0 * runs[2].Sum(run => run.AcceptedTokens) / Math.Max(1, runs[2].Sum(run => run.GuessedTokens)):F0} % came true: of reference calls, not of what a trained model writes.");
        await MeasureReadBeforeAsync(cases, model, engine);
        await MeasureManyAsync(cases, model, engine);
        MeasureMasks(cases, model);
    }

    /// <summary>The same where the question has been read before too: what writing alone takes.</summary>
    private static async Task MeasureReadBeforeAsync(List<EngineCase> cases, LlamaModel model, LlamaEngine engine)
    {
        double[] sums = new double[s_ways.Length];
        foreach (EngineCase one in cases)
        {
            await engine.RunAsync(Ask(one, model, s_ways[1].Settings, false, readBefore: true), default);
            for (int way = 0; way < s_ways.Length; way++)
            {
                long start = Stopwatch.GetTimestamp();
                await engine.RunAsync(Ask(one, model, s_ways[way].Settings, s_ways[way].Drafts, readBefore: true), default);
                sums[way] += Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        }

        Console.WriteLine($"With the question read before: {string.Join(", ", s_ways.Select((way, i) => $"{way.Name} {sums[i] / cases.Count:F0} ms ({sums[0] / sums[i]:F2} times as fast)"))}.");
    }

    private static async Task MeasureManyAsync(List<EngineCase> cases, LlamaModel model, LlamaEngine engine)
    {
        double[] seconds = new double[2];
        for (int round = 0; round < 2; round++)
        {
            for (int way = 0; way < 2; way++)
            {
                long start = Stopwatch.GetTimestamp();
                await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = way == 0 ? 1 : 16 },
                    async (one, stop) => await engine.RunAsync(Ask(one, model, s_ways[1].Settings, false), stop));
                seconds[way] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            }
        }

        Console.WriteLine($"One after the other {cases.Count / seconds[0]:F2} calls a second; 16 at once {cases.Count / seconds[1]:F2}: {seconds[0] / seconds[1]:F2} times as many.");
    }

    private static void MeasureMasks(List<EngineCase> cases, LlamaModel model)
    {
        float[] logits = [.. Enumerable.Range(0, model.Vocabulary.Count).Select(i => (float)Math.Sin(i))];
        double[] micros = new double[2];
        double made = 0;
        int tokens = 0;
        for (int round = 0; round < 2; round++)
        {
            tokens = 0;
            long spent = 0;
            foreach (EngineCase one in cases)
            {
                var writer = new BodyWriter(one.Tools.Tokens, jumpsForward: true);
                var chooser = new ReferenceChooser(one.Body, model);
                var forced = new List<int>();
                writer.TakeForced(forced);
                while (!writer.IsOver)
                {
                    long start = Stopwatch.GetTimestamp();
                    Bridge.Llama.Masks.TokenMask mask = writer.Mask();
                    int best = mask.Best(logits);
                    spent += Stopwatch.GetTimestamp() - start;
                    writer.Take(chooser.Choose(mask, logits, best, writer.Text));
                    writer.TakeForced(forced);
                    tokens++;
                }
            }

            micros[round] = spent * 1e6 / Stopwatch.Frequency / tokens;
            made = round == 0 ? model.Masks.Made : made;
        }

        Console.WriteLine($"Masks and the best of them: {micros[0]:F1} µs a choice the first time, {micros[1]:F1} µs once warm ({tokens} choices, {made:F0} masks made).");
    }

    private static CallGeneration Ask(EngineCase one, LlamaModel model, DecodingSettings settings, bool drafts, bool readBefore = false)
    {
        var prompt = new List<int>(one.Tools.Prefix);
        model.Tokenizer.Write("<|im_start|>user\n", prompt, special: true);
        model.Tokenizer.Write(one.Question, prompt, special: false);
        model.Tokenizer.Write("<|im_end|>\n<|im_start|>assistant\n", prompt, special: true);
        return new CallGeneration([.. prompt], readBefore ? prompt.Count - 1 : one.Tools.Prefix.Length, one.Tools.Tokens, settings, new ReferenceChooser(one.Body, model), drafts ? one.Drafts() : null);
    }
}
