using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Bridge.Mcp.Processes;

/// <summary>The process of one server with its pipes. Nothing it started outlives its disposal.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly ProcessSpec _spec;
    private readonly Process _process;
    private readonly IProcessGroup _group;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly ErrorTail _errors;
    private readonly CancellationTokenSource _disposed = new();
    private readonly Task _errorPump;
    private int _stopped;

    private ServerProcess(ProcessSpec spec, Process process, IProcessGroup group, ILogger logger, TimeProvider time)
    {
        (_spec, _process, _group, _logger, _time) = (spec, process, group, logger, time);
        Id = process.Id;
        _errors = new ErrorTail(spec.Name, logger);
        _errorPump = _errors.PumpAsync(process.StandardError.BaseStream, _disposed.Token);
        Output = new BoundedLineStream(process.StandardOutput.BaseStream, spec.MaxLineBytes, spec.Name);
        Exited = WaitAsync();
    }

    /// <summary>The process's id.</summary>
    public int Id { get; }

    /// <summary>The process's standard input.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>The process's standard output; reading fails once a line is too long.</summary>
    public Stream Output { get; }

    /// <summary>Ends with the exit code.</summary>
    public Task<int> Exited { get; }

    /// <summary>The last lines of standard error.</summary>
    public string ErrorText => _errors.Text;

    /// <summary>Starts a process.</summary>
    /// <exception cref="ProcessStartException">It cannot be started.</exception>
    public static ServerProcess Start(ProcessSpec spec, ILogger logger, TimeProvider time)
    {
        Dictionary<string, string> environment = ChildEnvironment.Create(spec.Environment);
        if (spec.WorkingDirectory is { } folder && !Directory.Exists(folder))
        {
            throw new ProcessStartException($"The folder '{folder}' to start in does not exist.", "Correct 'cwd', or create the folder.");
        }

        string program = CommandPath.Resolve(spec.Command, environment);
        if (program == Environment.ProcessPath)
        {
            ChildEnvironment.AddOwnRuntime(environment);
        }

        var start = new ProcessStartInfo(program, spec.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = spec.WorkingDirectory ?? "",
        };
        start.Environment.Clear();
        foreach ((string key, string value) in environment)
        {
            start.Environment[key] = value;
        }

        bool session = !OperatingSystem.IsWindows() && UnixProcessGroup.TryPrepare(start);
        Process process = Run(start, spec.Command);
        IProcessGroup? group = session ? new UnixProcessGroup(process) : OperatingSystem.IsWindows() ? WindowsJob.TryCreate(process) : null;
        if (group is null)
        {
            ProcessLog.NoGroup(logger, spec.Name);
        }
        else if (group is UnixProcessGroup { IsWatched: false })
        {
            ProcessLog.NoWatch(logger, spec.Name);
        }

        ProcessLog.Started(logger, spec.Name, process.Id);
        return new ServerProcess(spec, process, group ?? new ProcessTree(process), logger, time);
    }

    /// <summary>Ends the process and everything it started: by closing its input, by asking, by force.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0)
        {
            await EndsWithin(TimeSpan.FromSeconds(10)).ConfigureAwait(false);
            return;
        }

        CloseInput();
        if (!await EndsWithin(_spec.Grace).ConfigureAwait(false))
        {
            _group.Terminate();
            if (!await EndsWithin(_spec.Grace).ConfigureAwait(false))
            {
                ProcessLog.Killed(_logger, _spec.Name, Id);
            }
        }

        _group.Kill(); // also what the process left behind
        await EndsWithin(TimeSpan.FromSeconds(10)).ConfigureAwait(false);
        await _disposed.CancelAsync().ConfigureAwait(false);
        await _errorPump.WaitAsync(TimeSpan.FromSeconds(1), _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _group.Dispose();
        _process.Dispose();
        _disposed.Dispose();
    }

    private static Process Run(ProcessStartInfo start, string command)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or IOException)
        {
            throw new ProcessStartException($"The command '{command}' cannot be started: {error.Message}.", "Check the file, its permissions and 'cwd'.", error);
        }
    }

    private async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        int code = _process.ExitCode;
        ProcessLog.Exited(_logger, _spec.Name, Id, code);
        return code;
    }

    private void CloseInput()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (Exception error) when (error is IOException or InvalidOperationException or ObjectDisposedException)
        {
            // The other end is gone already.
        }
    }

    private async Task<bool> EndsWithin(TimeSpan limit)
    {
        using var ended = new CancellationTokenSource();
        await Task.WhenAny(Exited, Task.Delay(limit, _time, ended.Token)).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        return Exited.IsCompleted;
    }
}
