using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Outcomes;
using Bridge.Prompts;
using Bridge.Tools;
using Microsoft.Extensions.AI;

namespace Bridge.Pipeline;

/// <summary>Writes calls and their results into a prompt as the messages every chat API knows.</summary>
internal static class Augmentation
{
    /// <summary>Appends one assistant message with all calls, and for every call its result; what is no text follows as a user message.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="calls">The calls with the names their models were shown.</param>
    public static Prompt Apply(Prompt prompt, ImmutableArray<(string WireName, CallOutcome Outcome)> calls)
    {
        if (!calls.Any(call => HasRun(call.Outcome)))
        {
            return prompt; // nothing was executed: the messages stay as they came
        }

        var messages = new List<ChatMessage>(calls.Length + 2)
        {
            new(ChatRole.Assistant, [.. calls.Select(call => ToContent(call.WireName, call.Outcome.Call))]),
        };
        var attachments = new List<AIContent>();
        foreach ((string name, CallOutcome outcome) in calls)
        {
            string text = outcome.Result?.ToText() ?? outcome.Reason.Message;
            messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent(outcome.Call.Id, text)]));
            AddAttachments(attachments, name, outcome);
        }

        if (attachments.Count > 0)
        {
            messages.Add(new ChatMessage(ChatRole.User, attachments)); // the tool role takes text alone
        }

        return prompt.Append(messages);
    }

    private static bool HasRun(CallOutcome outcome) =>
        outcome.Status is CallStatus.Succeeded or CallStatus.ToolError || outcome.Reason.Kind == ReasonKind.OutcomeUnknown;

    private static FunctionCallContent ToContent(string wireName, ToolCall call)
    {
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal);
        using JsonDocument document = JsonDocument.Parse(call.Arguments);
        JsonElement root = document.RootElement.Clone();
        if (root.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in root.EnumerateObject())
            {
                arguments[property.Name] = property.Value;
            }
        }

        return new FunctionCallContent(call.Id, wireName, arguments);
    }

    private static void AddAttachments(List<AIContent> attachments, string name, CallOutcome outcome)
    {
        DataContent[] data = [.. outcome.Result?.Content.OfType<DataContent>() ?? []];
        if (data.Length > 0)
        {
            attachments.Add(new TextContent($"Returned by the call {outcome.Call.Id} of {name}:"));
            attachments.AddRange(data);
        }
    }
}
