using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Bridge.Host.Verbs;

/// <summary>The usual help, then the examples of the verb.</summary>
internal sealed class ExampleHelp : SynchronousCommandLineAction
{
    private static readonly (string Line, string Meaning)[] s_rootExamples =
    [
        ("bridge ask \"Add 2 to 3 using available tools.\"", "ask, with the tools of the configured servers"),
        ("bridge tools", "the tools there are"),
        ("bridge init", "write a configuration"),
        ("bridge doctor", "find what is wrong, with the cure"),
    ];

    private readonly HelpAction _usual = new();

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int code = _usual.Invoke(parseResult);
        Command command = parseResult.CommandResult.Command;
        IReadOnlyList<(string Line, string Meaning)> examples = command switch
        {
            Verb verb => verb.Examples,
            RootCommand => s_rootExamples,
            _ => [],
        };
        if (examples.Count > 0)
        {
            WriteExamples(parseResult.InvocationConfiguration.Output, examples);
        }

        return code;
    }

    private static void WriteExamples(TextWriter output, IReadOnlyList<(string Line, string Meaning)> examples)
    {
        output.WriteLine("Examples:");
        foreach ((string line, string meaning) in examples)
        {
            output.WriteLine($"  {line}");
            output.WriteLine($"      {meaning}");
        }

        output.WriteLine();
    }
}
