using System.Text;
using System.Text.Json.Nodes;
using Bridge.EndToEnd.Tests.Running;
using Bridge.TestKit;
using Bridge.TestKit.Gguf;

namespace Bridge.EndToEnd.Tests;

/// <summary><c>serve</c> with a model in a worker process, and what becomes of prompts when one of the two is killed.</summary>
public sealed class WorkerProcessTests : IDisposable
{
    private const int InFlight = 12;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly BridgeProcess _bridge = new();
    private readonly TemporaryFolder _models = new();

    public WorkerProcessTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals, and /proc.");
        string runtime = Path.Combine(BuiltBridge.Folder, "llama-runtime");
        Assert.SkipUnless(Directory.Exists(runtime) && Directory.EnumerateFileSystemEntries(runtime).Any(), "The build could not install llama.cpp.");
    }

    [Fact]
    public async Task Serve_WorkerKilledWithPromptsInFlight_ReportsThemAndAnswersTheNext()
    {
        Configure(attempts: 1);
        await using RunningServe serve = await RunningServe.StartAsync(_bridge, "--config", "mine");
        OutcomeOf(await AskAsync(serve, 0)).Should().Be("called");
        int worker = WorkerOf(serve);
        Task<JsonNode>[] prompts = await AskStoppedAsync(serve, worker);

        await Signals.SendAsync(worker, Signals.Kill);

        JsonNode[] bodies = await Task.WhenAll(prompts).WaitAsync(s_patience);
        bodies.Select(OutcomeOf).Should().Contain("failed").And.OnlyContain(outcome => outcome == "failed" || outcome == "called");
        foreach (JsonNode body in bodies.Where(body => OutcomeOf(body) == "failed"))
        {
            JsonNode reason = body["tool_calling"]!["reason"]!;
            reason["kind"]!.GetValue<string>().Should().Be("caller_unavailable");
            reason["message"]!.GetValue<string>().Should().Contain("worker process").And.Contain("signal 9 (killed)");
        }

        OutcomeOf(await AskAsync(serve, 1)).Should().Be("called");
        int next = WorkerOf(serve);
        next.Should().NotBe(worker);
        Signals.IsAlive(worker).Should().BeFalse();

        (int code, string error) = await serve.StopAsync();
        code.Should().Be(0, error);
        error.Should().Contain("was ended by signal 9 (killed)", "the log says what happened");
        Signals.IsAlive(next).Should().BeFalse();
    }

    [Fact]
    public async Task Serve_WorkerKilledWithAttemptsLeft_AsksTheNextWorker()
    {
        Configure(attempts: 2);
        await using RunningServe serve = await RunningServe.StartAsync(_bridge, "--config", "mine");
        OutcomeOf(await AskAsync(serve, 0)).Should().Be("called");
        int worker = WorkerOf(serve);
        Task<JsonNode>[] prompts = await AskStoppedAsync(serve, worker);

        await Signals.SendAsync(worker, Signals.Kill);

        JsonNode[] bodies = await Task.WhenAll(prompts).WaitAsync(s_patience);
        bodies.Should().AllSatisfy(body => OutcomeOf(body).Should().Be("called", body.ToJsonString()));
        bodies.Select(body => body["tool_calling"]!["attempts"]!.AsArray().Count).Should().Contain(2).And.OnlyContain(count => count <= 2);
    }

    [Fact]
    public async Task Serve_KilledItself_TakesItsWorkerAlong()
    {
        Configure(attempts: 1);
        await using RunningServe serve = await RunningServe.StartAsync(_bridge, "--config", "mine");
        OutcomeOf(await AskAsync(serve, 0)).Should().Be("called");
        int worker = WorkerOf(serve);
        Task<JsonNode> prompt = AskAsync(serve, 1);

        await Signals.SendAsync(serve.Process.Id, Signals.Kill);
        await serve.Process.WaitForExitAsync().WaitAsync(s_patience);
        await Task.WhenAny(prompt);

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (Signals.IsAlive(worker))
        {
            await Task.Delay(50, patience.Token);
        }
    }

    public void Dispose()
    {
        _models.Dispose();
        _bridge.Dispose();
    }

    private static string? OutcomeOf(JsonNode body) => body["tool_calling"]!["outcome"]?.GetValue<string>();

    private static int WorkerOf(RunningServe serve) => Signals.DescendantsOf(serve.Process.Id)
        .Single(id => Signals.IsAlive(id) && File.ReadAllText($"/proc/{id}/cmdline").Contains("llama-worker", StringComparison.Ordinal));

    /// <summary>Stops the worker in its tracks and asks: nothing can be answered before it dies.</summary>
    private static async Task<Task<JsonNode>[]> AskStoppedAsync(RunningServe serve, int worker)
    {
        await Signals.SendAsync(worker, Signals.Stop);
        Task<JsonNode>[] prompts = [.. Enumerable.Range(0, InFlight).Select(number => AskAsync(serve, number))];
        await Task.Delay(TimeSpan.FromSeconds(2)); // what comes later finds the next worker
        return prompts;
    }

    private static async Task<JsonNode> AskAsync(RunningServe serve, int number)
    {
        var request = new JsonObject
        {
            ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = $"Add {number} to 3." }),
            ["tool_choice"] = "required",
            ["max_calls"] = 1,
        };
        using var content = new StringContent(request.ToJsonString(), Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await serve.Client.PostAsync(new Uri("/v1/prompts/tool-call", UriKind.Relative), content);
        string body = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).Should().Be(200, body);
        return JsonNode.Parse(body)!;
    }

    private void Configure(int attempts)
    {
        string model = TinyModel.Write(Path.Combine(_models.Path, "tiny.gguf")).Replace("\\", "/");
        _bridge.Write("mine/appsettings.json", $$$"""{"Bridge": {"Callers": ["llama/{{{model}}}"], "Llama": {"ContextTokens": 8192, "Threads": 1} } }""");
        _bridge.Write("mine/models.json", $$$"""{"profiles": [{"match": "*", "attempts": {{{attempts}}} }]}""");
    }
}
