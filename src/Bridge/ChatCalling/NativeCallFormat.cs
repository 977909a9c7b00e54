using System.Collections.Immutable;
using Bridge.Calling;
using Microsoft.Extensions.AI;

namespace Bridge.ChatCalling;

/// <summary>Tools by the API's own means; calls that the model wrote as text all the same are read too.</summary>
internal sealed class NativeCallFormat : ICallFormat
{
    public ChatRequest Write(ProposalRequest request)
    {
        List<ChatMessage> messages = request.Prompt.ToChatMessages();
        RejectionMessages.AppendAsToolResults(messages, request.Rejected);
        var options = new ChatOptions
        {
            Tools = [.. request.Shortlist.Tools.Select(tool =>
                AIFunctionFactory.CreateDeclaration(tool.WireName, tool.Tool.Description, tool.Tool.InputSchema))],
            ToolMode = ModeOf(request),
            AllowMultipleToolCalls = request.MaxCalls > 1 ? null : false,
        };
        return new ChatRequest(messages, options);
    }

    public Proposal Read(ChatResponse response, ProposalRequest request)
    {
        ImmutableArray<ProposedCall> calls =
        [
            .. response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().Select(ToProposed),
        ];
        return calls.IsEmpty
            ? WrittenCalls.Read(response.Text, request, mustBeReadable: false)
            : new Proposal { Calls = calls, Text = WrittenCalls.TextOf(response.Text) };
    }

    private static ProposedCall ToProposed(FunctionCallContent call) =>
        new(call.Name, CallArguments.ToUtf8(call)) { Id = string.IsNullOrEmpty(call.CallId) ? null : call.CallId };

    private static ChatToolMode ModeOf(ProposalRequest request) => request.Choice.Mode switch
    {
        ToolChoiceMode.Required => ChatToolMode.RequireAny,
        ToolChoiceMode.Named => ChatToolMode.RequireSpecific(request.Shortlist.Tools[0].WireName),
        ToolChoiceMode.None => ChatToolMode.None,
        _ => ChatToolMode.Auto,
    };
}
