using Bridge.TestKit;

namespace Bridge.EndToEnd.Tests.Conformance;

/// <summary>One run of a suite through the gateway.</summary>
/// <param name="Name">Its heading in <c>docs/conformance.md</c>.</param>
/// <param name="Package">The package that holds the suite.</param>
/// <param name="Options">What is said to the suite.</param>
internal sealed record ConformanceRun(string Name, string Package, params string[] Options)
{
    private const string Released = "@modelcontextprotocol/conformance", Next = "conformance-next", Waits = "not scored: Bridge need not refuse, because it follows the task itself for a client that takes none";

    /// <summary>The released suite, every scenario.</summary>
    public static ConformanceRun All { get; } = new("Suite 0.1.16, every scenario", Released, "--suite", "all");

    /// <summary>What 2025-11-25 requires.</summary>
    public static ConformanceRun Of2025 { get; } = new("Suite 0.2.0-alpha.12, requirements of 2025-11-25", Next, "--requirements", "2025-11-25");

    /// <summary>What 2026-07-28 requires, and what the suite runs beside. The usual server behind speaks 2025-11-25: the gateway translates.</summary>
    public static ConformanceRun Of2026 { get; } = new("Suite 0.2.0-alpha.12, requirements of 2026-07-28", Next, "--requirements", "2026-07-28")
    {
        Exceptions = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["input-required-result-basic-elicitation"] = "a question must be called 'user_name'; servers with sessions do not name their questions, so Bridge does",
            ["tasks-required-task-error"] = Waits,
        },
    };

    /// <summary>Scenarios that may fail, each with the reason. One that passes must go from here.</summary>
    public IReadOnlyDictionary<string, string> Exceptions { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The same in front of another server than the usual one.</summary>
    /// <param name="server">The server.</param>
    public ConformanceRun Before(string server) => this with { Name = $"{Name}, in front of {server}" };

    /// <summary>The same with a scenario that must pass.</summary>
    /// <param name="scenario">The scenario.</param>
    public ConformanceRun Without(string scenario) =>
        this with { Exceptions = Exceptions.Where(exception => exception.Key != scenario).ToDictionary(StringComparer.Ordinal) };

    /// <summary>Runs it.</summary>
    public Task<(IReadOnlyList<ConformanceScenario> Scenarios, string Output)> RunAsync(string url) => ConformanceSuite.RunAsync(Package, url, Options);
}
