using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace TestServers.Fixture;

/// <summary>Tasks on the wire: the capability and methods of 2025-11-25, and the extension of 2026-07-28, which the SDK has neither of.</summary>
internal sealed class FixtureTasks
{
    private const string Extension = "io.modelcontextprotocol/tasks", Related = "io.modelcontextprotocol/related-task";

    private readonly Dictionary<string, FixtureTaskTool> _tools = FixtureTaskTools.All().ToDictionary(tool => tool.Name);
    private readonly ConcurrentDictionary<string, FixtureTask> _tasks = new();

    /// <summary>The tools, as calls that are no tasks reach them.</summary>
    public IEnumerable<McpServerTool> Tools => _tools.Values.Select(tool => tool.Definition).Append(FixtureTools.Create((string name) => $"Hello, {name}!", "greet", "Greets."));

    public void AddTo(McpServerOptions options)
    {
        options.Filters.Message.IncomingFilters.Add(next => (context, stop) =>
        {
            if (context.JsonRpcMessage is JsonRpcRequest request && Takes(request))
            {
                _ = Task.Run(() => AnswerAsync(context.Server, request), CancellationToken.None);
                return Task.CompletedTask;
            }

            return next(context, stop);
        });
        options.Filters.Message.OutgoingFilters.Add(next => (context, stop) =>
        {
            if (context.JsonRpcMessage is JsonRpcResponse { Result: JsonObject result })
            {
                Offer(result);
            }

            return next(context, stop);
        });
    }

    private static bool IsStateless(JsonRpcRequest request) => request.Params?["_meta"]?["io.modelcontextprotocol/protocolVersion"] is not null;

    private bool Takes(JsonRpcRequest request) =>
        request.Method.StartsWith("tasks/", StringComparison.Ordinal) || (request.Method == "tools/call" && _tools.ContainsKey(request.Params?["name"]?.ToString() ?? ""));

    private void Offer(JsonObject result)
    {
        if (result["capabilities"] is JsonObject capabilities)
        {
            if (result["protocolVersion"] is null)
            {
                capabilities["extensions"] = new JsonObject { [Extension] = new JsonObject() };
            }
            else
            {
                capabilities["tasks"] = JsonNode.Parse("""{"list":{},"cancel":{},"requests":{"tools":{"call":{}}}}""");
            }
        }

        foreach (JsonNode? tool in result["resultType"] is null ? result["tools"] as JsonArray ?? [] : [])
        {
            if (_tools.TryGetValue(tool!["name"]!.ToString(), out FixtureTaskTool? known))
            {
                tool["execution"] = new JsonObject { ["taskSupport"] = known.Support };
            }
        }
    }

    private async Task AnswerAsync(McpServer server, JsonRpcRequest request)
    {
        bool stateless = IsStateless(request);
        JsonRpcMessage answer;
        try
        {
            JsonObject? result = request.Method == "tools/call" ? await CallAsync(server, request, stateless) : await ManageAsync(server, request, stateless);
            if (stateless)
            {
                result["resultType"] ??= "complete";
            }

            answer = new JsonRpcResponse { Id = request.Id, Result = result };
        }
        catch (FixtureRefusal refusal)
        {
            answer = new JsonRpcError { Id = request.Id, Error = new JsonRpcErrorDetail { Code = refusal.Code, Message = refusal.Message, Data = refusal.Details } };
        }

        await (request.Context?.RelatedTransport?.SendMessageAsync(answer) ?? server.SendMessageAsync(answer));
    }

