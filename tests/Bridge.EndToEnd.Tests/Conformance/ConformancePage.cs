using System.Text;
using Bridge.TestKit;

namespace Bridge.EndToEnd.Tests.Conformance;

/// <summary><c>docs/conformance.md</c>: written by the runs, and held against them.</summary>
internal static class ConformancePage
{
    private static readonly string s_path = Path.Combine(TestData.RepositoryRoot, "docs", "conformance.md");

    /// <summary>Holds the page's section of a run against the run; with <c>BRIDGE_WRITE_DOCS=1</c> the section is written.</summary>
    public static void Check(ConformanceRun run, IReadOnlyList<ConformanceScenario> scenarios)
    {
        string section = Write(run, scenarios);
        string page = File.ReadAllText(s_path).ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("BRIDGE_WRITE_DOCS") == "1")
        {
            int start = page.IndexOf($"## {run.Name}\n", StringComparison.Ordinal);
            int next = start < 0 ? -1 : page.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
            page = start < 0 ? $"{page.TrimEnd()}\n\n{section}" : page[..start] + section + (next < 0 ? "" : page[next..]);
            File.WriteAllText(s_path, page);
        }

        page.Should().Contain(section, "docs/conformance.md says what a run shows; BRIDGE_WRITE_DOCS=1 in the environment of this test writes it");
    }

    private static string Write(ConformanceRun run, IReadOnlyList<ConformanceScenario> scenarios)
    {
        var text = new StringBuilder($"## {run.Name}\n\n");
        text.Append($"{scenarios.Sum(scenario => scenario.Passed)} checks passed, {scenarios.Sum(scenario => scenario.Failed)} failed.\n\n");
        text.Append("| scenario | passed | failed | why |\n|---|---|---|---|\n");
        foreach (ConformanceScenario scenario in scenarios)
        {
            text.Append($"| `{scenario.Name}` | {scenario.Passed} | {scenario.Failed} | {run.Exceptions.GetValueOrDefault(scenario.Name, "")} |\n");
        }

        return text.ToString();
    }
}
