using System.Text;
using System.Text.RegularExpressions;
using Bridge.TestKit;

namespace Bridge.Architecture.Tests.Attacks;

/// <summary><c>docs/security.md</c>: written from the table of attacks and the tests that bear their ids, and held against them.</summary>
public partial class AttackTests
{
    private const string Head = """
        # Security

        What was tried against the gateway and the tool callers, what Bridge does, and the tests that show it; at the end, what is open. Tests bear the ids of their attacks: `dotnet test --filter Attack=H1` runs those of one. This page is written from the tests (`BRIDGE_WRITE_DOCS=1 dotnet test tests/Bridge.Architecture.Tests`), and the build fails when the two disagree.

        Who may call what is said in [access](access.md), what passes in [the gateway](gateway.md).

        """;

    private static readonly ILookup<string, string> s_tests = Read().ToLookup(test => test.Id, test => test.Name, StringComparer.Ordinal);

    [Fact]
    public void Page_OfAttacks_SaysWhatTestsShow()
    {
        string path = Path.Combine(TestData.RepositoryRoot, "docs", "security.md");
        string page = Write();
        if (Environment.GetEnvironmentVariable("BRIDGE_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, page);
        }

        File.ReadAllText(path).ReplaceLineEndings("\n").Should().Be(page, "BRIDGE_WRITE_DOCS=1 in the environment of this test writes it");
    }

    [Fact]
    public void Ids_OfTests_AreKnown() => s_tests.Select(tests => tests.Key).Should().BeSubsetOf(AttackCases.All.SelectMany(part => part.Cases).Select(one => one.Id));

    [Fact]
    public void Cases_AnsweredOrOpen_HaveTestsOrAReason()
    {
        foreach (AttackCase one in AttackCases.All.SelectMany(part => part.Cases))
        {
            s_tests[one.Id].Any().Should().Be(one.Answer is not null, one.Id);
            (one.Answer ?? one.Open).Should().NotBeNull(one.Id);
        }
    }

    private static string Write()
    {
        var page = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach ((string title, AttackCase[] cases) in AttackCases.All)
        {
            page.Append($"\n## {title}\n\n| id | attack | what Bridge does | tests |\n|---|---|---|---|\n");
            foreach (AttackCase one in cases.Where(one => one.Answer is not null))
            {
                string tests = string.Join("<br>", s_tests[one.Id].Order(StringComparer.Ordinal).Select(name => $"`{name}`"));
                page.Append($"| {one.Id} | {one.Attack}. | {one.Answer}. | {tests} |\n");
            }
        }

        page.Append("\n## Open\n\nWhat no test shows: not built, not tried, or of no concern yet.\n\n| id | attack | what is open |\n|---|---|---|\n");
        foreach (AttackCase one in AttackCases.All.SelectMany(part => part.Cases).Where(one => one.Open is not null))
        {
            page.Append($"| {one.Id} | {one.Attack}. | {one.Open} |\n");
        }

        return page.ToString();
    }

    // The trait stands above the method, among its other attributes.
    private static IEnumerable<(string Id, string Name)> Read()
    {
        foreach (SourceFile file in SourceTree.Files("tests"))
        {
            var ids = new List<string>();
            foreach (string line in file.Lines)
            {
                if (Trait().Match(line) is { Success: true } trait)
                {
                    ids.Add(trait.Groups[1].Value);
                }
                else if (ids.Count > 0 && Method().Match(line) is { Success: true } method)
                {
                    foreach (string id in ids)
                    {
                        yield return (id, $"{Path.GetFileNameWithoutExtension(file.Path)}.{method.Groups[1].Value}");
                    }

                    ids.Clear();
                }
            }

            ids.Should().BeEmpty($"{file.Path} has a trait without a method");
        }
    }

    [GeneratedRegex(@"^\s+\[Trait\(""Attack"", ""([A-Z]\d+)""\)\]$")]
    private static partial Regex Trait();

    [GeneratedRegex(@"^\s+public .*?(\w+)\(")]
    private static partial Regex Method();
}
