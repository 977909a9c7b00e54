using System.Diagnostics;
using System.Runtime.InteropServices;
using Bridge.Configuration;
using Bridge.Llama.Loading;
using Bridge.Llama.Native;
using Bridge.Llama.Store;
using Bridge.Storage;
using Microsoft.Extensions.Options;

namespace Bridge.Llama.Workers;

/// <summary>A process that runs one model for another process, and dies in its place.</summary>
public static class LlamaWorker
{
    /// <summary>The argument by which a program is told to be a worker.</summary>
    public const string Verb = "llama-worker";

    /// <summary>The build of this program; two that differ may not understand each other.</summary>
    internal static Guid Build => typeof(LlamaWorker).Module.ModuleVersionId;

    /// <summary>Is a worker until standard input ends. Call it first and alone: standard output belongs to it.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync()
    {
        // A signal to the whole group is the host's to answer: it lets what runs end, and then closes the input.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, static context => context.Cancel = true);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, static context => context.Cancel = true);
        OfferToTheKernel();
        NativeLog.Warned = static line => Console.Error.WriteLine(line);
        using var lines = new WorkerLines(Console.OpenStandardInput(), Console.OpenStandardOutput());
        Console.SetOut(Console.Error);
        using var session = new WorkerSession(lines, ModelsOf, TimeProvider.System);
        if (!await session.RunAsync().ConfigureAwait(false))
        {
            // The library cannot be interrupted, and must not outlive the host.
            Process.GetCurrentProcess().Kill();
        }

        return 0;
    }

    private static LoadedModels ModelsOf(WorkerRequest.Load load)
    {
        var options = new BridgeOptions();
        options.Llama = load.Options;
        options.Llama.IdleUnload = Timeout.InfiniteTimeSpan;
        return new LoadedModels(new OneModel(load.Path), new FixedOptions(options), TimeProvider.System, load.DataFolder is null ? null : DataFolder.Open(load.DataFolder));
    }

    /// <summary>When memory runs out, Linux shall end this process rather than the host.</summary>
    private static void OfferToTheKernel()
    {
        try
        {
            if (OperatingSystem.IsLinux())
            {
                File.WriteAllText("/proc/self/oom_score_adj", "500");
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Without it the kernel chooses by size, which is mostly the same.
        }
    }

    private sealed class OneModel(string path) : IModelFiles
    {
        public Task<IReadOnlyList<ModelRecord>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ModelRecord>>([]);

        public Task<string> FindAsync(string name, CancellationToken cancellationToken) => Task.FromResult(path);
    }

    private sealed class FixedOptions(BridgeOptions options) : IOptionsMonitor<BridgeOptions>
    {
        public BridgeOptions CurrentValue => options;

        public BridgeOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<BridgeOptions, string?> listener) => null;
    }
}
