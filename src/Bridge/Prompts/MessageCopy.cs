using Microsoft.Extensions.AI;

namespace Bridge.Prompts;

/// <summary>Copies messages deeply enough that neither side sees the other's changes.</summary>
internal static class MessageCopy
{
    public static ChatMessage Of(ChatMessage message) => new(message.Role, [.. message.Contents.Select(Of)])
    {
        AuthorName = message.AuthorName,
        MessageId = message.MessageId,
        CreatedAt = message.CreatedAt,
        AdditionalProperties = message.AdditionalProperties?.Clone(),
    };

    private static AIContent Of(AIContent content)
    {
        AIContent? copy = content switch
        {
            TextContent text => new TextContent(text.Text),
            TextReasoningContent reasoning => new TextReasoningContent(reasoning.Text) { ProtectedData = reasoning.ProtectedData },
            FunctionCallContent call => new FunctionCallContent(
                call.CallId, call.Name, call.Arguments is null ? null : new Dictionary<string, object?>(call.Arguments)),
            FunctionResultContent result => new FunctionResultContent(result.CallId, result.Result),
            DataContent data => new DataContent(data.Data, data.MediaType) { Name = data.Name },
            UriContent link => new UriContent(link.Uri, link.MediaType),
            _ => null,
        };
        if (copy is null)
        {
            return content; // a kind Bridge never changes and cannot rebuild
        }

        copy.AdditionalProperties = content.AdditionalProperties?.Clone();
        copy.RawRepresentation = content.RawRepresentation;
        return copy;
    }
}
