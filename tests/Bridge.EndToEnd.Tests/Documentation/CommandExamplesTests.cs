using System.CommandLine;
using System.Text.RegularExpressions;
using Bridge.Host.Terminal;
using Bridge.Host.Verbs;
using Bridge.TestKit;

namespace Bridge.EndToEnd.Tests.Documentation;

/// <summary>Every command a page shows is one that <c>bridge</c> understands.</summary>
public partial class CommandExamplesTests
{
    private static readonly RootCommand s_bridge = BridgeCommand.Create(new CommandEnvironment
    {
        Input = TextReader.Null,
        Output = TextWriter.Null,
        Error = TextWriter.Null,
        CurrentFolder = TestData.RepositoryRoot,
        Variables = new Dictionary<string, string?>(),
    });

    [Fact]
    public void Commands_InBlocks_AreWholeAndUnderstood()
    {
        string[][] commands = [.. Page.All.SelectMany(page => page.Blocks("sh")).SelectMany(CommandsIn)];

        commands.Should().HaveCountGreaterThan(5);
        commands.Should().AllSatisfy(words =>
        {
            s_bridge.Parse(words).Errors.Should().BeEmpty($"'bridge {string.Join(' ', words)}' is shown");
            UnknownWords(words).Should().BeEmpty($"'bridge {string.Join(' ', words)}' is shown");
        });
    }

    // A sentence may name a verb without its arguments.
    [Fact]
    public void Commands_InSentences_NameVerbsAndOptionsThatExist()
    {
        string[][] commands = [.. Page.All.SelectMany(page => page.InlineCode).SelectMany(CommandsIn)];

        commands.Should().HaveCountGreaterThan(10);
        commands.Should().AllSatisfy(words => UnknownWords(words).Should().BeEmpty($"'bridge {string.Join(' ', words)}' is shown"));
    }

    [Fact]
    public void Options_InSentences_Exist()
    {
        string[] shown = [.. Page.All.Where(page => page.Path != "CONTRIBUTING.md").SelectMany(page => page.InlineCode)
            .Where(code => code.StartsWith("--", StringComparison.Ordinal)).Select(code => code.Split(' ')[0])];

        shown.Should().NotBeEmpty();
        CommandsBelow(s_bridge).SelectMany(NamesOf).Should().Contain(shown);
    }

    [Theory]
    [InlineData("bridge srevers list", "srevers")]
    [InlineData("bridge ask --calr embedded", "--calr")]
    [InlineData("bridge servers tset NAME", "tset")]
    public void UnknownWords_WrongCommand_NamesThem(string line, string wrong) =>
        UnknownWords(CommandsIn(line).Single()).Should().Contain(wrong);

    [Fact]
    public void CommandsIn_ShellText_FindsEachWithItsWords() =>
        CommandsIn("""
            curl -H "Authorization: Bearer $(bridge keys)" \
              http://127.0.0.1 # bridge
            dotnet run --project src/Bridge.Host -- ask "two words" '{"a": 1}'   # says it
            """).Should().BeEquivalentTo([new[] { "keys" }, ["ask", "two words", """{"a": 1}"""]]);

    private static IEnumerable<string> UnknownWords(string[] words)
    {
        ParseResult parsed = s_bridge.Parse(words);
        var options = CommandsAbove(parsed).SelectMany(NamesOf).ToHashSet();
        return parsed.UnmatchedTokens.Concat(words
            .TakeWhile(word => word != "--")
            .Where(word => word.Length > 1 && word[0] == '-' && !options.Contains(word.Split('=')[0])));
    }

    private static IEnumerable<string> NamesOf(Command command) =>
        command.Options.SelectMany(option => option.Aliases.Append(option.Name));

    private static IEnumerable<Command> CommandsAbove(ParseResult parsed)
    {
        for (System.CommandLine.Parsing.SymbolResult? result = parsed.CommandResult; result is not null; result = result.Parent)
        {
            yield return ((System.CommandLine.Parsing.CommandResult)result).Command;
        }
    }

    private static IEnumerable<Command> CommandsBelow(Command command) =>
        command.Subcommands.SelectMany(CommandsBelow).Prepend(command);

    private static IEnumerable<string[]> CommandsIn(string text) => Invocation().Matches(Comment().Replace(text, ""))
        .Select(match => Word().Matches(match.Groups[1].Value)
            .Select(word => word.Groups.Values.Skip(1).Single(group => group.Success).Value)
            .ToArray());

    // At the start of a line, or inside `$(…)`.
    [GeneratedRegex(@"(?:^|\$\()(?:bridge|dotnet run --project src/Bridge\.Host --)(?=[ )\n]|$)((?:""[^""]*""|'[^']*'|[^)\n""'])*)", RegexOptions.Multiline)]
    private static partial Regex Invocation();

    [GeneratedRegex(@"[ \t]#.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"""([^""]*)""|'([^']*)'|(\S+)")]
    private static partial Regex Word();
}
