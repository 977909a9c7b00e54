using System.Diagnostics;

namespace Bridge.EndToEnd.Tests.Running;

/// <summary>The <c>dotnet</c> that runs this test, as a command.</summary>
internal static class DotnetCommand
{
    private static readonly string s_dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Runs to the end.</summary>
    /// <param name="folder">The current folder.</param>
    /// <param name="packages">Where packages are unpacked; <see langword="null"/> for the machine's folder.</param>
    /// <param name="arguments">The words behind <c>dotnet</c>.</param>
    /// <returns>The exit code, and all that was written.</returns>
    public static async Task<(int Code, string Output)> RunAsync(string folder, string? packages, params string[] arguments)
    {
        var start = new ProcessStartInfo(s_dotnet, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // What the test run tells its own build must not reach another one.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["MSBUILDDISABLENODEREUSE"] = "1"; // nothing stays behind
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        if (packages is not null)
        {
            start.Environment["NUGET_PACKAGES"] = packages;
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return (process.ExitCode, await output + await error);
    }
}
