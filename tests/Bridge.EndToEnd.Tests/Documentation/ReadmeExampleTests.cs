namespace Bridge.EndToEnd.Tests.Documentation;

/// <summary>The C# of the pages is the one that is compiled here.</summary>
public class ReadmeExampleTests
{
    private static readonly Page s_readme = Page.Read("README.md");
    private static readonly string s_compiled = Page.Read("tests/Bridge.EndToEnd.Tests/Documentation/ReadmeExample.cs").Text;

    [Theory]
    [InlineData("README.md", "ReadmeExample.cs")]
    [InlineData("docs/tools.md", "ToolsExample.cs")]
    [InlineData("docs/decoding.md", "DecodingExample.cs")]
    public void Page_Example_IsTheCompiledOne(string page, string file)
    {
        string compiled = Page.Read($"tests/Bridge.EndToEnd.Tests/Documentation/{file}").Text;
        string[] lines = Page.Read(page).Blocks("csharp").Single().Split('\n');
        string[] usings = [.. lines.TakeWhile(line => line.Length > 0)];

        usings.Should().OnlyContain(line => line.StartsWith("using ", StringComparison.Ordinal));
        compiled.Split('\n').Should().Contain(usings);
        string.Join('\n', lines.Skip(usings.Length)).Trim().Should().Be(Body(compiled));
    }

    [Fact]
    public async Task Tools_SignatureShown_IsThatOfTheExample() =>
        (await ToolsExample.SignaturesAsync()).Should().Contain(Page.Read("docs/tools.md").Blocks("text").Single().TrimEnd('\n'));

    [Fact]
    public void Decoding_ResultsShown_AreThoseOfTheExample()
    {
        Page page = Page.Read("docs/decoding.md");
        DecodingExampleResult result = DecodingExample.Run();

        page.Text.Should().Contain($"`{result.Forced}` is forced").And.Contain($"then {result.Choice} may follow");
        page.Blocks("text").Should().Equal(result.Grammar.Text);
        page.Blocks("jsonc").Should().Equal(result.Ollama.Schema + "\n", result.OpenAi.Schema + "\n");
        page.Text.Should().Contain($"is `{result.Arguments}` after reading back");
        (result.IsFullyDecodable, result.Grammar.Losses.Length, result.Ollama.Losses.Length).Should().Be((true, 0, 0));
        result.OpenAi.Losses.Should().ContainSingle().Which.Keyword.Should().Be("maxLength");
    }

    [Fact]
    public void Readme_CallsInSentences_AreCompiled()
    {
        string[] calls = [.. s_readme.InlineCode.Where(code => code.EndsWith(')'))];

        calls.Should().HaveCountGreaterThan(3);
        calls.Should().AllSatisfy(call => s_compiled.Should().Contain(call));
    }

    private static string Body(string compiled)
    {
        IEnumerable<string> lines = compiled.Split('\n')
            .SkipWhile(line => line.Trim() != "// begin").Skip(1).TakeWhile(line => line.Trim() != "// end");
        return string.Join('\n', lines.Select(line => line.Length == 0 ? line : line["        ".Length..]));
    }
}
