using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Gateway;

/// <summary>A running request whose server's questions the client answers by asking again.</summary>
internal sealed class HeldRequest : IDisposable
{
    private static readonly TimeSpan s_gather = TimeSpan.FromMilliseconds(20);

    private readonly OpenQuestions _open;
    private readonly SemaphoreSlim _raised = new(0);
    private readonly CancellationTokenSource _end = new();

    /// <summary>Begins a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="run">Works on it.</param>
    public HeldRequest(GatewayRequest request, Func<GatewayRequest, CancellationToken, Task<JsonRpcMessage?>> run)
    {
        _open = new OpenQuestions(() => _raised.Release());
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
        _open.Answer(answers);
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
        ["inputRequests"] = _open.Write(),
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
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _end.Token);
        return await _open.AskAsync(question, name, limit.Token).ConfigureAwait(false);
    }
}
