using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Audit;
using Bridge.Configuration;
using Bridge.Http.Tests.Fixtures;
using Bridge.Identity;
using Bridge.Mcp.Configuration;
using Bridge.TestKit;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Bridge.Http.Tests.Gateway;

/// <summary>Clients of both forms of tasks in front of servers of both forms.</summary>
public sealed class TaskTests(TaskTests.Both both) : IClassFixture<TaskTests.Both>
{
    private const string Related = "io.modelcontextprotocol/related-task";

    [Theory]
    [InlineData("old")]
    [InlineData("new")]
    [InlineData("far-old")]
    [InlineData("far-new")]
    public async Task StatelessClient_OfTasks_FollowsAnswersAndCancelsThem(string server)
    {
        using var client = new TaskClient(both.Host);

        string slow = await client.BeginAsync($"{server}__slow_compute", """{"seconds":0.3,"label":"it"}""");
        string failing = await client.BeginAsync($"{server}__failing_job");
        string broken = await client.BeginAsync($"{server}__protocol_error_job");
        string asking = await client.BeginAsync($"{server}__confirm_delete", """{"filename":"a.txt"}""");
        string endless = await client.BeginAsync($"{server}__slow_compute", """{"seconds":600,"label":"never"}""");
        JsonNode working = await client.UntilAsync(endless, "working");
        JsonNode cancelled = await client.AskAsync("tasks/cancel", endless);
        JsonNode asked = await client.UntilAsync(asking, "input_required");
        (string name, JsonNode? question) = asked["inputRequests"]!.AsObject().Single();
        JsonNode updated = await client.AskAsync("tasks/update", asking, $",\"inputResponses\":{{\"{name}\":{{\"action\":\"accept\",\"content\":{{\"confirm\":true}}}}}}");

        (await client.UntilAsync(slow, "completed"))["result"]!.ToJsonString().Should().Contain("Computed it.").And.NotContain(Related);
        JsonNode failed = await client.UntilAsync(failing, "completed");
        ((string?)failed["status"], (bool?)failed["result"]!["isError"]).Should().Be(("completed", true), "a tool's own error is a result");
        JsonNode error = await client.UntilAsync(broken, "failed");
        ((string?)error["status"], (string?)error["error"]!["message"]).Should().Be(("failed", "The job panicked."));
        ((string?)question!["method"]).Should().Be("elicitation/create");
        ((string?)(await client.UntilAsync(asking, "completed"))["result"]!["content"]![0]!["text"]).Should().Be("Deleted a.txt.");
        ((string?)(await client.UntilAsync(endless, "cancelled"))["status"]).Should().Be("cancelled");
        ((string?)cancelled["result"]!["resultType"], (string?)updated["result"]!["resultType"]).Should().Be(("complete", "complete"));
        ((string?)working["statusMessage"], (int?)working["pollIntervalMs"]).Should().Be(("slow_compute is working.", 100), "its server said so");
        both.Records.Last(record => record is { Event: AuditEvents.Ended, Tool: var tool } && tool == $"{server}/failing_job").Status.Should().Be("tool_error");
    }

    [Theory]
    [InlineData("old")]
    [InlineData("new")]
    [InlineData("far-old")]
    [InlineData("far-new")]
    public async Task SessionClient_OfTasks_FollowsAnswersAndCancelsThem(string server)
    {
        var told = new ConcurrentQueue<JsonNode>();
        var toldOther = new ConcurrentQueue<JsonNode>();
        McpClient client = await ConnectAsync(told);
        McpClient other = await ConnectAsync(toldOther, await both.KeyAsync());

        string slow = await BeginAsync(client, $"{server}__slow_compute", """{"seconds":0.3,"label":"it"}""");
        string asking = await BeginAsync(client, $"{server}__confirm_delete", """{"filename":"a.txt"}""");
        string endless = await BeginAsync(client, $"{server}__slow_compute", """{"seconds":600,"label":"never"}""");
        JsonNode result = await client.RequestAsync("tasks/result", Named(slow));
        JsonNode answered = await client.RequestAsync("tasks/result", Named(asking));
        JsonNode cancelled = await client.RequestAsync("tasks/cancel", Named(endless));
        JsonNode list = await client.RequestAsync("tasks/list");

        ((string?)result["content"]![0]!["text"], (string?)result["_meta"]![Related]!["taskId"]).Should().Be(("Computed it.", slow));
        ((string?)answered["content"]![0]!["text"]).Should().Be("Deleted a.txt.", "its question came while the result was waited for");
        ((string?)cancelled["status"]).Should().Be("cancelled");
        list["tasks"]!.AsArray().Select(task => (string)task!["taskId"]!).Should().Contain([slow, asking, endless]);
        (await RefusalAsync(() => client.RequestAsync("tasks/cancel", Named(endless)))).Should().Be(McpErrorCode.InvalidParams);
        (await RefusalAsync(() => other.RequestAsync("tasks/get", Named(slow)))).Should().Be(McpErrorCode.InvalidParams, "it is not its own");
        (await other.RequestAsync("tasks/list"))["tasks"]!.AsArray().Should().BeEmpty();
        await EventuallyAsync(() => told.Any(state => (string?)state["taskId"] == slow && (string?)state["status"] == "completed"));
        toldOther.Should().BeEmpty("its client alone is told how a task stands");
    }

