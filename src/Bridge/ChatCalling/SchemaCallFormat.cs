using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Bridge.Calling;
using Microsoft.Extensions.AI;

namespace Bridge.ChatCalling;

/// <summary>Structured output: the answer must be <c>{"calls": [{"tool": …, "arguments": …}]}</c>, with no element for no call.</summary>
/// <param name="examples">How many example calls are shown.</param>
internal sealed class SchemaCallFormat(int examples = 0) : ICallFormat
{
    public const string Calls = "calls";
    public const string Tool = "tool";
    public const string Arguments = "arguments";

    public ChatRequest Write(ProposalRequest request)
    {
        List<ChatMessage> messages = request.Prompt.ToChatMessages();
        ToolInstructions.Prepend(messages, ToolInstructions.ForSchema(request, examples));
        RejectionMessages.AppendAsText(messages, request.Rejected, proposal => Render(proposal));
        var options = new ChatOptions
        {
            ResponseFormat = ChatResponseFormat.ForJsonSchema(
                CallSchema.Build(request), "tool_calls", "The calls to make; an empty list for none."),
        };
        return new ChatRequest(messages, options);
    }

    public Proposal Read(ChatResponse response, ProposalRequest request)
    {
        string text = TextCalls.Thinking.Remove(response.Text).Trim();
        if (TryParse(text) is not { } answer)
        {
            // A server that does not decode under the schema: what the model wrote may still be a call.
            return WrittenCalls.Read(response.Text, request, mustBeReadable: true);
        }

        var calls = ImmutableArray.CreateBuilder<ProposedCall>();
        foreach (JsonElement call in answer.EnumerateArray())
        {
            if (call.ValueKind != JsonValueKind.Object
                || !call.TryGetProperty(Tool, out JsonElement tool) || tool.ValueKind != JsonValueKind.String)
            {
                throw new UnreadableAnswerException("has a call without a 'tool'.");
            }

            string arguments = call.TryGetProperty(Arguments, out JsonElement given) ? given.GetRawText() : "{}";
            calls.Add(new ProposedCall(tool.GetString()!, Encoding.UTF8.GetBytes(arguments)));
        }

        return new Proposal { Calls = calls.ToImmutable() };
    }

    private static JsonElement? TryParse(string text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            bool fits = root.ValueKind == JsonValueKind.Object
                && root.TryGetProperty(Calls, out JsonElement calls) && calls.ValueKind == JsonValueKind.Array;
            return fits ? root.GetProperty(Calls).Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Render(Proposal proposal)
    {
        IEnumerable<string> calls = proposal.Calls.Select(call =>
            $$"""{"{{Tool}}": {{CallArguments.Quote(call.WireName)}}, "{{Arguments}}": {{Encoding.UTF8.GetString(call.Arguments.Span)}}}""");
        return $$"""{"{{Calls}}": [{{string.Join(", ", calls)}}]}""";
    }
}
