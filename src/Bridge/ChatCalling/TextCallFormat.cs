using System.Text;
using Bridge.Calling;
using Microsoft.Extensions.AI;

namespace Bridge.ChatCalling;

/// <summary>Tools as text in the system message, calls as tagged text in the answer: for models and servers that know neither tools nor schemas.</summary>
/// <param name="examples">How many example calls are shown.</param>
internal sealed class TextCallFormat(int examples = 0) : ICallFormat
{
    public ChatRequest Write(ProposalRequest request)
    {
        List<ChatMessage> messages = request.Prompt.ToChatMessages();
        ToolInstructions.Prepend(messages, ToolInstructions.ForText(request, examples));
        RejectionMessages.AppendAsText(messages, request.Rejected, Render);
        return new ChatRequest(messages, new ChatOptions());
    }

    public Proposal Read(ChatResponse response, ProposalRequest request) =>
        WrittenCalls.Read(response.Text, request, mustBeReadable: true);

    private static string Render(Proposal proposal) => string.Join('\n', proposal.Calls.Select(call =>
        ToolInstructions.Tagged(call.WireName, Encoding.UTF8.GetString(call.Arguments.Span))));
}
