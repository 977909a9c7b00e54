using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace TestServers.Fixture;

/// <summary>One task, from the call that began it on.</summary>
/// <param name="tool">Does the work.</param>
/// <param name="arguments">What it is given.</param>
/// <param name="stateless">Whether its client speaks 2026-07-28.</param>
/// <param name="changed">Told of every new status.</param>
internal sealed class FixtureTask(FixtureTaskTool tool, JsonObject arguments, bool stateless, Func<FixtureTask, Task> changed) : IDisposable
{
    private const int TtlMs = 60_000, PollMs = 100;

    private readonly ConcurrentDictionary<string, (JsonObject Parameters, TaskCompletionSource<JsonNode?> Answer)> _open = new();
    private readonly Channel<string> _raised = Channel.CreateUnbounded<string>();
    private readonly CancellationTokenSource _stop = new();
    private readonly string _created = Now();
    private string _updated = Now();

    public string Id { get; } = $"fixture-{Guid.NewGuid():N}";

    public string Status { get; private set; } = "working";

    public JsonObject? Result { get; private set; }

    public JsonObject? Error { get; private set; }

    public bool IsOver => Status is "completed" or "failed" or "cancelled";

    /// <summary>Names of questions, in the order asked; ends with the task.</summary>
    public ChannelReader<string> Raised => _raised.Reader;

    public async Task RunAsync()
    {
        try
        {
            Result = await tool.RunAsync(arguments, AskAsync, _stop.Token);
            await MoveAsync(!stateless && Result["isError"] is not null ? "failed" : "completed");
        }
        catch (OperationCanceledException)
        {
            await MoveAsync("cancelled");
        }
        catch (InvalidDataException error)
        {
            Error = new JsonObject { ["code"] = -32603, ["message"] = error.Message };
            await MoveAsync("failed");
        }
    }

    public void Cancel() => _stop.Cancel();

    public void Dispose() => _stop.Dispose();

    public JsonObject ParametersOf(string question) => _open[question].Parameters.DeepClone().AsObject();

    public async Task AnswerAsync(string question, JsonNode? answer)
    {
        if (_open.TryRemove(question, out (JsonObject Parameters, TaskCompletionSource<JsonNode?> Answer) open))
        {
            if (_open.IsEmpty)
            {
                await MoveAsync("working");
            }

            open.Answer.TrySetResult(answer?.DeepClone());
        }
    }

    /// <summary>The task as its revision writes it.</summary>
    public JsonObject Write()
    {
        var task = new JsonObject
        {
            ["taskId"] = Id,
            ["status"] = Status,
            ["statusMessage"] = $"{tool.Name} is {Status}.",
            ["createdAt"] = _created,
            ["lastUpdatedAt"] = _updated,
            [stateless ? "ttlMs" : "ttl"] = TtlMs,
            [stateless ? "pollIntervalMs" : "pollInterval"] = PollMs,
        };
        if (stateless && Status == "input_required")
        {
            task["inputRequests"] = new JsonObject(_open.Select(open => KeyValuePair.Create<string, JsonNode?>(
                open.Key, new JsonObject { ["method"] = "elicitation/create", ["params"] = open.Value.Parameters.DeepClone() })));
        }

        return task;
    }

    private static string Now() => DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffZ");

    private async Task<JsonNode?> AskAsync(string question, JsonObject parameters)
    {
        var answer = new TaskCompletionSource<JsonNode?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _open[question] = (parameters, answer);
        await MoveAsync("input_required");
        _raised.Writer.TryWrite(question);
        return await answer.Task.WaitAsync(_stop.Token);
    }

    private async Task MoveAsync(string status)
    {
        (Status, _updated) = (status, Now());
        if (IsOver)
        {
            _raised.Writer.TryComplete();
        }

        await changed(this);
    }
}
