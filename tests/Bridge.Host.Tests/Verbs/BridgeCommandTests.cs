using System.CommandLine;
using Bridge.Host.Terminal;
using Bridge.Host.Tests.Terminal;
using Bridge.Host.Verbs;

namespace Bridge.Host.Tests.Verbs;

public sealed class BridgeCommandTests : IDisposable
{
    private readonly CommandRun _run = new();

    [Fact]
    public async Task Run_NoVerb_ShowsHelpWithExamples()
    {
        (await _run.RunAsync()).Should().Be(ExitCode.Ok);

        _run.Output.Should().Contain("Usage:").And.Contain("Examples:").And.Contain("bridge ask");
        _run.Error.Should().BeEmpty();
    }

    [Theory]
    [InlineData("trsut", "Did you mean 'trust'?")]
    [InlineData("doctor --jsn", "Did you mean '--json'?")]
    [InlineData("completion tcsh", "'bridge completion --help'")]
    [InlineData("servers", "'bridge servers --help'")]
    public async Task Run_WrongWords_ExitsWithUsageAndTheCure(string line, string expected)
    {
        (await _run.RunAsync(line.Split(' '))).Should().Be(ExitCode.Usage);

        _run.Error.Should().Contain(expected);
        _run.Output.Should().BeEmpty();
    }

    [Fact]
    public async Task Run_Version_IsPrinted()
    {
        (await _run.RunAsync("--version")).Should().Be(ExitCode.Ok);

        _run.Output.Should().MatchRegex(@"^\d+\.\d+\.\d+");
    }

    [Fact]
    public async Task Help_EveryVerb_HasADescriptionAndExamples()
    {
        RootCommand root = BridgeCommand.Create(new CommandEnvironment
        {
            Input = TextReader.Null,
            Output = TextWriter.Null,
            Error = TextWriter.Null,
            CurrentFolder = _run.Current,
            Variables = _run.Variables,
        });
        foreach (string[] path in PathsOf(root))
        {
            (await _run.RunAsync([.. path, "--help"])).Should().Be(ExitCode.Ok);
            _run.Output.Should().Contain("Description:", string.Join(' ', path)).And.Contain("Examples:", string.Join(' ', path));
        }
    }

    [Theory]
    [InlineData("bash", "complete ")]
    [InlineData("zsh", "#compdef bridge")]
    [InlineData("fish", "complete -c bridge")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public async Task Completion_EachShell_WritesItsScript(string shell, string expected)
    {
        (await _run.RunAsync("completion", shell)).Should().Be(ExitCode.Ok);

        _run.Output.Should().Contain(expected).And.Contain("[suggest:");
    }

    [Fact]
    public async Task Suggest_BeginningOfAVerb_NamesIt()
    {
        (await _run.RunAsync("[suggest:9]", "bridge co")).Should().Be(ExitCode.Ok);

        _run.Output.Should().Contain("completion");
    }

    public void Dispose() => _run.Dispose();

    private static IEnumerable<string[]> PathsOf(Command command) => command.Subcommands.Where(verb => !verb.Hidden).SelectMany(verb =>
        PathsOf(verb).Select(path => (string[])[verb.Name, .. path]).Prepend([verb.Name]));
}
