using Bridge.Calling;
using Bridge.TextCalls;
using Microsoft.Extensions.AI;

namespace Bridge.ChatCalling;

/// <summary>Calls that a model wrote as text.</summary>
internal static class WrittenCalls
{
    /// <param name="text">The answer.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="mustBeReadable">Whether what looks like a call and is none is an error: the model was told to write calls.</param>
    /// <exception cref="UnreadableAnswerException">What looks like a call is none.</exception>
    public static Proposal Read(string text, ProposalRequest request, bool mustBeReadable)
    {
        var names = request.Shortlist.Tools.Select(tool => tool.WireName).ToHashSet(StringComparer.Ordinal);
        string[] quoted =
        [
            .. request.Prompt.Messages.Where(message => message.Role != ChatRole.Assistant && message.Text.Length > 0)
                .Select(message => message.Text),
        ];
        TextCallResult found = TextCallParser.Parse(text, names, quoted);
        if (found.Calls.IsEmpty && found.Malformed is { } malformed && mustBeReadable)
        {
            throw new UnreadableAnswerException($"looks like a call, but {malformed}.");
        }

        return new Proposal
        {
            Calls = [.. found.Calls.Select(call => new ProposedCall(call.Name, call.Arguments))],
            Text = TextOf(text),
            Explanation = found.Malformed is { } why ? $"The answer holds something like a call, but {why}." : null,
        };
    }

    public static string? TextOf(string text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
