using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bridge.TestKit;

/// <summary>A server that follows the documented wire format of Ollama.</summary>
public sealed class FakeOllama : FakeModelServer
{
    private int _shown;

    /// <summary>What the server says the model can do.</summary>
    public IReadOnlyList<string> Capabilities { get; set; } = ["completion", "tools"];

    /// <summary>The context the server says the model has.</summary>
    public int ContextLength { get; set; } = 40960;

    /// <summary>What <c>/api/show</c> answers instead; <see langword="null"/> for the model.</summary>
    public FakeAnswer? Show { get; set; }

    /// <summary>What <c>/api/tags</c> answers.</summary>
    public FakeAnswer Tags { get; set; } = new()
    {
        Body = """{"models": [{"name": "llama3.2:3b", "size": 2019393189}, {"name": "qwen3:0.6b", "size": 522653767}, {"name": "mystery:1b", "size": 1}]}""",
    };

    /// <summary>How often the model was shown.</summary>
    public int Shown => Volatile.Read(ref _shown);

    /// <summary>Answers with a text.</summary>
    public void Says(string text, string doneReason = "stop", string? thinking = null)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = text };
        if (thinking is not null)
        {
            message["thinking"] = thinking;
        }

        Answers(Chat(message, doneReason));
    }

    /// <summary>From the end of the script on, answers with what the last tool message says, as a model that was given a result does.</summary>
    public void RepeatsResults() => Unscripted = body => Chat(
        new JsonObject
        {
            ["role"] = "assistant",
            ["content"] = $"The result is {body.GetProperty("messages").EnumerateArray().Last(message => message.GetProperty("role").GetString() == "tool").GetProperty("content").GetString()}.",
        },
        "stop");

    /// <summary>Answers with calls.</summary>
    /// <param name="calls">Names and arguments, JSON objects.</param>
    public void Calls(params (string Name, string Arguments)[] calls) => Answers(Chat(
        new JsonObject
        {
            ["role"] = "assistant",
            ["content"] = "",
            ["tool_calls"] = new JsonArray([.. calls.Select(call => (JsonNode)new JsonObject
            {
                ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = Node(call.Arguments) },
            })]),
        },
        "stop"));

    /// <inheritdoc/>
    protected override FakeAnswer? AnswerAside(string method, string path, JsonElement body)
    {
        switch (path)
        {
            case "/api/chat":
                return null;
            case "/api/tags":
                return Tags;
            case "/api/show":
                Interlocked.Increment(ref _shown);
                return Show ?? new FakeAnswer
                {
                    Body = new JsonObject
                    {
                        ["details"] = new JsonObject { ["family"] = "qwen3" },
                        ["model_info"] = new JsonObject { ["general.architecture"] = "qwen3", ["qwen3.context_length"] = ContextLength },
                        ["capabilities"] = new JsonArray([.. Capabilities.Select(name => (JsonNode)JsonValue.Create(name))]),
                    }.ToJsonString(),
                };
            default:
                return new FakeAnswer { Status = 404, ContentType = "text/plain", Body = "404 page not found" };
        }
    }

    /// <inheritdoc/>
    /// <remarks>The server streams unless it is told not to.</remarks>
    protected override bool IsStream(JsonElement body) => !body.TryGetProperty("stream", out JsonElement stream) || stream.GetBoolean();

    /// <inheritdoc/>
    protected override FakeAnswer ToStream(FakeAnswer whole)
    {
        JsonNode chat = Node(whole.Body);
        var lines = new StringBuilder();
        foreach (char letter in (string)chat["message"]!["content"]!)
        {
            lines.Append(new JsonObject
            {
                ["model"] = "qwen3:0.6b",
                ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = letter.ToString() },
                ["done"] = false,
            }.ToJsonString()).Append('\n');
        }

        chat["message"]!["content"] = "";
        lines.Append(chat.ToJsonString()).Append('\n');
        return whole with { Body = lines.ToString(), ContentType = "application/x-ndjson" };
    }

    private static FakeAnswer Chat(JsonObject message, string doneReason) => new()
    {
        Body = new JsonObject
        {
            ["model"] = "qwen3:0.6b",
            ["created_at"] = "2026-01-01T00:00:00Z",
            ["message"] = message,
            ["done"] = true,
            ["done_reason"] = doneReason,
            ["prompt_eval_count"] = 90,
            ["eval_count"] = 7,
        }.ToJsonString(),
    };
}
