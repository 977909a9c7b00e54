using System.Collections.Immutable;
using System.Text;
using Bridge.Calling;
using Microsoft.Extensions.AI;

namespace Bridge.ChatCalling;

/// <summary>Tells a model what was wrong with what it proposed before.</summary>
public static class RejectionMessages
{
    /// <summary>Only the latest are told: a small model learns nothing from its tenth mistake, and the context is short.</summary>
    private const int Latest = 3;

    /// <summary>As calls of the model and results of its tools, the form tool models are trained on.</summary>
    /// <param name="messages">The messages to append to.</param>
    /// <param name="rejected">The earlier proposals, oldest first.</param>
    public static void AppendAsToolResults(List<ChatMessage> messages, ImmutableArray<RejectedProposal> rejected)
    {
        foreach ((int number, RejectedProposal rejection) in rejected.Index().TakeLast(Latest))
        {
            List<AIContent>? calls = ToContents(rejection.Proposal, number);
            if (calls is null)
            {
                AppendAsText(messages, rejection, RenderPlainly);
                continue;
            }

            string hints = HintsOf(rejection);
            messages.Add(new ChatMessage(ChatRole.Assistant, calls));
            messages.AddRange(calls.OfType<FunctionCallContent>().Select(call =>
                new ChatMessage(ChatRole.Tool, [new FunctionResultContent(call.CallId, $"Error, not executed: {hints}")])));
        }
    }

    /// <summary>As plain messages.</summary>
    /// <param name="messages">The messages to append to.</param>
    /// <param name="rejected">The earlier proposals, oldest first.</param>
    /// <param name="render">Writes the calls of a proposal as the model was asked to write them.</param>
    public static void AppendAsText(List<ChatMessage> messages, ImmutableArray<RejectedProposal> rejected, Func<Proposal, string> render)
    {
        foreach (RejectedProposal rejection in rejected.TakeLast(Latest))
        {
            AppendAsText(messages, rejection, render);
        }
    }

    private static void AppendAsText(List<ChatMessage> messages, RejectedProposal rejection, Func<Proposal, string> render)
    {
        Proposal proposal = rejection.Proposal;
        string wrote = proposal.Calls.IsEmpty ? proposal.Text ?? "" : render(proposal);
        if (wrote.Length > 0)
        {
            messages.Add(new ChatMessage(ChatRole.Assistant, wrote));
        }

        messages.Add(new ChatMessage(ChatRole.User, $"That cannot be used: {HintsOf(rejection)} Answer again, corrected."));
    }

    private static string HintsOf(RejectedProposal rejection) => string.Join(' ', rejection.Hints.Select(hint => $"{hint.TrimEnd('.')}."));

    private static string RenderPlainly(Proposal proposal) =>
        string.Join('\n', proposal.Calls.Select(call => $"{call.WireName} {Encoding.UTF8.GetString(call.Arguments.Span)}"));

    /// <returns>The calls; <see langword="null"/> when there are none, or one whose arguments no API would take.</returns>
    private static List<AIContent>? ToContents(Proposal proposal, int number)
    {
        if (proposal.Calls.IsEmpty)
        {
            return null;
        }

        var contents = new List<AIContent>();
        foreach ((int index, ProposedCall call) in proposal.Calls.Index())
        {
            if (CallArguments.TryParse(Encoding.UTF8.GetString(call.Arguments.Span)) is not { } arguments)
            {
                return null;
            }

            contents.Add(new FunctionCallContent($"rejected_{number}_{index}", call.WireName, arguments));
        }

        return contents;
    }
}
