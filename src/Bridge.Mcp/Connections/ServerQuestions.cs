using System.Text.Json;
using Microsoft.Extensions.AI;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Connections;

/// <summary>Carries a server's questions (elicitation, sampling) to the person behind the running call; without one they are declined.</summary>
internal sealed class ServerQuestions(string server, ActiveCalls calls)
{
    public async ValueTask<ElicitResult> ElicitAsync(ElicitRequestParams? request, CancellationToken cancellationToken)
    {
        // A question by URL opens a browser somewhere: that is not ours to do.
        if (request?.RequestedSchema is not { } schema || calls.FindInteraction() is not { } person)
        {
            return new ElicitResult { Action = "decline" };
        }

        JsonElement wanted = JsonSerializer.SerializeToElement(schema, McpJsonUtilities.DefaultOptions.GetTypeInfo(schema.GetType()));
        JsonElement? answer = await person.ElicitAsync(server, request.Message, wanted, cancellationToken).ConfigureAwait(false);
        return answer is { ValueKind: JsonValueKind.Object } content
            ? new ElicitResult
            {
                Action = "accept",
                Content = content.EnumerateObject().ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal),
            }
            : new ElicitResult { Action = "decline" };
    }

#pragma warning disable MCP9005 // sampling is obsolete in the newest version only; servers of all others may ask
    public async ValueTask<CreateMessageResult> SampleAsync(CreateMessageRequestParams? request, CancellationToken cancellationToken)
    {
        if (request is null || calls.FindInteraction() is not { } person)
        {
            throw NotOffered();
        }

        var messages = request.Messages
            .Select(message => new ChatMessage(ToRole(message.Role), [.. ContentMapper.ToContents(message.Content)]))
            .ToList();
        var options = new ChatOptions
        {
            Instructions = request.SystemPrompt,
            MaxOutputTokens = request.MaxTokens,
            Temperature = request.Temperature,
            StopSequences = request.StopSequences,
        };
        ChatResponse response = await person.SampleAsync(server, messages, options, cancellationToken).ConfigureAwait(false) ?? throw NotOffered();
        return new CreateMessageResult
        {
            Role = Role.Assistant,
            Model = response.ModelId ?? "unknown",
            StopReason = response.FinishReason == ChatFinishReason.Length ? "maxTokens" : "endTurn",
            Content = [new TextContentBlock { Text = response.Text }],
        };
    }
#pragma warning restore MCP9005

    private static ChatRole ToRole(Role role) => role == Role.Assistant ? ChatRole.Assistant : ChatRole.User;

    private static McpProtocolException NotOffered() => new("Sampling is not offered: there is no client model behind this call.", McpErrorCode.InvalidRequest);
}