    private async Task<JsonObject> CallAsync(McpServer server, JsonRpcRequest request, bool stateless)
    {
        FixtureTaskTool tool = _tools[request.Params!["name"]!.ToString()];
        JsonObject arguments = request.Params["arguments"]?.DeepClone() as JsonObject ?? [];
        bool asTask = stateless ? request.Params["_meta"]?["io.modelcontextprotocol/clientCapabilities"]?["extensions"]?[Extension] is not null : request.Params["task"] is not null;
        if (!asTask && tool.Support == "required")
        {
            throw stateless
                ? new FixtureRefusal(-32021, "Missing required client capability") { Details = new JsonObject { ["requiredCapabilities"] = new JsonObject { ["extensions"] = new JsonObject { [Extension] = new JsonObject() } } } }
                : new FixtureRefusal(-32601, "The tool runs as a task only.");
        }

        if (tool.Name == "test_tool_with_task")
        {
            JsonObject question = FixtureTaskTools.Question("What is your name?", "name", "string");
            JsonNode? answer = stateless
                ? request.Params["inputResponses"]?[FixtureTaskTools.Name]
                : (await server.SendRequestAsync(new JsonRpcRequest { Method = "elicitation/create", Params = question })).Result;
            if (answer is null)
            {
                return new JsonObject
                {
                    ["resultType"] = "input_required",
                    ["inputRequests"] = new JsonObject { [FixtureTaskTools.Name] = new JsonObject { ["method"] = "elicitation/create", ["params"] = question } },
                    ["requestState"] = "asked",
                };
            }

            arguments[FixtureTaskTools.Name] = answer["content"]?["name"]?.DeepClone();
        }

        if (!asTask)
        {
            return await tool.RunAsync(
                arguments, async (_, question) => (await server.SendRequestAsync(new JsonRpcRequest { Method = "elicitation/create", Params = question })).Result, CancellationToken.None);
        }

        var task = new FixtureTask(tool, arguments, stateless, task => stateless ? Task.CompletedTask : TellAsync(server, task));
        _tasks[task.Id] = task;
        JsonObject created = task.Write();
        _ = Task.Run(task.RunAsync);
        if (!stateless && request.Params["_meta"]?["progressToken"] is { } token)
        {
            var progress = new JsonObject { ["progressToken"] = token.DeepClone(), ["progress"] = 1, ["_meta"] = new JsonObject { [Related] = new JsonObject { ["taskId"] = task.Id } } };
            _ = Task.Delay(100).ContinueWith(_ => server.SendMessageAsync(new JsonRpcNotification { Method = "notifications/progress", Params = progress }), TaskScheduler.Default);
        }

        if (!stateless)
        {
            return new JsonObject { ["task"] = created };
        }

        created["resultType"] = "task";
        return created;
    }

    private async Task<JsonObject> ManageAsync(McpServer server, JsonRpcRequest request, bool stateless)
    {
        if (!stateless && request.Method == "tasks/list")
        {
            return new JsonObject { ["tasks"] = new JsonArray([.. _tasks.Values.Select(known => known.Write())]) };
        }

        if (!_tasks.TryGetValue(request.Params?["taskId"]?.ToString() ?? "", out FixtureTask? task))
        {
            throw new FixtureRefusal(-32602, "There is no such task.");
        }

        switch (request.Method)
        {
            case "tasks/get":
                JsonObject state = task.Write();
                if (stateless && task.IsOver)
                {
                    state[task.Error is null ? "result" : "error"] = (task.Error ?? task.Result)?.DeepClone();
                }

                return state;
            case "tasks/result" when !stateless:
                return await ResultAsync(server, task);
            case "tasks/update" when stateless:
                foreach ((string question, JsonNode? answer) in request.Params!["inputResponses"] as JsonObject ?? [])
                {
                    await task.AnswerAsync(question, answer);
                }

                return [];
            case "tasks/cancel":
                task.Cancel();
                return stateless ? [] : task.Write();
            default:
                throw new FixtureRefusal(-32601, "There is no such method.");
        }
    }

    // Questions go where the result is waited for.
    private static async Task<JsonObject> ResultAsync(McpServer server, FixtureTask task)
    {
        var related = new JsonObject { [Related] = new JsonObject { ["taskId"] = task.Id } };
        var asking = new List<Task>();
        await foreach (string question in task.Raised.ReadAllAsync())
        {
            JsonObject parameters = task.ParametersOf(question);
            parameters["_meta"] = related.DeepClone();
            asking.Add(Task.Run(async () => await task.AnswerAsync(
                question, (await server.SendRequestAsync(new JsonRpcRequest { Method = "elicitation/create", Params = parameters })).Result)));
        }

        if (task.Error is { } error)
        {
            throw new FixtureRefusal(error["code"]!.GetValue<int>(), error["message"]!.ToString());
        }

        JsonObject result = task.Result?.DeepClone().AsObject() ?? throw new FixtureRefusal(-32603, "The task was cancelled.");
        result["_meta"] = related;
        return result;
    }

    private static Task TellAsync(McpServer server, FixtureTask task) =>
        server.SendMessageAsync(new JsonRpcNotification { Method = "notifications/tasks/status", Params = task.Write() });

    private sealed class FixtureRefusal(int code, string message) : Exception(message)
    {
        public int Code => code;

        public JsonObject? Details { get; init; }
    }
}
