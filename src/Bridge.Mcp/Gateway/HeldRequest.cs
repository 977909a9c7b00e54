using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Mcp.Messages;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Gateway;

/// <summary>A running request whose server's questions the client answers by asking again.</summary>
internal sealed class HeldRequest : IDisposable
{
    private static readonly TimeSpan s_gather = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<string, (JsonRpcRequest Question, TaskCompletionSource<RpcMessage> Answer)> _open = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _raised = new(0);
    private readonly CancellationTokenSource _end = new();
    private int _last;

    /// <summary>Begins a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="run">Works on it.</param>
    public HeldRequest(GatewayRequest request, Func<GatewayRequest, CancellationToken, Task<JsonRpcMessage?>> run)
    {
        Request = request;
        request.Hold = AskAsync;
        Running = run(request, _end.Token);
    }

    /// <summary>The request.</summary>
    public GatewayRequest Request { get; }

    /// <summary>Ends with the answer.</summary>
    public Task<JsonRpcMessage?> Running { get; }

    /// <summary>Whether it waits for answers.</summary>
    public bool HasQuestions => !_open.IsEmpty;

    /// <summary>Ends it: nobody waits any more.</summary>
    public void Cancel() => _end.Cancel();

    /// <summary>Ends it when nobody asks again for that long.</summary>
    public void Keep(TimeSpan most) => _end.CancelAfter(most);

    /// <summary>Waits until it has an answer or a question.</summary>
    public async Task WaitAsync()
    {
        if (!HasQuestions)
        {
            await Task.WhenAny(Running, _raised.WaitAsync()).ConfigureAwait(false);
            while (!Running.IsCompleted && await _raised.WaitAsync(s_gather).ConfigureAwait(false))
            {
                // Questions that are asked together go to the client together.
            }
        }
    }

    /// <summary>Takes the client's answers; questions it left out stay open.</summary>
    /// <param name="answers">The member <c>inputResponses</c>.</param>
    public void Answer(JsonElement? answers)
    {
        foreach (JsonProperty given in answers is { ValueKind: JsonValueKind.Object } all ? all.EnumerateObject() : default)
        {
            if (_open.TryRemove(given.Name, out (JsonRpcRequest Question, TaskCompletionSource<RpcMessage> Answer) open))
            {
                open.Answer.TrySetResult(new RpcMessage { Id = open.Question.Id, Result = given.Value });
            }
        }

        while (_raised.Wait(0))
        {
            // What was raised before is answered or still open.
        }
    }

    /// <summary>The open questions, as a result that is not yet one.</summary>
    /// <param name="state">What the client says to go on.</param>
    public JsonObject ToResult(string state) => new()
    {
        ["resultType"] = "input_required",
        ["inputRequests"] = new JsonObject(_open.Select(open => KeyValuePair.Create<string, JsonNode?>(
            open.Key, new JsonObject { ["method"] = open.Value.Question.Method, ["params"] = open.Value.Question.Params?.DeepClone() }))),
        ["requestState"] = state,
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Dispose();
        _raised.Dispose();
    }

    private async Task<JsonRpcMessage> AskAsync(JsonRpcRequest question, string? name, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<RpcMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        string? key = name; // the server's own where it has one, and no other call asks by it
        while (key is null || !_open.TryAdd(key, (question, answer)))
        {
            key = string.Create(CultureInfo.InvariantCulture, $"q{Interlocked.Increment(ref _last)}");
        }

        _raised.Release();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _end.Token);
        try
        {
            return (await answer.Task.WaitAsync(limit.Token).ConfigureAwait(false)).ToAnswer(question.Id);
        }
        finally
        {
            _open.TryRemove(key, out _);
        }
    }
}