    [Fact]
    [Trait("Attack", "S1")]
    public async Task Task_OfAnotherClient_IsUnknown()
    {
        using var mine = new TaskClient(both.Host);
        using var other = new TaskClient(both.Host, await both.KeyAsync());
        using var undeclared = new TaskClient(both.Host, takesTasks: false);
        string task = await mine.BeginAsync("new__slow_compute", """{"seconds":600,"label":"it"}""");

        foreach (string method in (string[])["tasks/get", "tasks/update", "tasks/cancel"])
        {
            ((int?)(await other.AskAsync(method, task))["error"]?["code"]).Should().Be(-32602, method);
            ((int?)(await mine.AskAsync(method, "tasks-made-up"))["error"]?["code"]).Should().Be(-32602, method);
            JsonNode refused = (await undeclared.AskAsync(method, task))["error"]!;
            ((int?)refused["code"]).Should().Be(-32021, method);
            refused["data"]!["requiredCapabilities"]!["extensions"]!["io.modelcontextprotocol/tasks"].Should().NotBeNull();
        }

        ((string?)(await mine.AskAsync("tasks/get", task))["result"]!["status"]).Should().Be("working", "nobody else's request reached it");
        await mine.AskAsync("tasks/cancel", task);
    }

    [Theory]
    [InlineData("old")]
    [InlineData("new")]
    public async Task Client_ThatTakesNoTasks_GetsWhatTheyComeTo(string server)
    {
        using var stateless = new TaskClient(both.Host, takesTasks: false);
        McpClient session = await ConnectAsync([]);

        JsonNode answer = (await stateless.CallAsync($"{server}__failing_job"))["result"]!;

        ((string?)answer["content"]![0]!["text"], (string?)answer["resultType"]).Should().Be(("The job failed.", "complete"));
        (await session.CallTextAsync($"{server}__failing_job")).Should().Be("The job failed.");
        (await session.CallTextAsync($"{server}__test_tool_with_task")).Should().Be("Hello, Ada!");
    }

    [Theory]
    [InlineData("old")]
    [InlineData("new")]
    public async Task Result_OfATask_IsHeldToWhatHoldsForAllResults(string server)
    {
        using var client = new TaskClient(both.Host);
        McpClient session = await ConnectAsync([]);

        JsonNode state = await client.UntilAsync(await client.BeginAsync($"{server}__lying_job"), "completed");
        JsonNode result = await session.RequestAsync("tasks/result", Named(await BeginAsync(session, $"{server}__lying_job")));

        foreach (JsonNode fetched in (JsonNode[])[state["result"]!, result])
        {
            fetched["content"]!.ToJsonString().Should().Contain("Note by Bridge: the result does not fit the schema");
        }

        both.Records.Count(record => record is { Event: AuditEvents.Ended, Status: "succeeded" } && record.Tool == $"{server}/lying_job")
            .Should().Be(2, "a task is one call of the audit, from its beginning to its end");
    }

    [Fact]
    public async Task Call_AsATaskThatCannotBeOne_IsRefused()
    {
        using var client = new TaskClient(both.Host);
        McpClient session = await ConnectAsync([]);

        (await RefusalAsync(() => BeginAsync(session, "old__greet", """{"name":"Ada"}"""))).Should().Be(McpErrorCode.MethodNotFound, "its server does not run it as a task");
        ((string?)(await client.CallAsync("old__slow_compute", """{"seconds":"x"}"""))["result"]!["content"]![0]!["text"]).Should().Contain("do not fit its schema");
        JsonNode refused = await session.RequestAsync("tasks/result", Named(await BeginAsync(session, "old__slow_compute", """{"seconds":"x"}""")));
        ((string?)refused["content"]![0]!["text"]).Should().Contain("do not fit its schema", "the door's word is the task's result");
    }

