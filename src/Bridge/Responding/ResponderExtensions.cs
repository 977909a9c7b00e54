using Bridge.Prompts;
using Microsoft.Extensions.AI;

namespace Bridge.Responding;

/// <summary>Lets any chat client answer a prompt.</summary>
public static class ResponderExtensions
{
    /// <summary>Writes the answer to a prompt.</summary>
    /// <param name="responder">The responder.</param>
    /// <param name="prompt">The prompt, usually one that came out of <c>UpdateWithToolCall</c>.</param>
    /// <param name="cancellationToken">Ends the answer.</param>
    /// <returns>The answer.</returns>
    public static Task<ChatResponse> RespondAsync(this IChatClient responder, Prompt prompt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(responder);
        ArgumentNullException.ThrowIfNull(prompt);
        return responder.GetService<TemplateResponder>() is not null
            ? Task.FromResult(TemplateResponder.Respond(prompt))
            : responder.GetResponseAsync(prompt.ToChatMessages(), cancellationToken: cancellationToken);
    }
}
