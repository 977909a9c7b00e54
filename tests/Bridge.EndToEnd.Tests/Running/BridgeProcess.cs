using System.Diagnostics;
using Bridge.TestKit;

namespace Bridge.EndToEnd.Tests.Running;

/// <summary>The built <c>bridge</c>, run in folders of its own.</summary>
/// <param name="executable">Another executable than the built one.</param>
internal sealed class BridgeProcess(string? executable = null) : IDisposable
{
    private readonly TemporaryFolder _home = new();

    private string Executable => executable ?? BuiltBridge.Executable;

    /// <summary>The current folder of the process, empty at first.</summary>
    public string Current => Directory.CreateDirectory(Path.Combine(_home.Path, "current")).FullName;

    /// <summary>Environment variables of the process besides those of the test.</summary>
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>Writes a file below the current folder.</summary>
    public void Write(string name, string content) => _home.Write(Path.Combine("current", name), content);

    /// <summary>Runs to the end; input is closed at once.</summary>
    public Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => RunProgramAsync(Executable, arguments);

    /// <summary>Runs another program in the same folders to the end; input is closed at once.</summary>
    public async Task<(int Code, string Output, string Error)> RunProgramAsync(string program, params string[] arguments)
    {
        using Process process = StartProgram(program, arguments);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output, await error);
    }

    public Process Start(params string[] arguments) => StartProgram(Executable, arguments);

    /// <summary>Every living process that was started in this home, by <c>bridge</c> or by what it started; orphans too. Linux only.</summary>
    /// <returns>The ids, each with its command line.</returns>
    public IReadOnlyDictionary<int, string> Processes() => Signals.WithVariable($"HOME={_home.Path}");

    public void Dispose() => _home.Dispose();

    private Process StartProgram(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Current,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = _home.Path;
        start.Environment["XDG_CONFIG_HOME"] = Path.Combine(_home.Path, "xdg");
        start.Environment["APPDATA"] = Path.Combine(_home.Path, "xdg");
        start.Environment["BRIDGE_DATA_DIR"] = Path.Combine(_home.Path, "data");
        start.Environment.Remove("BRIDGE_CONFIG_DIR");
        foreach ((string name, string value) in Variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
