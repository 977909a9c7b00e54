using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace TestServers.Fixture;

/// <summary>What the client has answered so far: in 2026-07-28 a question is an answer of the server, and the client asks again with what it was told.</summary>
internal sealed class FixtureAnswers
{
    private const string Revision = "2026-07-28";

    private static readonly AsyncLocal<FixtureAnswers?> s_current = new();

    private readonly JsonObject _given;

    private FixtureAnswers(RequestParams? parameters)
    {
        _given = parameters?.RequestState is { } state ? JsonNode.Parse(state)!.AsObject() : [];
        foreach ((string name, InputResponse answer) in parameters?.InputResponses ?? new Dictionary<string, InputResponse>())
        {
            _given[name] = JsonNode.Parse(answer.RawValue.GetRawText());
        }
    }

    /// <summary>Those of the request that is being worked on; <see langword="null"/> when its client can be asked at any time.</summary>
    public static FixtureAnswers? Current => s_current.Value;

    /// <summary>Lets the tools and prompts of a server find the answers.</summary>
    public static void AddTo(McpServerOptions options)
    {
        options.Filters.Request.CallToolFilters.Add(next => async (request, stop) =>
        {
            s_current.Value = Of(request.JsonRpcRequest, request.Params);
            return await next(request, stop);
        });
        options.Filters.Request.GetPromptFilters.Add(next => async (request, stop) =>
        {
            s_current.Value = Of(request.JsonRpcRequest, request.Params);
            return await next(request, stop);
        });
    }

    /// <summary>The answers to some questions, by name.</summary>
    /// <exception cref="InputRequiredException">Not all of them are there yet.</exception>
    public JsonNode?[] Require(params IReadOnlyList<(string Name, string Method, JsonObject Parameters)> questions)
    {
        Dictionary<string, InputRequest> open = questions.Where(question => !_given.ContainsKey(question.Name)).ToDictionary(
            question => question.Name,
            question => new InputRequest { Method = question.Method, Params = JsonSerializer.SerializeToElement(question.Parameters) });
        return open.Count > 0 ? throw new InputRequiredException(open, _given.ToJsonString()) : [.. questions.Select(question => _given[question.Name])];
    }

    private static FixtureAnswers? Of(JsonRpcRequest request, RequestParams? parameters) =>
        request.Params?["_meta"]?["io.modelcontextprotocol/protocolVersion"]?.GetValue<string>() == Revision ? new FixtureAnswers(parameters) : null;
}
