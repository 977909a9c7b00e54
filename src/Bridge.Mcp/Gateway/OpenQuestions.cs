using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Mcp.Messages;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Gateway;

/// <summary>Questions of servers that wait until the client comes for them and answers. Thread-safe.</summary>
/// <param name="asked">Told of a new question.</param>
/// <param name="answered">Told of one that no longer waits.</param>
internal sealed class OpenQuestions(Action asked, Action? answered = null)
{
    private readonly ConcurrentDictionary<string, OpenQuestion> _open = new(StringComparer.Ordinal);
    private int _last;

    /// <summary>Whether none waits.</summary>
    public bool IsEmpty => _open.IsEmpty;

    /// <summary>Lets a question wait for its answer.</summary>
    /// <param name="question">The question.</param>
    /// <param name="name">What the server calls it; <see langword="null"/> where its revision has no names for them.</param>
    /// <param name="cancellationToken">Nobody waits for the answer any more.</param>
    /// <returns>The answer, under the id of the question.</returns>
    public async Task<JsonRpcMessage> AskAsync(JsonRpcRequest question, string? name, CancellationToken cancellationToken)
    {
        OpenQuestion open;
        string? key = name; // the server's own where it has one, and no other call asks by it
        while (true)
        {
            open = new OpenQuestion(key ?? "", question);
            if (key is not null && _open.TryAdd(key, open))
            {
                break;
            }

            key = string.Create(CultureInfo.InvariantCulture, $"q{Interlocked.Increment(ref _last)}");
        }

        asked();
        try
        {
            return await open.Answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _open.TryRemove(key, out _);
            answered?.Invoke();
        }
    }

    /// <summary>Takes the client's answers; questions it left out stay open.</summary>
    /// <param name="answers">The member <c>inputResponses</c>.</param>
    public void Answer(JsonElement? answers)
    {
        foreach (JsonProperty given in answers is { ValueKind: JsonValueKind.Object } all ? all.EnumerateObject() : default)
        {
            if (_open.TryRemove(given.Name, out OpenQuestion? open))
            {
                open.Answer.TrySetResult(new RpcMessage { Result = given.Value }.ToAnswer(open.Question.Id));
            }
        }
    }

    /// <summary>Takes a question to put it to the client; nobody else takes it meanwhile.</summary>
    /// <returns><see langword="null"/> when none waits that nobody has taken.</returns>
    public OpenQuestion? TryTake() => _open.Values.FirstOrDefault(open => open.TryTake());

    /// <summary>The open questions, as the revision without sessions writes them.</summary>
    /// <returns>A tree of the caller's own.</returns>
    public JsonObject Write() => new(_open.Select(open => KeyValuePair.Create<string, JsonNode?>(
        open.Key, new JsonObject { ["method"] = open.Value.Question.Method, ["params"] = open.Value.Question.Params?.DeepClone() })));
}

/// <summary>A question that waits for its answer.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Question">The question.</param>
internal sealed record OpenQuestion(string Name, JsonRpcRequest Question)
{
    private int _taken;

    /// <summary>Ends with the answer.</summary>
    public TaskCompletionSource<JsonRpcMessage> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Takes it, unless somebody did.</summary>
    public bool TryTake() => Interlocked.Exchange(ref _taken, 1) == 0;

    /// <summary>Lets somebody else take it.</summary>
    public void Release() => Volatile.Write(ref _taken, 0);
}
