using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bridge.TestKit;

/// <summary>A server that follows the published format of the chat completions API.</summary>
public sealed class FakeOpenAi : FakeModelServer
{
    /// <summary>The base address of the API.</summary>
    public Uri Url => new(Root, "v1");

    /// <summary>What <c>GET models</c> answers.</summary>
    public FakeAnswer Models { get; set; } = new() { Body = """{"object": "list", "data": [{"id": "small", "object": "model", "max_model_len": 4096}]}""" };

    /// <summary>What <c>POST embeddings</c> answers to a request; <see langword="null"/> for a server without embeddings.</summary>
    public Func<JsonElement, FakeAnswer>? Embeddings { get; set; }

    /// <summary>An answer of embeddings, in the shape of the API.</summary>
    /// <param name="request">The request.</param>
    /// <param name="embed">The vector of a text.</param>
    public static FakeAnswer Embedded(JsonElement request, Func<string, float[]> embed) => new()
    {
        Body = new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. request.GetProperty("input").EnumerateArray().Select((text, index) => (JsonNode)new JsonObject
            {
                ["object"] = "embedding",
                ["index"] = index,
                ["embedding"] = new JsonArray([.. embed(text.GetString()!).Select(value => (JsonNode)JsonValue.Create(value))]),
            })]),
            ["model"] = request.GetProperty("model").GetString(),
            ["usage"] = new JsonObject { ["prompt_tokens"] = 5, ["total_tokens"] = 5 },
        }.ToJsonString(),
    };

    /// <summary>Answers with a text.</summary>
    public void Says(string text, string finishReason = "stop") =>
        Answers(Completion(new JsonObject { ["role"] = "assistant", ["content"] = text }, finishReason));

    /// <summary>Answers with calls.</summary>
    /// <param name="calls">Names and arguments; the arguments are sent as they are, whatever they are.</param>
    public void Calls(params (string Name, string Arguments)[] calls) => Answers(Completion(
        new JsonObject
        {
            ["role"] = "assistant",
            ["content"] = null,
            ["tool_calls"] = new JsonArray([.. calls.Select((call, index) => (JsonNode)new JsonObject
            {
                ["id"] = $"call_{index}",
                ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = call.Arguments },
            })]),
        },
        "tool_calls"));

    /// <inheritdoc/>
    protected override FakeAnswer? AnswerAside(string method, string path, JsonElement body) =>
        path == "/v1/models" ? Models : path == "/v1/embeddings" && Embeddings is { } embeddings ? embeddings(body) : path == "/v1/chat/completions" ? null : FakeAnswer.OpenAiError(404, "Not found");

    /// <inheritdoc/>
    protected override bool IsStream(JsonElement body) => body.TryGetProperty("stream", out JsonElement stream) && stream.GetBoolean();

    /// <inheritdoc/>
    protected override FakeAnswer ToStream(FakeAnswer whole)
    {
        JsonNode completion = Node(whole.Body);
        JsonNode choice = completion["choices"]![0]!;
        JsonNode message = choice["message"]!;
        var events = new StringBuilder();
        void Send(JsonNode delta, string? finish = null) => events.Append("data: ").Append(new JsonObject
        {
            ["id"] = "chatcmpl-1",
            ["object"] = "chat.completion.chunk",
            ["model"] = "small",
            ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = finish }),
        }.ToJsonString()).Append("\n\n");

        Send(new JsonObject { ["role"] = "assistant", ["content"] = "" });
        foreach (char letter in (string?)message["content"] ?? "")
        {
            Send(new JsonObject { ["content"] = letter.ToString() });
        }

        foreach ((int index, JsonNode? call) in (message["tool_calls"] as JsonArray ?? []).Index())
        {
            string arguments = (string)call!["function"]!["arguments"]!;
            Send(Piece(index, (string?)call["id"], (string?)call["function"]!["name"], arguments[..(arguments.Length / 2)]));
            Send(Piece(index, null, null, arguments[(arguments.Length / 2)..]));
        }

        Send(new JsonObject(), (string?)choice["finish_reason"]);
        events.Append("data: ").Append(new JsonObject { ["choices"] = new JsonArray(), ["usage"] = completion["usage"]!.DeepClone() }.ToJsonString());
        events.Append("\n\ndata: [DONE]\n\n");
        return whole with { Body = events.ToString(), ContentType = "text/event-stream" };
    }

    private static JsonObject Piece(int index, string? id, string? name, string arguments)
    {
        var function = new JsonObject { ["arguments"] = arguments };
        var call = new JsonObject { ["index"] = index, ["function"] = function };
        if (id is not null)
        {
            call["id"] = id;
            call["type"] = "function";
            function["name"] = name;
        }

        return new JsonObject { ["tool_calls"] = new JsonArray(call) };
    }

    private static FakeAnswer Completion(JsonObject message, string finishReason) => new()
    {
        Body = new JsonObject
        {
            ["id"] = "chatcmpl-1",
            ["object"] = "chat.completion",
            ["created"] = 1_700_000_000,
            ["model"] = "small",
            ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["message"] = message, ["finish_reason"] = finishReason }),
            ["usage"] = new JsonObject
            {
                ["prompt_tokens"] = 90,
                ["completion_tokens"] = 7,
                ["total_tokens"] = 97,
                ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = 64 },
            },
        }.ToJsonString(),
    };
}
