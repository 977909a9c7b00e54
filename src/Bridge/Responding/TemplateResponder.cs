using System.Runtime.CompilerServices;
using Bridge.Outcomes;
using Bridge.Prompts;
using Microsoft.Extensions.AI;

namespace Bridge.Responding;

/// <summary>Says what became of a prompt in a plain sentence; no model, no network.</summary>
public sealed class TemplateResponder : IChatClient
{
    /// <summary>The name it goes by.</summary>
    public const string Name = "template";

    private static readonly ChatClientMetadata s_metadata = new(Name, null, Name);

    /// <summary>Answers a prompt, with what Bridge knows of it.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <returns>The answer.</returns>
    public static ChatResponse Respond(Prompt prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return Answer(prompt.Messages.Select(message => message.Inner), prompt.ToolCalling);
    }

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(Answer(messages, null));

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatResponse response = await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        foreach (ChatResponseUpdate update in response.ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? s_metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static ChatResponse Answer(IEnumerable<ChatMessage> messages, ToolCalling? calling)
    {
        string text = string.Join('\n', Sentences(messages));
        if (text.Length == 0)
        {
            text = calling is null || calling.Outcome == PromptOutcome.Called
                ? "I found no tool to call for that."
                : $"I called no tool. {calling.Reason.Message}";
        }

        return new ChatResponse(new ChatMessage(ChatRole.Assistant, text)) { ModelId = Name, FinishReason = ChatFinishReason.Stop };
    }

    // The calls since the user last spoke: attachments of results are user messages too, but they follow a tool message.
    private static List<string> Sentences(IEnumerable<ChatMessage> messages)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var sentences = new List<string>();
        ChatRole last = ChatRole.System;
        foreach (ChatMessage message in messages)
        {
            if (message.Role == ChatRole.User && !(last == ChatRole.Tool && message.Contents.OfType<DataContent>().Any()))
            {
                sentences.Clear();
            }

            last = message.Role;
            foreach (AIContent content in message.Contents)
            {
                if (content is FunctionCallContent call)
                {
                    names[call.CallId] = call.Name;
                }
                else if (content is FunctionResultContent result)
                {
                    sentences.Add(Sentence(names.GetValueOrDefault(result.CallId, "the tool"), result.Result?.ToString() ?? ""));
                }
            }
        }

        return sentences;
    }

    private static string Sentence(string tool, string result)
    {
        string trimmed = result.Trim();
        return trimmed.Length == 0 ? $"{tool} ran and returned nothing."
            : trimmed.Contains('\n', StringComparison.Ordinal) ? $"The result of {tool}:\n{trimmed}"
            : trimmed.Contains(' ', StringComparison.Ordinal) ? $"The result of {tool}: {trimmed}"
            : $"The result of {tool} is {trimmed}{(trimmed[^1] is '.' or '!' or '?' ? "" : ".")}";
    }
}
