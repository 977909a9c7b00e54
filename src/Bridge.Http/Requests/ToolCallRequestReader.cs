using Bridge.Calling;
using Bridge.Configuration;
using Bridge.Http.Contracts;
using Bridge.Pipeline;
using Bridge.Prompts;

namespace Bridge.Http.Requests;

/// <summary>Reads the body of <c>POST /v1/prompts/tool-call</c>. What it may ask for is bounded by what is configured.</summary>
internal static class ToolCallRequestReader
{
    public static ToolCallRequest Read(RequestMembers body, LimitOptions limits)
    {
        var request = new ToolCallRequest
        {
            Messages = OpenAiMessages.Read(body.Require("messages")),
            Caller = body.TakeString("caller"),
            ToolChoice = ReadChoice(body),
            AllowedTools = body.Take("allowed_tools") is null ? null : body.TakeStrings("allowed_tools"),
            Execute = body.TakeBoolean("execute"),
            MaxCalls = body.TakeInteger("max_calls", 1, limits.MaxCalls),
            TimeoutMs = body.TakeInteger("timeout_ms", 1, (int)Math.Min(int.MaxValue, limits.PromptTimeout.TotalMilliseconds)),
        };
        body.RefuseOthers();
        return request.AllowedTools is [] // the library reads an empty list as all tools; a client that names none means none
            ? throw RequestMembers.Refuse("allowed_tools", "must name at least one tool; leave it out to allow all, or choose no tool by 'tool_choice'.")
            : request;
    }

    public static ToolCallOptions ToOptions(ToolCallRequest request) => new()
    {
        Caller = request.Caller,
        Choice = request.ToolChoice ?? ToolChoice.Auto,
        AllowedTools = request.AllowedTools is { } allowed ? [.. allowed] : [],
        Execute = request.Execute ?? true,
        MaxCalls = request.MaxCalls,
        Timeout = request.TimeoutMs is { } timeout ? TimeSpan.FromMilliseconds(timeout) : null,
    };

    private static ToolChoice? ReadChoice(RequestMembers body) =>
        body.Take("tool_choice") is not { } value ? null
        : ToolChoiceConverter.TryRead(value, out ToolChoice? choice) ? choice
        : throw RequestMembers.Refuse("tool_choice", $"{ToolChoiceConverter.Allowed}.");
}