    [Fact]
    public async Task Progress_OfATask_ReachesItsClientByTheClientsNames()
    {
        var told = new ConcurrentQueue<JsonNode>();
        McpClient client = await ConnectAsync(told);

        JsonNode created = await client.RequestAsync(
            "tools/call", """{"name":"old__slow_compute","arguments":{"seconds":0.3,"label":"it"},"task":{},"_meta":{"progressToken":"p1"}}""");

        await EventuallyAsync(() => told.Any(state => state["progressToken"] is not null));
        JsonNode progress = told.Single(state => state["progressToken"] is not null);
        ((string?)progress["progressToken"], (string?)progress["_meta"]![Related]!["taskId"]).Should().Be(("p1", (string?)created["task"]!["taskId"]));
    }

    [Fact]
    public async Task Task_OfACallThatNeedsConsent_AsksForItWhileItsResultIsWaitedFor()
    {
        McpClient client = await ConnectAsync([]);

        JsonNode result = await client.RequestAsync("tasks/result", Named(await BeginAsync(client, "old__multi_input")));

        ((string?)result["content"]![0]!["text"]).Should().Be("Ada and Ada", "its user allowed it and answered both of its questions");
    }

    [Theory]
    [InlineData("old")]
    [InlineData("new")]
    public async Task Task_WhoseServerDies_EndsAndSaysSo(string server)
    {
        using var client = new TaskClient(both.Host);

        JsonNode state = await client.UntilAsync(await client.BeginAsync($"{server}__crash_job"), "completed");

        ((bool?)state["result"]!["isError"]).Should().BeTrue();
        ((string?)state["result"]!["content"]![0]!["text"]).Should().Contain("its answer was lost");
        both.Records.Last(record => record is { Event: AuditEvents.Ended } && record.Tool == $"{server}/crash_job").Reason.Should().Be("outcome_unknown");
    }

    [Fact]
    public async Task Listen_ToATask_TellsHowItStands()
    {
        using var client = new TaskClient(both.Host);
        string task = await client.BeginAsync("old__slow_compute", """{"seconds":0.5,"label":"it"}""");

        using StreamReader stream = await client.ListenAsync($$"""{"taskIds":["{{task}}","tasks-made-up"]}""");
        JsonNode acknowledged = await NextAsync(stream);
        JsonNode state;
        do
        {
            state = await NextAsync(stream);
        }
        while ((string?)state["params"]!["status"] == "working");

        acknowledged["params"]!["notifications"]!["taskIds"]!.AsArray().Select(id => (string)id!).Should().Equal(task);
        ((string?)state["method"], (string?)state["params"]!["status"]).Should().Be(("notifications/tasks", "completed"));
        ((string?)state["params"]!["result"]!["content"]![0]!["text"]).Should().Be("Computed it.");
    }

