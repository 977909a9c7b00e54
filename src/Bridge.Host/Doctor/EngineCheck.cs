using Bridge.Configuration;
using Bridge.Llama.Runtimes;

namespace Bridge.Host.Doctor;

/// <summary>Which llama.cpp models in process run on, with which devices, and why not on better ones.</summary>
internal sealed class EngineCheck : IDoctorCheck
{
    private const string Subject = "llama.cpp";
    private const string Cure = "Run 'bridge models install-runtime', or name a folder in 'Bridge:Llama:Runtime'.";

    public Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken)
    {
        BridgeOptions options = context.Settings.Options;
        FindingLevel missing = options.Callers.Append(options.Responder).Any(name => name.StartsWith("llama/", StringComparison.Ordinal))
            ? FindingLevel.Error
            : FindingLevel.Note;
        return Task.FromResult(Look(LlamaRuntime.Find(options.Llama.Runtime, context.Settings.DataFolder), options.Llama.GpuLayers, missing));
    }

    private static IReadOnlyList<Finding> Look(RuntimeChoice choice, int gpuLayers, FindingLevel missing)
    {
        PassedRuntime[] missed = [.. choice.Passed.Where(passed => passed.HasDriver)];
        PassedRuntime[] absent = [.. choice.Passed.Where(passed => !passed.HasDriver)];
        string? reasons = absent.Length > 0 ? Sentences(absent) : null;
        if (choice.Folder is not { } folder)
        {
            return [new("engine-missing", missing, Subject, $"It is not installed, and models in process need it. {Sentences(missed)}".TrimEnd(), Cure) { Detail = reasons }];
        }

        try
        {
            LlamaRuntime runtime = LlamaRuntime.Load(choice);
            string used = string.Join("; ", RuntimeMemory.Of(runtime.Devices, gpuLayers).Devices.Select(device => device.Summary));
            string others = absent.Length > 0 ? $" {string.Join(", ", absent.Select(passed => passed.Backend))}: no such device's driver is on this machine." : "";
            return
            [
                new("engine", FindingLevel.Ok, Subject, $"{folder.Backend}, {used}.{others}")
                {
                    Detail = $"Version {LlamaRuntime.Version}, {folder.Origin} ('{folder.Path}'): {string.Join("; ", runtime.Devices.Select(device => device.Summary))}. {reasons}".TrimEnd(),
                },
                .. missed.Select(passed => new Finding("engine-backend", FindingLevel.Note, Subject, $"A better backend is not used. {passed.Reason}")),
            ];
        }
        catch (LlamaRuntimeException error)
        {
            return [new("engine-unusable", missing, Subject, error.Message, Cure)];
        }
    }

    private static string Sentences(IEnumerable<PassedRuntime> passed) => string.Join(' ', passed.Select(one => one.Reason));
}
