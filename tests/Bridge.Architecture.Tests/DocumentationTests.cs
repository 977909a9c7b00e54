using System.Text.Json;
using System.Text.RegularExpressions;
using Bridge.Configuration;
using Bridge.Outcomes;
using Bridge.TestKit;

namespace Bridge.Architecture.Tests;

/// <summary>What a user may meet is documented.</summary>
public partial class DocumentationTests
{
    [Fact]
    public void Troubleshooting_EveryKindOfReason_HasAnEntry() =>
        Headings().Should().Contain(Enum.GetNames<ReasonKind>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName));

    [Fact]
    public void Troubleshooting_EveryCode_HasAnEntry()
    {
        string[] codes = [.. CodesInSource()];
        codes.Should().HaveCountGreaterThan(20);
        Headings().Should().Contain(codes);
    }

    [Fact]
    public void Troubleshooting_EveryEntry_IsOfSomethingThatExists()
    {
        string[] known = [.. CodesInSource(), .. Enum.GetNames<ReasonKind>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];
        known.Should().Contain(Headings());
    }

    [Fact]
    public void Tools_CodesOfFindings_AreThoseDocumented()
    {
        string[] known = [.. SourceTree.Files("src/Bridge").Where(file => file.Path.Contains("/Linting/", StringComparison.Ordinal))
            .SelectMany(file => LintCode().Matches(file.Text)).Select(match => $"{match.Groups[2].Value} {match.Groups[1].Value.ToLowerInvariant()}").Distinct()];
        string[] documented = [.. DocumentedLintCode().Matches(Read("docs/tools.md")).Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}")];

        known.Should().HaveCountGreaterThan(20);
        documented.Should().BeEquivalentTo(known);
    }

    [Fact]
    public void Configuration_EverySetting_IsDocumented()
    {
        string page = Read("docs/configuration.md");
        foreach (string setting in Settings(typeof(BridgeOptions), ""))
        {
            page.Should().Contain($"`{setting}`");
        }

        foreach (string setting in typeof(ToolOptions).GetProperties().Select(property => property.Name))
        {
            page.Should().Contain($"`{setting}`");
        }
    }

    [Theory]
    [InlineData("mcp.json", "src/Bridge.Mcp/Configuration/McpServerEntryReader.cs")]
    [InlineData("models.json", "src/Bridge/Profiles/ProfileReader.cs", "src/Bridge/Profiles/ProviderReader.cs")]
    public void Configuration_KeysOfAFile_AreThoseItsReadersKnow(string file, params string[] readers)
    {
        string[] known = [.. readers.SelectMany(reader => KeysIn(Read(reader))).Distinct()];
        known.Should().HaveCountGreaterThan(10);
        KeysDocumented(file).Should().BeEquivalentTo(known);
    }

    [Fact]
    public void Links_OfEveryPage_LeadSomewhere()
    {
        foreach (string page in Directory.GetFiles(TestData.RepositoryRoot, "*.md").Concat(Directory.GetFiles(Path.Combine(TestData.RepositoryRoot, "docs"), "*.md")))
        {
            foreach (Match link in RelativeLink().Matches(File.ReadAllText(page)))
            {
                string target = Path.Combine(Path.GetDirectoryName(page)!, link.Groups[1].Value);
                Path.Exists(target).Should().BeTrue($"{page} links to {link.Groups[1].Value}");
            }
        }
    }

    private static IEnumerable<string> Settings(Type options, string prefix)
    {
        foreach (System.Reflection.PropertyInfo property in options.GetProperties())
        {
            bool section = property.PropertyType.IsClass && property.PropertyType.Namespace == options.Namespace;
            if (!section)
            {
                yield return prefix + property.Name;
                continue;
            }

            foreach (string inner in Settings(property.PropertyType, $"{prefix}{property.Name}:"))
            {
                yield return inner;
            }
        }
    }

    // Entries of a table of readers, or of the list of known keys.
    private static IEnumerable<string> KeysIn(string source) =>
        KeyReader().Matches(source).Select(match => match.Groups[1].Value)
            .Concat(KeyList().Matches(source).SelectMany(list => Quoted().Matches(list.Value)).Select(match => match.Groups[1].Value));

    // The code in the first cells of the tables in a file's section.
    private static IEnumerable<string> KeysDocumented(string file) =>
        Read("docs/configuration.md").Split("\n## ").Single(section => section.StartsWith($"`{file}`\n", StringComparison.Ordinal))
            .Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => InCode().Matches(line.Split('|')[1]))
            .Select(match => match.Groups[1].Value)
            .Distinct();

    private static string[] Headings() => [.. Heading().Matches(Read("docs/troubleshooting.md")).Select(match => match.Groups[1].Value)];

    // A code stands first among the arguments of a problem or a finding, or between the branches of a choice.
    private static IEnumerable<string> CodesInSource() => SourceTree.Files("src")
        .Where(file => CodePlaces().IsMatch(file.Path))
        .SelectMany(file => Code().Matches(file.Text))
        .Select(match => match.Groups[1].Value)
        .Except(["sample-server"]) // a verb
        .Distinct();

    private static string Read(string path) => File.ReadAllText(Path.Combine(TestData.RepositoryRoot, path)).ReplaceLineEndings("\n");

    [GeneratedRegex(@"^### (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\s+\[""(\w+)""\] = \(", RegexOptions.Multiline)]
    private static partial Regex KeyReader();

    [GeneratedRegex(@"string\[\] s_keys =\s*\[[^\]]*\]")]
    private static partial Regex KeyList();

    [GeneratedRegex(@"""(\w+)""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"LintLevel\.(\w+),\s*""([a-z-]+)""")]
    private static partial Regex LintCode();

    [GeneratedRegex(@"^\| `([a-z-]+)` \| (\w+) \|", RegexOptions.Multiline)]
    private static partial Regex DocumentedLintCode();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex InCode();

    [GeneratedRegex(@"\]\((?!https?:|#|mailto:)([^)#\s]+)")]
    private static partial Regex RelativeLink();

    [GeneratedRegex("/(Configuration|Identity|Profiles|Doctor|Setup|Composition|Bridge\\.Http/Hosting)/")]
    private static partial Regex CodePlaces();

    [GeneratedRegex("(?<=[(?:,]\\s*)\"([a-z]+(?:-[a-z]+)+)\"(?=\\s*[,:])")]
    private static partial Regex Code();
}
