using System.Collections;
using System.ComponentModel;
using System.Diagnostics;
using Bridge.Llama.Inference;
using Microsoft.Extensions.Logging;

namespace Bridge.Llama.Workers;

/// <summary>The process of a worker.</summary>
internal sealed class WorkerProcess : IDisposable
{
    // No credentials; what .NET, drivers and the library's own switches need.
    private static readonly HashSet<string> s_variables = new(StringComparer.OrdinalIgnoreCase)
    {
        "PATH", "HOME", "USER", "LANG", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64",
        "SystemRoot", "SystemDrive", "TEMP", "TMP", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "ProgramFiles", "ProgramData", "PROCESSOR_ARCHITECTURE",
    };

    private static readonly string[] s_prefixes = ["LC_", "XDG_", "CUDA_", "NVIDIA_", "GGML_", "VK_", "OMP_"];

    private readonly Process _process;
    private readonly WorkerErrors _errors;
    private readonly Task _errorPump;

    private WorkerProcess(Process process, WorkerErrors errors)
    {
        _process = process;
        _errors = errors;
        Id = process.Id;
        _errorPump = errors.PumpAsync(process.StandardError);
    }

    /// <summary>The process's id.</summary>
    public int Id { get; }

    /// <summary>Where its lines come from.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>Where lines for it go.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>Starts a worker.</summary>
    /// <param name="executable">The program.</param>
    /// <param name="model">The model's name, for the log.</param>
    /// <param name="logger">The log.</param>
    /// <exception cref="LlamaException">It cannot be started.</exception>
    public static WorkerProcess Start(string executable, string model, ILogger logger)
    {
        var start = new ProcessStartInfo(executable, [LlamaWorker.Verb])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        start.Environment.Clear();
        foreach (DictionaryEntry pair in Environment.GetEnvironmentVariables())
        {
            string name = (string)pair.Key;
            if (s_variables.Contains(name) || s_prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            {
                start.Environment[name] = (string?)pair.Value;
            }
        }

        try
        {
            Process process = Process.Start(start)!;
            WorkerLog.Started(logger, model, process.Id);
            return new WorkerProcess(process, new WorkerErrors(model, logger));
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or IOException)
        {
            throw new LlamaException(LlamaFault.Failed, $"The worker process of '{model}' cannot be started from '{executable}': {error.Message}", error);
        }
    }

    /// <summary>Waits for the end, and forces it on a process that only closed its output.</summary>
    /// <returns>How it ended, to follow "the process".</returns>
    public async Task<string> WaitAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await _process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Kill();
            await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        await _errorPump.WaitAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return $"{Describe(_process.ExitCode)}{_errors.LastWords}";
    }

    /// <summary>Ends it at once: it holds nothing that would be lost.</summary>
    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
        {
            // It has gone already.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Kill();
        _process.WaitForExit(TimeSpan.FromSeconds(10)); // what is not waited for stays in the table of processes
        _process.Dispose();
    }

    private static string Describe(int code) => OperatingSystem.IsWindows() || code <= 128
        ? $"ended with exit code {code}"
        : $"was ended by signal {code - 128}{NameOf(code - 128)}";

    private static string NameOf(int signal) => signal switch
    {
        4 => " (illegal instruction)",
        6 => " (abort)",
        7 => " (bus error)",
        9 => " (killed)",
        11 => " (segmentation fault)",
        15 => " (terminated)",
        _ => "",
    };
}
