using System.Text.RegularExpressions;

namespace Bridge.Architecture.Tests;

/// <summary>Files and constructors stay small.</summary>
public partial class SizeTests(ITestOutputHelper output)
{
    private const int MaxSourceLines = 400;
    private const int MaxTestLines = 800;
    private const int MaxFamilyLines = 160;
    private const int MaxDependencies = 6;

    [Theory]
    [InlineData("src", MaxSourceLines)]
    [InlineData("test-servers", MaxSourceLines)]
    [InlineData("tests", MaxTestLines)]
    public void Files_OfEveryProject_StayWithinTheLimit(string top, int most)
    {
        SourceFile[] files = [.. SourceTree.Files(top)];
        int[] sizes = [.. files.Select(file => file.Lines.Length).Order()];
        output.WriteLine($"{top}: {sizes.Length} files, median {sizes[sizes.Length / 2]} lines, longest {sizes[^1]}");
        files.Where(file => file.Lines.Length > most).Select(file => $"{file.Path}: {file.Lines.Length}").Should().BeEmpty();
    }

    [Fact]
    public void Constructors_OfEveryClass_TakeFewDependencies()
    {
        foreach (SourceFile file in SourceTree.Files("src"))
        {
            foreach (Match constructor in Constructor().Matches(file.Text))
            {
                int parameters = constructor.Groups[2].Value.Split(',').Length;
                parameters.Should().BeLessThanOrEqualTo(MaxDependencies, $"{file.Path}: {constructor.Groups[1].Value}");
            }
        }
    }

    [Fact]
    public void Files_OfSource_HoldOneClassOrASmallFamily()
    {
        foreach (SourceFile file in SourceTree.Files("src"))
        {
            MatchCollection classes = TopLevelClass().Matches(file.Text);
            if (classes.Count > 1)
            {
                file.Lines.Length.Should().BeLessThanOrEqualTo(MaxFamilyLines, $"{file.Path} holds {classes.Count} classes");
                classes.Select(found => found.Groups[1].Value).Distinct().Should().ContainSingle($"{file.Path} is a family of one base")
                    .Which.Should().NotBeEmpty();
            }
        }
    }

    [GeneratedRegex(@"^(?:public |internal )(?:static |sealed |abstract |partial )*class (\w+)(?:<[^>]*>)?\(([^)]+)\)", RegexOptions.Multiline)]
    private static partial Regex Constructor();

    [GeneratedRegex(@"^(?:public |internal )(?:static |sealed |abstract |partial )*class \w+(?:\([^)]*\))?(?: : (\w+))?", RegexOptions.Multiline)]
    private static partial Regex TopLevelClass();
}
