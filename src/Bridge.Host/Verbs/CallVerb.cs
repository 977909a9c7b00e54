using System.CommandLine;
using System.Text;
using Bridge.Host.Composition;
using Bridge.Host.Output;
using Bridge.Host.Sessions;
using Bridge.Host.Terminal;
using Bridge.Http.Contracts;
using Bridge.Outcomes;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge call</c>: one call that a person wrote, through the same door as every other.</summary>
internal static class CallVerb
{
    public static Command Create(CommandEnvironment environment)
    {
        var tool = new Argument<string>("TOOL") { Description = "The tool's id, or its name where only one server has it." };
        var arguments = new Argument<string>("JSON")
        {
            Description = "The arguments as a JSON object; '-' reads standard input, '@FILE' a file.",
            DefaultValueFactory = _ => "{}",
        };
        var yes = new Option<bool>("--yes", "-y") { Description = "Consent to this call." };
        var verb = new Verb("call", "Call one tool with arguments you write; they are validated first.")
        {
            Examples =
            [
                ("bridge call add '{\"a\":2,\"b\":3}'", "prints the result"),
                ("bridge call calculator/add @arguments.json --json", "from a file, for a program"),
            ],
        };
        verb.Add(tool);
        verb.Add(arguments);
        verb.Add(yes);
        verb.Runs(environment, async (context, cancellationToken) =>
        {
            string json = await ReadAsync(context, context.Parsed.GetRequiredValue(arguments), cancellationToken);
            return await RunAsync(context, context.Parsed.GetRequiredValue(tool), json, context.Parsed.GetValue(yes), cancellationToken);
        });
        return verb;
    }

    private static async Task<int> RunAsync(VerbContext context, string tool, string json, bool yes, CancellationToken cancellationToken)
    {
        BridgeSettings settings = SettingsLoader.Load(context.Settings, context.Environment);
        await using LocalSession session =
            await new SessionFactory(context.Environment, context.Verbose).OpenLocalAsync(settings, ServerChoice.All, cancellationToken);
        ToolText.WriteMissing(context.Environment, await session.ListToolsAsync(cancellationToken));
        CallContract call = (await session.CallAsync(tool, Encoding.UTF8.GetBytes(json), yes, cancellationToken)).ToContract();
        if (context.Json)
        {
            OutcomeText.WriteJson(context.Output, call, BridgeJsonContext.Readable.CallContract);
        }
        else if (call.Status == CallStatus.Succeeded)
        {
            await context.Output.WriteLineAsync(PlainText.Lines(call.Result!.Text));
        }
        else
        {
            await context.Error.WriteLineAsync(PlainText.Lines(call.Result?.Text ?? call.Reason?.Message ?? ""));
        }

        return OutcomeText.ExitCodeOf(call.Status, call.Reason?.Kind);
    }

    private static async Task<string> ReadAsync(VerbContext context, string text, CancellationToken cancellationToken)
    {
        if (text == "-")
        {
            return await context.Environment.Input.ReadToEndAsync(cancellationToken);
        }

        if (!text.StartsWith('@'))
        {
            return text;
        }

        string path = Path.GetFullPath(text[1..], context.Environment.CurrentFolder);
        try
        {
            return await File.ReadAllTextAsync(path, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VerbException(ExitCode.Usage, $"The file '{path}' cannot be read: {error.Message}");
        }
    }
}
