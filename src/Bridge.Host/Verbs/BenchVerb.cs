using System.CommandLine;
using Bridge.Configuration;
using Bridge.Host.Composition;
using Bridge.Host.Output;
using Bridge.Host.Terminal;
using Bridge.Llama.Bench;
using Bridge.Llama.Inference;
using Bridge.Llama.Runtimes;
using Bridge.Llama.Synthesis;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge bench</c>: how fast models in process write calls on this machine.</summary>
internal static class BenchVerb
{
    private static readonly Dictionary<string, ModelShape> s_shapes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["0.5b"] = ModelShape.Qwen05B,
        ["3b"] = ModelShape.Qwen3B,
        ["8b"] = ModelShape.Llama8B,
    };

    private static readonly Dictionary<string, GgufTensorType> s_types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["q4_0"] = GgufTensorType.Q4,
        ["q8_0"] = GgufTensorType.Q8,
    };

    public static Command Create(CommandEnvironment environment)
    {
        var model = new Option<string?>("--model") { Description = "A model of 'bridge models list', or a GGUF file, instead of generated ones.", HelpName = "NAME|FILE" };
        var gpu = new Option<bool>("--gpu") { Description = "Fail where no graphics device is found, and measure all shapes." };
        var shapes = Choice("--shape", "The shapes of generated models; their weights are random, which their speed does not show. Default: 0.5b, with --gpu all.", s_shapes.Keys);
        var types = Choice("--quantization", "The types of their weights. Default: both.", s_types.Keys);
        var calls = new Option<string?>("--calls") { Description = "Reference calls to write, JSON Lines in a file or a folder. Default: those that Bridge brings along.", HelpName = "PATH" };
        var count = Number("--count", "How many calls are written in every way.", 16, 1, 1000);
        var atOnce = Number("--at-once", "How many prompts run at once where many do.", 16, 1, 64);
        var threads = Number("--threads", "The processor's threads; 0 for what is configured.", 0, 0, 1024);
        var verb = new Verb("bench", "Measure how fast models in process write calls on this machine.")
        {
            Examples =
            [
                ("bridge bench", "a generated model of the shape of Qwen2.5-0.5B, with 4 and with 8 bits a weight"),
                ("bridge bench --gpu", "shapes of 0.5B, 3B and 8B on the graphics device"),
                ("bridge bench --model qwen --json", "a model of your own, for a program"),
            ],
        };
        foreach (Option option in new Option[] { model, gpu, shapes, types, calls, count, atOnce, threads })
        {
            verb.Add(option);
        }

        verb.Runs(environment, async (context, cancellationToken) =>
        {
            BridgeSettings settings = SettingsLoader.Load(context.Settings, environment);
            LlamaOptions options = settings.Options.Llama;
            options.Threads = context.Parsed.GetValue(threads) is > 0 and var asked ? asked : options.Threads;
            var plan = new BenchPlan(Read(environment, context.Parsed.GetValue(calls))) { Calls = context.Parsed.GetValue(count), AtOnce = context.Parsed.GetValue(atOnce) };
            if (context.Parsed.GetValue(gpu))
            {
                RequireDevice(options, settings.DataFolder);
            }

            using var progress = new ProgressLine(environment);
            IEnumerable<(string Name, string Path)> models = context.Parsed.GetValue(model) is { } name
                ? [(name, await BenchModels.FindAsync(name, context, settings, cancellationToken))]
                : BenchModels.Make(
                    Chosen(context.Parsed.GetValue(shapes), s_shapes, context.Parsed.GetValue(gpu) ? s_shapes.Count : 1),
                    Chosen(context.Parsed.GetValue(types), s_types, s_types.Count), plan, progress);
            var output = new BenchOutput(context.Output, context.Json);
            foreach ((string called, string path) in models)
            {
                output.Add(await MeasureAsync(called, path, options, settings.DataFolder, plan, progress, cancellationToken));
                progress.Clear();
            }

            output.End();
            return ExitCode.Ok;
        });
        return verb;
    }

    private static async Task<BenchReport> MeasureAsync(
        string name, string path, LlamaOptions options, string dataFolder, BenchPlan plan, ProgressLine progress, CancellationToken cancellationToken)
    {
        try
        {
            using EngineBench bench = EngineBench.Open(name, path, options, dataFolder);
            return await bench.RunAsync(plan, progress, cancellationToken);
        }
        catch (Exception error) when (error is LlamaException or LlamaRuntimeException or InvalidDataException)
        {
            throw new VerbException(ExitCode.Failed, error.Message);
        }
    }

    private static IReadOnlyList<ReferenceCall> Read(CommandEnvironment environment, string? path)
    {
        try
        {
            IReadOnlyList<ReferenceCall> read = path is null ? ReferenceCalls.BuiltIn() : ReferenceCalls.Read(Path.Combine(environment.CurrentFolder, path));
            return read.Count > 0 ? read : throw new VerbException(ExitCode.Usage, $"'{path}' holds no record with one message and one expected call of plain values.");
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new VerbException(ExitCode.Usage, error.Message);
        }
    }

    private static void RequireDevice(LlamaOptions options, string dataFolder)
    {
        try
        {
            LlamaRuntime runtime = LlamaRuntime.Load(LlamaRuntime.Find(options.Runtime, dataFolder));
            if (!runtime.Devices.Any(device => device.IsGpu))
            {
                throw new VerbException(ExitCode.Failed, $"There is no graphics device that the {runtime.Folder.Backend} build of llama.cpp can use. 'bridge doctor' says what is missing.");
            }
        }
        catch (LlamaRuntimeException error)
        {
            throw new VerbException(ExitCode.Failed, error.Message);
        }
    }

    private static Option<string[]> Choice(string name, string description, IEnumerable<string> values)
    {
        var option = new Option<string[]>(name) { Description = description, AllowMultipleArgumentsPerToken = true };
        option.AcceptOnlyFromAmong([.. values]);
        return option;
    }

    private static Option<int> Number(string name, string description, int standard, int least, int most)
    {
        var option = new Option<int>(name) { Description = $"{description} Default: {standard}.", HelpName = "N", DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var value && (value < least || value > most))
            {
                result.AddError($"'{name}' must be from {least} to {most}.");
            }
        });
        return option;
    }

    private static IReadOnlyList<T> Chosen<T>(string[]? names, Dictionary<string, T> all, int standard) =>
        names is { Length: > 0 } ? [.. names.Select(name => all[name])] : [.. all.Values.Take(standard)];
}
