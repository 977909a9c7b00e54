using System.Globalization;
using System.Text.Json.Nodes;
using Bridge.Models.Endpoints;
using Bridge.Profiles;
using Microsoft.Extensions.AI;

namespace Bridge.Models.Ollama;

/// <summary>The body of a request to <c>/api/chat</c>.</summary>
internal static class OllamaRequest
{
    public static JsonObject Write(
        ModelEndpoint endpoint, ModelProfile profile, OllamaModelInfo info, IEnumerable<ChatMessage> messages, ChatOptions? options, bool stream)
    {
        var body = new JsonObject
        {
            ["model"] = options?.ModelId ?? endpoint.Name.Model,
            ["messages"] = OllamaMessages.Write(messages),
            ["stream"] = stream,
            ["options"] = Options(profile, info, options),
        };
        if (WireText.ToolsOf(options) is { } tools)
        {
            body["tools"] = tools;
        }

        if (options?.ResponseFormat is ChatResponseFormatJson format)
        {
            body["format"] = format.Schema is { } schema ? OllamaFormat.Write(schema) : "json";
        }

        if (profile.Think is { } think && info.Thinks)
        {
            body["think"] = think;
        }

        if (profile.KeepAlive is { } keep)
        {
            // A number is seconds, -1 for ever; as text the server reads units.
            body["keep_alive"] = long.TryParse(keep, CultureInfo.InvariantCulture, out long seconds) ? seconds : keep;
        }

        return body;
    }

    private static JsonObject Options(ModelProfile profile, OllamaModelInfo info, ChatOptions? options)
    {
        var wire = new JsonObject { ["num_ctx"] = OllamaContext.TokensFor(profile, info) };
        Add(wire, "temperature", options?.Temperature);
        Add(wire, "top_p", options?.TopP);
        Add(wire, "frequency_penalty", options?.FrequencyPenalty);
        Add(wire, "presence_penalty", options?.PresencePenalty);
        Add(wire, "top_k", options?.TopK);
        Add(wire, "seed", options?.Seed);
        Add(wire, "num_predict", options?.MaxOutputTokens);
        if (options?.StopSequences is { Count: > 0 } stops)
        {
            wire["stop"] = new JsonArray([.. stops.Select(stop => (JsonNode)JsonValue.Create(stop))]);
        }

        return wire;
    }

    private static void Add(JsonObject wire, string key, float? value)
    {
        if (value is { } number)
        {
            wire[key] = JsonNode.Parse(number.ToString("R", CultureInfo.InvariantCulture));
        }
    }

    private static void Add(JsonObject wire, string key, long? value)
    {
        if (value is { } number)
        {
            wire[key] = number;
        }
    }
}
