using System.CommandLine;
using Bridge.Host.Composition;
using Bridge.Host.Output;
using Bridge.Host.Sessions;
using Bridge.Host.Terminal;
using Bridge.Http.Contracts;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge ask</c>: a prompt in, a call and an answer out.</summary>
internal static class AskVerb
{
    public static Command Create(CommandEnvironment environment)
    {
        var arguments = new AskArguments();
        var verb = new Verb("ask", "Let the tool caller call tools for a prompt, then answer it.")
        {
            Examples =
            [
                ("bridge ask \"Add 2 to 3 using available tools.\"", "prints the call, its result and the answer"),
                ("bridge ask \"What is 7 times 6?\" --caller ollama/qwen3:0.6b --responder ollama/llama3.2:3b", "with two models"),
                ("bridge ask \"Add 2 to 3\" --dry-run --json", "only proposes, for a program"),
                ("bridge ask \"Delete report.txt\" --tool files/delete_file --yes", "allows one tool, and consents beforehand"),
                ("cat notes.txt | bridge ask \"Sum the numbers:\" --stdin", "with a file behind the prompt"),
            ],
        };
        arguments.AddTo(verb);
        verb.Runs(environment, (context, cancellationToken) => RunAsync(context, arguments, cancellationToken));
        return verb;
    }

    private static async Task<int> RunAsync(VerbContext context, AskArguments arguments, CancellationToken cancellationToken)
    {
        CommandEnvironment environment = context.Environment;
        using var progress = new ProgressLine(environment);
        Question question = await arguments.ReadAsync(context, cancellationToken) with { Listener = progress.Show };
        BridgeSettings settings = SettingsLoader.Load(context.Settings, environment);
        progress.Show("Starting the servers …");

        // A running serve can neither ask this terminal nor be told how often to try.
        bool own = context.Standalone || question.Approved || question.Options.Attempts is not null;
        await using IBridgeSession session = await new SessionFactory(environment, context.Verbose).OpenAsync(settings, own, cancellationToken);
        ToolText.WriteMissing(environment, await session.ListToolsAsync(cancellationToken));
        ToolCallResponse response = await session.AskAsync(question, cancellationToken);
        progress.Dispose();
        if (context.Json)
        {
            OutcomeText.WriteJson(context.Output, response, BridgeJsonContext.Readable.ToolCallResponse);
        }
        else
        {
            OutcomeText.Write(environment, response);
        }

        return OutcomeText.ExitCodeOf(response.ToolCalling);
    }
}
