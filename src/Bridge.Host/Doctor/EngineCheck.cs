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
        return Task.FromResult(Look(LlamaRuntime.Find(options.Llama.Runtime, context.Settings.DataFolder), missing));
    }

    private static IReadOnlyList<Finding> Look(RuntimeChoice choice, FindingLevel missing)
    {
        if (choice.Folder is not { } folder)
        {
            return [new("engine-missing", missing, Subject, $"It is not installed, and models in process need it. {string.Join(' ', choice.Passed)}", Cure)];
        }

        try
        {
            LlamaRuntime runtime = LlamaRuntime.Load(choice);
            return
            [
                new("engine", FindingLevel.Ok, Subject, $"Version {LlamaRuntime.Version}, {folder.Backend}, {folder.Origin} ('{folder.Path}'): {string.Join("; ", runtime.Devices.Select(device => device.Summary))}."),
                .. choice.Passed.Select(reason => new Finding("engine-backend", FindingLevel.Note, Subject, $"A better backend is not used. {reason}")),
            ];
        }
        catch (LlamaRuntimeException error)
        {
            return [new("engine-unusable", missing, Subject, error.Message, Cure)];
        }
    }
}
