using Bridge.Http.Contracts;
using Bridge.Http.Guards;
using Bridge.Http.Requests;
using Bridge.Identity;
using Bridge.Pipeline;
using Bridge.Prompts;
using Bridge.Tools;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.AI;

namespace Bridge.Http.Endpoints;

/// <summary><c>POST /v1/chat/completions</c>: tools are called by Bridge, the answer is written by the model that was named.</summary>
internal static class ChatEndpoint
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/v1/chat/completions", HandleAsync).RequireScope(KeyScopes.Prompts).AsPromptWork();

    private static async Task<IResult> HandleAsync(HttpContext http, IToolCallBridge bridge, ChatResponder responder, TimeProvider time)
    {
        RequestMembers body = await JsonBody.ReadAsync(http.Request).ConfigureAwait(false);
        ChatRequest request = ChatRequestReader.Read(body);
        IChatClient client = responder.Find(request.Model); // before any tool runs
        Prompt updated = await bridge.UpdateWithToolCall(
            Prompt.FromMessages(request.Messages),
            options: null,
            new CallContext { Identity = http.BridgeIdentity() },
            http.RequestAborted).ConfigureAwait(false);
        http.RequestAborted.ThrowIfCancellationRequested();
        ChatResponse answer = await responder.AnswerAsync(client, request, updated, http.RequestAborted).ConfigureAwait(false);
        return Results.Json(ToContract(request.Model, answer, updated, time), BridgeJsonContext.Default.ChatCompletionContract);
    }

    private static ChatCompletionContract ToContract(string model, ChatResponse answer, Prompt updated, TimeProvider time)
    {
        long read = answer.Usage?.InputTokenCount ?? 0, written = answer.Usage?.OutputTokenCount ?? 0;
        return new ChatCompletionContract
        {
            Id = $"chatcmpl-{Guid.NewGuid():N}",
            Created = time.GetUtcNow().ToUnixTimeSeconds(),
            Model = answer.ModelId ?? model,
            Choices = [new ChoiceContract(0, new ChatMessageContract(answer.Text) { Refusal = RefusalIn(answer) }, FinishOf(answer.FinishReason))],
            Usage = new ChatUsageContract(read, written, answer.Usage?.TotalTokenCount ?? (read + written)),
            Bridge = updated.ToolCalling!.ToContract(),
        };
    }

    private static string? RefusalIn(ChatResponse answer) =>
        answer.Messages.SelectMany(message => message.Contents).OfType<ErrorContent>().FirstOrDefault()?.Message;

    /// <summary>A responder that wants to call a tool is not let: it has none, and the client must not run one for it.</summary>
    private static string FinishOf(ChatFinishReason? reason) =>
        reason == ChatFinishReason.Length ? "length" : reason == ChatFinishReason.ContentFilter ? "content_filter" : "stop";
}
