using System.Text;
using System.Text.Json;
using Bridge.Catalog;
using Bridge.Outcomes;
using Bridge.Prompts;
using Bridge.Tools;
using Microsoft.Extensions.AI;

namespace Bridge.Http.Contracts;

/// <summary>Turns what Bridge knows into what it says as JSON; the one place where that is decided.</summary>
public static class ContractMapper
{
    /// <summary>The contract of a prompt that went through the bridge.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="answer">What a responder wrote; <see langword="null"/> when none was asked.</param>
    /// <returns>The contract.</returns>
    /// <exception cref="ArgumentException">The prompt did not go through the bridge.</exception>
    public static ToolCallResponse ToContract(this Prompt prompt, string? answer = null)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ToolCalling calling = prompt.ToolCalling
            ?? throw new ArgumentException("The prompt did not go through 'UpdateWithToolCall'.", nameof(prompt));
        return new ToolCallResponse { Messages = prompt.Messages, ToolCalling = calling.ToContract(), Answer = answer };
    }

    /// <summary>The contract of what became of a prompt.</summary>
    /// <param name="calling">What became of it.</param>
    /// <returns>The contract.</returns>
    public static ToolCallingContract ToContract(this ToolCalling calling)
    {
        ArgumentNullException.ThrowIfNull(calling);
        return new ToolCallingContract
        {
            Outcome = calling.Outcome,
            Reason = calling.Reason.ToContract(),
            Confidence = calling.Confidence,
            Calls = [.. calling.Calls.Select(ToContract)],
            Attempts = [.. calling.Attempts.Select(ToContract)],
            CatalogVersion = calling.CatalogVersion,
        };
    }

    /// <summary>The contract of one call.</summary>
    /// <param name="outcome">The call.</param>
    /// <returns>The contract.</returns>
    public static CallContract ToContract(this CallOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return new CallContract
        {
            Id = outcome.Call.Id,
            Tool = outcome.Call.Tool.Id.ToString(),
            Arguments = ArgumentsOf(outcome.Call.Arguments),
            Status = outcome.Status,
            Reason = outcome.Reason.Kind == ReasonKind.None ? null : outcome.Reason.ToContract(),
            Result = outcome.Result is { } result ? ToContract(result) : null,
            IsError = outcome.Result?.IsError ?? false,
            DurationMs = Milliseconds(outcome.Duration),
            Confidence = outcome.Confidence,
            Repairs = outcome.Repairs.IsDefaultOrEmpty ? null : outcome.Repairs,
        };
    }

    /// <summary>The contract of a catalog.</summary>
    /// <param name="snapshot">The catalog.</param>
    /// <returns>The contract.</returns>
    public static ToolListContract ToContract(this CatalogSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return new ToolListContract
        {
            Tools = [.. snapshot.Tools.Select(ToContract)],
            Quarantined = [.. snapshot.Quarantined.Select(tool => new QuarantinedContract(tool.Id.ToString(), tool.Reason))],
            Sources =
            [
                .. snapshot.Sources.Select(source =>
                    new SourceContract(source.Id, source.Status.State, source.ToolCount) { Detail = source.Status.Detail }),
            ],
            CatalogVersion = snapshot.Version,
        };
    }

    private static ReasonContract ToContract(this Reason reason) => new(reason.Kind, reason.Message);

    private static ToolContract ToContract(Tool tool) =>
        new(tool.Id.ToString(), tool.Id.Source, tool.Id.Name, tool.Description, tool.InputSchema)
        {
            Title = tool.Title,
            OutputSchema = tool.OutputSchema,
            Annotations = tool.Annotations == ToolAnnotations.None
                ? null
                : new AnnotationsContract(
                    tool.Annotations.ReadOnly, tool.Annotations.Destructive, tool.Annotations.Idempotent, tool.Annotations.OpenWorld),
        };

    private static AttemptContract ToContract(AttemptRecord attempt) => new()
    {
        Caller = attempt.Caller,
        Number = attempt.Number,
        Result = attempt.Result,
        Errors = attempt.Errors.IsDefaultOrEmpty ? null : attempt.Errors,
        DurationMs = Milliseconds(attempt.Duration),
        Temperature = attempt.Temperature,
        InputTokens = attempt.InputTokens,
        OutputTokens = attempt.OutputTokens,
    };

    private static ResultContract ToContract(ToolResult result)
    {
        DataContract[] data =
        [
            .. result.Content.OfType<DataContent>().Select(piece => new DataContract(piece.MediaType, piece.Base64Data.ToString())),
        ];
        return new ResultContract(result.ToText()) { Structured = result.Structured, Flaw = result.Flaw, Data = data.Length > 0 ? data : null };
    }

    /// <summary>What failed for not being JSON is shown as the text it is.</summary>
    private static JsonElement ArgumentsOf(ReadOnlyMemory<byte> arguments)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(arguments);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return JsonElement.Parse($"\"{JsonEncodedText.Encode(Encoding.UTF8.GetString(arguments.Span))}\"");
        }
    }

    private static double Milliseconds(TimeSpan duration) => Math.Round(duration.TotalMilliseconds, 3);
}
