using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Prompts;
using Microsoft.Extensions.AI;

namespace Bridge.Http.Requests;

/// <summary>Reads the body of <c>POST /v1/chat/completions</c>: every member is honoured, harmless, or refused by name.</summary>
internal static class ChatRequestReader
{
    private const string OwnTools = "is not taken: Bridge chooses and calls tools itself; leave it out (GET /v1/tools lists them).";

    public static ChatRequest Read(RequestMembers body)
    {
        RefuseUnserved(body);
        var request = new ChatRequest(
            body.TakeString("model") ?? throw RequestMembers.Refuse("model", "is missing; 'bridge' names the configured responder."),
            OpenAiMessages.Read(body.Require("messages")),
            ReadOptions(body));

        // Who asks, billing and caching at OpenAI: nothing here depends on them.
        body.Ignore("user", "safety_identifier", "metadata", "store", "service_tier", "prompt_cache_key", "prompt_cache_retention", "stream_options");
        body.RefuseOthers();
        return request;
    }

    private static void RefuseUnserved(RequestMembers body)
    {
        foreach (string name in (ReadOnlySpan<string>)["tools", "functions", "tool_choice", "function_call", "parallel_tool_calls"])
        {
            body.RefuseUnserved(name, OwnTools);
        }

        if (body.TakeBoolean("stream") == true)
        {
            throw RequestMembers.Refuse("stream", "must be false or left out: answers come whole.");
        }

        if (body.TakeBoolean("logprobs") == true)
        {
            throw RequestMembers.Refuse("logprobs", "must be false or left out: responders do not give them.");
        }

        if (body.TakeInteger("n", 1, int.MaxValue) > 1)
        {
            throw RequestMembers.Refuse("n", "must be 1 or left out: there is one answer.");
        }
    }

    private static ChatOptions? ReadOptions(RequestMembers body)
    {
        var options = new ChatOptions
        {
            Temperature = (float?)body.TakeNumber("temperature", 0, 2),
            TopP = (float?)body.TakeNumber("top_p", 0, 1),
            MaxOutputTokens = Tokens(body),
            Seed = ReadSeed(body),
            PresencePenalty = (float?)body.TakeNumber("presence_penalty", -2, 2),
            FrequencyPenalty = (float?)body.TakeNumber("frequency_penalty", -2, 2),
            StopSequences = ReadStop(body),
            ResponseFormat = ReadFormat(body),
        };
        return Says(options) ? options : null;
    }

    private static int? Tokens(RequestMembers body)
    {
        int? older = body.TakeInteger("max_tokens", 1, int.MaxValue);
        return body.TakeInteger("max_completion_tokens", 1, int.MaxValue) ?? older;
    }

    private static bool Says(ChatOptions options) =>
        options.Temperature is not null || options.TopP is not null || options.MaxOutputTokens is not null || options.Seed is not null
        || options.PresencePenalty is not null || options.FrequencyPenalty is not null || options.StopSequences is not null
        || options.ResponseFormat is not null;

    private static long? ReadSeed(RequestMembers body) =>
        body.Take("seed") is not { } seed ? null
        : seed.ValueKind == JsonValueKind.Number && seed.TryGetInt64(out long number) ? number
        : throw RequestMembers.Refuse("seed", "must be an integer.");

    private static IList<string>? ReadStop(RequestMembers body)
    {
        if (body.Take("stop") is not { } stop)
        {
            return null;
        }

        ImmutableArray<string> words = stop.ValueKind == JsonValueKind.String ? [body.TakeString("stop")!] : body.TakeStrings("stop");
        return words.Length is > 0 and <= 4 ? [.. words] : throw RequestMembers.Refuse("stop", "must be a string or 1 to 4 strings.");
    }

    private static ChatResponseFormat? ReadFormat(RequestMembers body)
    {
        if (body.Take("response_format") is not { } value)
        {
            return null;
        }

        const string Name = "response_format";
        RequestMembers format = Inner(Name, value);
        switch (format.TakeString("type"))
        {
            case "text":
                return ChatResponseFormat.Text;
            case "json_object":
                return ChatResponseFormat.Json;
            case "json_schema":
                RequestMembers schema = Inner($"{Name}.json_schema", format.Require("json_schema"));
                return ChatResponseFormat.ForJsonSchema(
                    schema.Require("schema"), schema.TakeString("name"), schema.TakeString("description"));
            default:
                throw RequestMembers.Refuse($"{Name}.type", "must be 'text', 'json_object' or 'json_schema'.");
        }
    }

    private static RequestMembers Inner(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? new RequestMembers(value) : throw RequestMembers.Refuse(name, "must be an object.");
}
