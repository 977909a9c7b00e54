using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Bridge.ChatCalling;
using Bridge.Models.Endpoints;
using Microsoft.Extensions.AI;

namespace Bridge.Models.OpenAi;

/// <summary>Reads a streamed chat completion; calls are handed on whole, at the end.</summary>
internal sealed class OpenAiStream(ModelEndpoint endpoint)
{
    private const string End = "[DONE]";

    private readonly SortedDictionary<long, PartialCall> _calls = [];
    private bool _finished;

    public async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (SseItem<string> item in SseParser.Create(stream).EnumerateAsync(cancellationToken).ConfigureAwait(false))
        {
            if (item.Data == End)
            {
                _finished = true;
                break;
            }

            using JsonDocument document = OpenAiResponse.Parse(endpoint, Encoding.UTF8.GetBytes(item.Data));
            yield return Read(document.RootElement);
        }

        if (!_finished)
        {
            throw EndpointErrors.Garbage(endpoint, "a stream that ends before the answer does");
        }

        if (_calls.Count > 0)
        {
            yield return new ChatResponseUpdate(
                ChatRole.Assistant,
                [.. _calls.Values.Select(call => CallArguments.ToContent(call.Id, call.Name, call.Arguments.ToString()))]);
        }
    }

    private ChatResponseUpdate Read(JsonElement chunk)
    {
        var update = new ChatResponseUpdate
        {
            Role = ChatRole.Assistant,
            ResponseId = OpenAiResponse.Text(chunk, "id"),
            ModelId = OpenAiResponse.Text(chunk, "model"),
        };
        if (OpenAiResponse.Usage(chunk) is { } usage)
        {
            update.Contents.Add(new UsageContent(usage));
        }

        if (OpenAiResponse.Member(chunk, "choices") is not { ValueKind: JsonValueKind.Array } choices)
        {
            throw ErrorText.Read(chunk) is { } said
                ? EndpointErrors.Inside(endpoint, said)
                : EndpointErrors.Garbage(endpoint, "a stream that is no chat completion: a chunk has no 'choices'");
        }

        if (choices.GetArrayLength() > 0)
        {
            ReadChoice(choices[0], update);
        }

        return update;
    }

    private void ReadChoice(JsonElement choice, ChatResponseUpdate update)
    {
        update.FinishReason = OpenAiResponse.FinishReason(OpenAiResponse.Text(choice, "finish_reason"));
        _finished |= update.FinishReason is not null; // some servers leave the end mark out
        if (OpenAiResponse.Member(choice, "delta") is not { ValueKind: JsonValueKind.Object } delta)
        {
            return;
        }

        if (OpenAiResponse.ReasoningOf(delta) is { Length: > 0 } reasoning)
        {
            update.Contents.Add(new TextReasoningContent(reasoning));
        }

        if (OpenAiResponse.TextOf(delta) is { Length: > 0 } text)
        {
            update.Contents.Add(new TextContent(text));
        }

        if (OpenAiResponse.Member(delta, "tool_calls") is { ValueKind: JsonValueKind.Array } calls)
        {
            foreach (JsonElement call in calls.EnumerateArray())
            {
                Append(call);
            }
        }
    }

    private void Append(JsonElement piece)
    {
        long index = OpenAiResponse.Number(piece, "index") ?? _calls.Count;
        if (!_calls.TryGetValue(index, out PartialCall? call))
        {
            _calls[index] = call = new PartialCall();
        }

        call.Id = OpenAiResponse.Text(piece, "id") ?? call.Id;
        if (OpenAiResponse.Member(piece, "function") is { } function)
        {
            call.Name = OpenAiResponse.Text(function, "name") ?? call.Name;
            call.Arguments.Append(OpenAiResponse.Text(function, "arguments"));
        }
    }

    private sealed class PartialCall
    {
        public string Id { get; set; } = "";

        public string Name { get; set; } = "";

        public StringBuilder Arguments { get; } = new();
    }
}
