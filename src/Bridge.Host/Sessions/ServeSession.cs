using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;
using Bridge.Http.Contracts;
using Bridge.Mcp.Pipes;
using Bridge.Outcomes;
using Bridge.Prompts;
using Bridge.Responding;
using Microsoft.Extensions.AI;

namespace Bridge.Host.Sessions;

/// <summary>The bridge of a running <c>serve</c>, over HTTP: its servers are up already. The answer is written here.</summary>
/// <param name="client">Speaks to it, with its key.</param>
/// <param name="responders">Who writes answers.</param>
/// <param name="owned">What ends with the session.</param>
internal sealed class ServeSession(HttpClient client, ResponderSource responders, IAsyncDisposable owned) : IBridgeSession
{
    /// <summary>Makes a client for a running <c>serve</c>.</summary>
    /// <param name="url">Where it listens.</param>
    /// <param name="key">The key of this machine; <see langword="null"/> when there is none.</param>
    /// <returns>The client.</returns>
    public static HttpClient CreateClient(Uri url, string? key)
    {
        // Prompts end by their own time limit, which the server knows.
        var client = new HttpClient(new RelayHandler(new SocketsHttpHandler())) { BaseAddress = url, Timeout = Timeout.InfiniteTimeSpan };
        if (key is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        return client;
    }

    /// <inheritdoc/>
    public async Task<ToolCallResponse> AskAsync(Question question, CancellationToken cancellationToken)
    {
        IChatClient responder = responders.Require(question.Responder);
        var request = new ToolCallRequest
        {
            Messages = question.Prompt.Messages,
            Caller = question.Options.Caller,
            ToolChoice = question.Options.Choice,
            AllowedTools = question.Options.AllowedTools.IsEmpty ? null : question.Options.AllowedTools,
            Execute = question.Options.Execute,
            MaxCalls = question.Options.MaxCalls,
            TimeoutMs = question.Options.Timeout is { } limit ? (int)limit.TotalMilliseconds : null,
        };
        using HttpResponseMessage response = await client.PostAsJsonAsync(
            new Uri("/v1/prompts/tool-call", UriKind.Relative), request, BridgeJsonContext.Default.ToolCallRequest, cancellationToken);
        ToolCallResponse updated = await ReadAsync(response, BridgeJsonContext.Default.ToolCallResponse, cancellationToken);
        return Question.IsAnswered(updated.ToolCalling.Outcome)
            ? updated with { Answer = await AnswerAsync(responder, updated, cancellationToken) }
            : updated;
    }

    /// <inheritdoc/>
    public async Task<ToolListContract> ListToolsAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await client.GetAsync(new Uri("/v1/tools", UriKind.Relative), cancellationToken);
        return await ReadAsync(response, BridgeJsonContext.Default.ToolListContract, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await owned.DisposeAsync();
    }

    private static async Task<string> AnswerAsync(IChatClient responder, ToolCallResponse updated, CancellationToken cancellationToken)
    {
        ToolCallingContract calling = updated.ToolCalling;
        Prompt prompt = Prompt.FromMessages(updated.Messages)
            .With(new ToolCalling(calling.Outcome, new Reason(calling.Reason.Kind, calling.Reason.Message)));
        return (await responder.RespondAsync(prompt, cancellationToken)).Text;
    }

    private Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class => ServeAnswer.ReadAsync(response, type, client.BaseAddress!, "'--standalone' works without it.", cancellationToken);
}
