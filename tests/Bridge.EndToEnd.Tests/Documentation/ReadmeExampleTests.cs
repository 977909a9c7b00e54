namespace Bridge.EndToEnd.Tests.Documentation;

/// <summary>The C# of the README is the one that is compiled here.</summary>
public class ReadmeExampleTests
{
    private static readonly Page s_readme = Page.Read("README.md");
    private static readonly string s_compiled = Page.Read("tests/Bridge.EndToEnd.Tests/Documentation/ReadmeExample.cs").Text;

    [Fact]
    public void Readme_LibraryExample_IsTheCompiledOne()
    {
        string[] lines = s_readme.Blocks("csharp").Single().Split('\n');
        string[] usings = [.. lines.TakeWhile(line => line.Length > 0)];

        usings.Should().OnlyContain(line => line.StartsWith("using ", StringComparison.Ordinal));
        s_compiled.Split('\n').Should().Contain(usings);
        string.Join('\n', lines.Skip(usings.Length)).Trim().Should().Be(Body());
    }

    [Fact]
    public void Readme_CallsInSentences_AreCompiled()
    {
        string[] calls = [.. s_readme.InlineCode.Where(code => code.EndsWith(')'))];

        calls.Should().HaveCountGreaterThan(3);
        calls.Should().AllSatisfy(call => s_compiled.Should().Contain(call));
    }

    private static string Body()
    {
        IEnumerable<string> lines = s_compiled.Split('\n')
            .SkipWhile(line => line.Trim() != "// begin").Skip(1).TakeWhile(line => line.Trim() != "// end");
        return string.Join('\n', lines.Select(line => line.Length == 0 ? line : line["        ".Length..]));
    }
}