    [Theory]
    [InlineData("""{"resultType":"task","status":"working"}""", null, "gave no id for it")]
    [InlineData("""{"resultType":"task","taskId":"t","status":"working","ttlMs":1000}""", null, "was sent and its answer was lost")]
    [InlineData("""{"resultType":"task","taskId":"t","status":"completed","ttlMs":null,"pollIntervalMs":-7}""", """{"resultType":"complete","taskId":"t","status":"cancelled","statusMessage":"No more."}""", "ended the task as 'cancelled' and said no more of it. No more.")]
    [InlineData("""{"resultType":"task","taskId":"t","status":[],"pollIntervalMs":"x"}""", """{"resultType":"complete","taskId":"other","status":"failed","error":7}""", "ended the task as 'failed'")]
    [InlineData("""{"resultType":"task","taskId":"t"}""", """{"resultType":"complete","status":"completed","result":{"content":7}}""", "'content' is not an array")]
    [InlineData("""{"resultType":"task","taskId":"t"}""", """{"resultType":"complete","status":"completed","result":"done"}""", "ended the task as 'completed' and said no more of it")]
    [InlineData("""{"resultType":"task","taskId":"t"}""", """{"resultType":"complete","status":"failed","error":{"code":-32022,"message":"Unsupported"}}""", "-32603")]
    [InlineData("""{"resultType":"task","taskId":"t"}""", """{"resultType":"complete","status":"failed","error":{"code":-32020,"message":"Mismatch"}}""", "-32603")]
    public async Task Task_OfAServerThatSpeaksItBadly_EndsInAnError(string call, string? state, string said)
    {
        await using RevisionUpstream upstream = await RevisionUpstream.StartAsync();
        (upstream.Call, upstream.TaskState) = (call, state);
        await using GatewayHost gateway = await GatewayHost.StartAsync(upstream.Config());
        using var client = new TaskClient(gateway.Host, takesTasks: false);

        JsonNode answer = await client.CallAsync("up__echo");

        answer.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }).Should().Contain(said);
        upstream.Of("tools/call").Should().ContainSingle("a call that became a task is never sent again");
        upstream.Of("tasks/get").Select(request => (request.Headers["Mcp-Method"], request.Headers["Mcp-Name"])).Distinct().Should().BeSubsetOf([("tasks/get", "t")]);
    }

    private static string Named(string task) => $$"""{"taskId":"{{task}}"}""";

    private static async Task<string> BeginAsync(McpClient client, string tool, string arguments = "{}") =>
        (string)(await client.RequestAsync("tools/call", $$$"""{"name":"{{{tool}}}","arguments":{{{arguments}}},"task":{"ttl":600000}}"""))["task"]!["taskId"]!;

    private static async Task<McpErrorCode> RefusalAsync(Func<Task> ask) =>
        (await FluentActions.Awaiting(ask).Should().ThrowAsync<McpProtocolException>()).Which.ErrorCode;

    private static async Task EventuallyAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(GatewayHost.Patience);
        while (!condition())
        {
            await Task.Delay(20, limit.Token);
        }
    }

    private static async Task<JsonNode> NextAsync(StreamReader lines)
    {
        while (await lines.ReadLineAsync().WaitAsync(GatewayHost.Patience) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return JsonNode.Parse(line[6..])!;
            }
        }

        throw new InvalidOperationException("The stream ended.");
    }

    private async Task<McpClient> ConnectAsync(ConcurrentQueue<JsonNode> told, string? key = null) => await both.ConnectAsync(key, new McpClientOptions
    {
        Handlers = new McpClientHandlers
        {
            ElicitationHandler = (_, _) => ValueTask.FromResult(new ElicitResult
            {
                Action = "accept",
                Content = new Dictionary<string, JsonElement> { ["confirm"] = JsonSerializer.SerializeToElement(true), ["name"] = JsonSerializer.SerializeToElement("Ada"), ["allow"] = JsonSerializer.SerializeToElement(true) },
            }),
            NotificationHandlers = ((string[])["notifications/tasks/status", "notifications/progress"]).Select(
                method => KeyValuePair.Create<string, Func<JsonRpcNotification, CancellationToken, ValueTask>>(method, (heard, _) =>
                {
                    told.Enqueue(heard.Params!);
                    return ValueTask.CompletedTask;
                })),
        },
    });

    /// <summary>A gateway in front of servers of each revision, as processes and over HTTP, for all tests of the class.</summary>
    public sealed class Both : IAsyncLifetime
    {
        private readonly List<IAsyncDisposable> _owned = [];
        private GatewayHost? _gateway;

        internal TestHost Host => _gateway!.Host;

        internal IEnumerable<AuditRecord> Records => ((InMemoryAuditLog)Host.App.Services.GetRequiredService<IAuditLog>()).Records;

        public async ValueTask InitializeAsync()
        {
            McpServerConfig stateless = McpServerConfig.Stdio("new", "dotnet", BuiltServers.Dll("Fixture"), "2026-07-28");
            ChildServer old = await ChildServer.WeatherAsync(more: "--fixture");
            GatewayHost behind = await GatewayHost.StartAsync(stateless); // the one that speaks 2026-07-28 over HTTP
            McpServerConfig far = McpServerConfig.Http("far-new", new Uri(behind.Host.Address, "/mcp/new"));
            _gateway = await GatewayHost.StartAsync(
                options => options.Tools["old/multi_input"] = new ToolOptions { Approval = ApprovalRule.Ask },
                GatewayHost.Fixture("old"),
                stateless,
                McpServerConfig.Http("far-old", new Uri($"{old.Url}/mcp")) with { Transport = McpTransport.StreamableHttp },
                far with { Transport = McpTransport.StreamableHttp, Headers = far.Headers.Add("Authorization", $"Bearer {behind.Host.Key}") });
            _owned.AddRange([_gateway, behind, old]);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (IAsyncDisposable owned in _owned)
            {
                await owned.DisposeAsync();
            }
        }

        internal async Task<string> KeyAsync() => (await Host.Keys.CreateAsync("other", KeyScopes.Default, lifetime: null, CancellationToken.None)).Text;

        internal Task<McpClient> ConnectAsync(string? key, McpClientOptions options) => _gateway!.ConnectAsync(options: options, key: key);
    }
}
