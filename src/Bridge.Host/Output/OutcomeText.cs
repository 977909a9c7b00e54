using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Bridge.Host.Terminal;
using Bridge.Http.Contracts;
using Bridge.Outcomes;

namespace Bridge.Host.Output;

/// <summary>What became of prompts and calls, for people and for programs.</summary>
internal static class OutcomeText
{
    /// <summary>Writes the calls with their results, then the answer.</summary>
    /// <param name="environment">The process.</param>
    /// <param name="response">What became of the prompt.</param>
    public static void Write(CommandEnvironment environment, ToolCallResponse response)
    {
        foreach (CallContract call in response.ToolCalling.Calls)
        {
            WriteCall(environment, call);
        }

        if (response.Answer is { } answer)
        {
            if (response.ToolCalling.Calls.Count > 0)
            {
                environment.Output.WriteLine();
            }

            environment.Output.WriteLine(PlainText.Lines(answer));
        }
        else
        {
            environment.Error.WriteLine(PlainText.Lines(response.ToolCalling.Reason.Message));
        }
    }

    /// <summary>Writes a call and its result.</summary>
    /// <param name="environment">The process.</param>
    /// <param name="call">The call.</param>
    public static void WriteCall(CommandEnvironment environment, CallContract call)
    {
        var paint = new Paint(environment.OutputHasColor);
        string name = call.Tool[(call.Tool.IndexOf('/', StringComparison.Ordinal) + 1)..];
        environment.Output.WriteLine($"{paint.Cyan(PlainText.Line(name))} {PlainText.Lines(call.Arguments.GetRawText())}");
        string? text = call.Result?.Text ?? call.Reason?.Message;
        if (!string.IsNullOrEmpty(text))
        {
            string shown = $"  {PlainText.Lines(text).Replace("\n", "\n  ", StringComparison.Ordinal)}";
            environment.Output.WriteLine(call.Status == CallStatus.Succeeded ? shown : paint.Red(shown));
        }
    }

    /// <summary>Writes a contract as JSON.</summary>
    /// <typeparam name="T">The contract.</typeparam>
    /// <param name="output">Where.</param>
    /// <param name="value">The value.</param>
    /// <param name="type">How it is written.</param>
    public static void WriteJson<T>(TextWriter output, T value, JsonTypeInfo<T> type) => output.WriteLine(JsonSerializer.Serialize(value, type));

    /// <summary>The exit code of a prompt.</summary>
    /// <param name="calling">What became of it.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int ExitCodeOf(ToolCallingContract calling) => calling.Outcome switch
    {
        PromptOutcome.Called => calling.Calls.Select(call => ExitCodeOf(call.Status, call.Reason?.Kind)).DefaultIfEmpty(ExitCode.Ok).Max(),
        PromptOutcome.NeedsApproval => ExitCode.NeedsApproval,
        PromptOutcome.Failed => ExitCodeOf(CallStatus.Failed, calling.Reason.Kind),
        PromptOutcome.Cancelled => ExitCode.Failed, // by a time limit: a person's Ctrl+C ends the verb itself
        _ => ExitCode.Ok,
    };

    /// <summary>The exit code of a call.</summary>
    /// <param name="status">What became of it.</param>
    /// <param name="reason">Why.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int ExitCodeOf(CallStatus status, ReasonKind? reason) => status switch
    {
        CallStatus.Succeeded or CallStatus.Skipped => ExitCode.Ok,
        CallStatus.NeedsApproval => ExitCode.NeedsApproval,
        CallStatus.Failed when reason is ReasonKind.UnknownTool or ReasonKind.AmbiguousTool or ReasonKind.UnknownModel
            or ReasonKind.InvalidJson or ReasonKind.InvalidArguments or ReasonKind.ToolChoiceUnsupported => ExitCode.Usage,
        _ => ExitCode.Failed,
    };
}
