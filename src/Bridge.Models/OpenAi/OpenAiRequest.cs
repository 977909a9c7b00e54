using System.Text.Json.Nodes;
using Bridge.Models.Endpoints;
using Bridge.Profiles;
using Microsoft.Extensions.AI;

namespace Bridge.Models.OpenAi;

/// <summary>The body of a request to the chat completions API.</summary>
internal static class OpenAiRequest
{
    public static BinaryData Write(
        ModelEndpoint endpoint, ModelProfile profile, IEnumerable<ChatMessage> messages, ChatOptions? options, bool stream)
    {
        var body = new JsonObject
        {
            ["model"] = options?.ModelId ?? endpoint.Name.Model,
            ["messages"] = OpenAiMessages.Write(messages),
        };
        AddTools(body, options);
        AddFormat(body, options?.ResponseFormat);
        Add(body, "temperature", options?.Temperature);
        Add(body, "top_p", options?.TopP);
        Add(body, "frequency_penalty", options?.FrequencyPenalty);
        Add(body, "presence_penalty", options?.PresencePenalty);
        Add(body, "seed", options?.Seed);

        // OpenAI's newer models refuse the old name, most other servers know only that.
        Add(body, endpoint.IsOpenAiItself ? "max_completion_tokens" : "max_tokens", options?.MaxOutputTokens);
        if (options?.StopSequences is { Count: > 0 } stops)
        {
            body["stop"] = new JsonArray([.. stops.Select(stop => (JsonNode)JsonValue.Create(stop))]);
        }

        if (profile.Think is { } think && !endpoint.IsOpenAiItself)
        {
            body["chat_template_kwargs"] = new JsonObject { ["enable_thinking"] = think }; // vLLM, SGLang, llama-server
        }

        if (stream)
        {
            body["stream"] = true;
            body["stream_options"] = new JsonObject { ["include_usage"] = true };
        }

        return BinaryData.FromString(body.ToJsonString());
    }

    private static void AddTools(JsonObject body, ChatOptions? options)
    {
        if (WireText.ToolsOf(options) is not { } tools)
        {
            return;
        }

        body["tools"] = tools;
        body["tool_choice"] = options!.ToolMode switch
        {
            RequiredChatToolMode { RequiredFunctionName: { } name } => new JsonObject
            {
                ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = name },
            },
            RequiredChatToolMode => "required",
            _ => "auto",
        };
        if (options.AllowMultipleToolCalls is { } several)
        {
            body["parallel_tool_calls"] = several;
        }
    }

    private static void AddFormat(JsonObject body, ChatResponseFormat? format)
    {
        if (format is not ChatResponseFormatJson json)
        {
            return;
        }

        body["response_format"] = json.Schema is not { } schema
            ? new JsonObject { ["type"] = "json_object" }
            : new JsonObject
            {
                ["type"] = "json_schema",
                ["json_schema"] = new JsonObject
                {
                    ["name"] = json.SchemaName ?? "answer",
                    ["schema"] = JsonNode.Parse(schema.GetRawText()),
                },
            };
    }

    private static void Add(JsonObject body, string key, float? value)
    {
        if (value is { } number)
        {
            // By its shortest text: 0.2f would otherwise go out as 0.20000000298.
            body[key] = JsonNode.Parse(number.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private static void Add(JsonObject body, string key, long? value)
    {
        if (value is { } number)
        {
            body[key] = number;
        }
    }
}
