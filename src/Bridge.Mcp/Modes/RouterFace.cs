using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Configuration;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Messages;
using Bridge.Outcomes;
using Bridge.Pipeline;
using ModelContextProtocol.Protocol;
using Prompt = Bridge.Prompts.Prompt;

namespace Bridge.Mcp.Modes;

/// <summary>One tool that takes words: the tool caller picks the tool and fills in the arguments, and the call takes the one door.</summary>
/// <param name="lists">What clients see.</param>
/// <param name="bridge">The tool caller and all that follows.</param>
internal sealed class RouterFace(GatewayLists lists, IToolCallBridge bridge) : IToolFace
{
    private static readonly FixedInput s_do = new(FixedTools.DoInput);

    /// <inheritdoc/>
    public GatewayMode Mode => GatewayMode.Router;

    /// <inheritdoc/>
    public async Task<JsonRpcMessage> CallAsync(GatewayRequest request, string name, CancellationToken cancellationToken)
    {
        if (name != FixedTools.Do)
        {
            throw new RpcException(RpcCodes.InvalidParams, $"Unknown tool: '{name}'. '{FixedTools.Do}' is the one tool here.");
        }

        JsonElement arguments = s_do.Read(request, out string? problem);
        if (problem is not null)
        {
            return OutcomeWriter.Refuse(request, problem);
        }

        ToolDirectory tools = await lists.ToolsAsync(request.Session.Identity, request.Session.View, cancellationToken).ConfigureAwait(false);
        ImmutableArray<string> allowed = Allowed(tools);
        if (!tools.IsWhole && allowed.IsEmpty)
        {
            return Write(request, new ToolCalling(PromptOutcome.NoCall, new Reason(ReasonKind.NoTools, "There are no tools for this client.")));
        }

        Prompt done = await bridge.UpdateWithToolCall(
            Prompt.FromString(arguments.GetProperty("request").GetString()!), new ToolCallOptions { AllowedTools = allowed }, request.Context, cancellationToken).ConfigureAwait(false);
        return Write(request, done.ToolCalling!);
    }

    // An id in which a star or a question mark stands would be read as a glob, and allow more than itself.
    private static ImmutableArray<string> Allowed(ToolDirectory tools) => tools.IsWhole
        ? []
        : [.. tools.Tools.Select(tool => tool.Id.ToString()).Where(id => id.AsSpan().IndexOfAny('*', '?') < 0)];

    private static JsonRpcMessage Write(GatewayRequest request, ToolCalling calling)
    {
        var content = new JsonArray();
        foreach (CallOutcome call in calling.Calls)
        {
            foreach (JsonNode? block in call.Result is { } result ? OutcomeWriter.Content(result) : [])
            {
                content.Add(block?.DeepClone());
            }

            content.Add(OutcomeWriter.TextBlock(Say(call)));
        }

        if (calling.Outcome == PromptOutcome.NoCall)
        {
            content.Add(OutcomeWriter.TextBlock($"[Bridge: no tool was called, and nothing was done. {calling.Reason.Message}]"));
        }
        else if (content.Count == 0)
        {
            content.Add(OutcomeWriter.TextBlock($"[Bridge: {calling.Reason.Message}]"));
        }

        bool isError = calling.Outcome is PromptOutcome.Failed or PromptOutcome.NeedsApproval
            || (calling.Outcome == PromptOutcome.Called && calling.Calls.All(call => call.Status != CallStatus.Succeeded));
        var answer = new JsonObject { ["content"] = content, ["structuredContent"] = Structure(calling) };
        if (isError)
        {
            answer["isError"] = true;
        }

        return request.Result(answer);
    }

    private static string Say(CallOutcome call) => call.Reason.Kind == ReasonKind.None
        ? $"[Bridge called {call.Call.Tool.Id} with {Arguments(call)}]"
        : $"[Bridge: {call.Reason.Message} The call: {call.Call.Tool.Id} with {Arguments(call)}]";

    private static string Arguments(CallOutcome call) => System.Text.Encoding.UTF8.GetString(call.Call.Arguments.Span);

    private static JsonObject Structure(ToolCalling calling)
    {
        var structure = new JsonObject { ["outcome"] = Name(calling.Outcome) };
        if (calling.Reason.Message.Length > 0)
        {
            structure["reason"] = calling.Reason.Message;
        }

        if (calling.Confidence is { } confidence)
        {
            structure["confidence"] = confidence;
        }

        structure["calls"] = new JsonArray([.. calling.Calls.Select(Structure)]);
        return structure;
    }

    private static JsonObject Structure(CallOutcome call)
    {
        var structure = new JsonObject
        {
            ["tool"] = call.Call.Tool.Id.ToString(),
            ["arguments"] = Parse(call),
            ["status"] = Name(call.Status),
        };
        if (call.Reason.Message.Length > 0)
        {
            structure["reason"] = call.Reason.Message;
        }

        if (call.Result?.Structured is { } result)
        {
            structure["result"] = JsonNode.Parse(result.GetRawText());
        }

        return structure;
    }

    // Those of a call that was turned away may be anything.
    private static JsonNode Parse(CallOutcome call)
    {
        try
        {
            return JsonNode.Parse(call.Call.Arguments.Span) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return new JsonObject();
        }
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
