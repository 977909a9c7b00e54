using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Catalog;
using Bridge.Configuration;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Messages;
using Bridge.Shortlisting;
using ModelContextProtocol.Protocol;
using Prompt = Bridge.Prompts.Prompt;
using Tool = Bridge.Tools.Tool;

namespace Bridge.Mcp.Modes;

/// <summary>Three tools for agents that must not read hundreds of definitions: find, describe, call.</summary>
/// <param name="lists">What clients see.</param>
/// <param name="shortlister">Finds.</param>
/// <param name="door">Calls.</param>
internal sealed class SearchFace(GatewayLists lists, IShortlister shortlister, GatewayDoor door) : IToolFace
{
    private const int DefaultLimit = 10;
    private const int MaxDescription = 300;

    private static readonly FixedInput s_find = new(FixedTools.FindInput), s_describe = new(FixedTools.DescribeInput), s_call = new(FixedTools.CallInput);

    /// <inheritdoc/>
    public GatewayMode Mode => GatewayMode.Search;

    /// <inheritdoc/>
    public async Task<JsonRpcMessage> CallAsync(GatewayRequest request, string name, CancellationToken cancellationToken) => name switch
    {
        FixedTools.Find => await FindAsync(request, await ToolsAsync(request, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false),
        FixedTools.Describe => Describe(request, await ToolsAsync(request, cancellationToken).ConfigureAwait(false)),
        FixedTools.Call => await CallAsync(request, cancellationToken).ConfigureAwait(false),
        _ => throw new RpcException(RpcCodes.InvalidParams, $"Unknown tool: '{name}'. Tools are called by '{FixedTools.Call}' here."),
    };

    private static string Short(string description) => description.Length <= MaxDescription
        ? description
        : $"{description.AsSpan(0, char.IsHighSurrogate(description[MaxDescription - 1]) ? MaxDescription - 1 : MaxDescription)}…";

    private JsonRpcMessage Unknown(GatewayRequest request, string name) => OutcomeWriter.Refuse(
        request, $"There is no tool '{name}': '{FixedTools.Find}' gives the names there are.{lists.Explain(request.Session.Identity, request.Session.View, name)}");

    private async Task<JsonRpcMessage> FindAsync(GatewayRequest request, ToolDirectory tools, CancellationToken cancellationToken)
    {
        JsonElement arguments = s_find.Read(request, out string? problem);
        if (problem is not null)
        {
            return OutcomeWriter.Refuse(request, problem);
        }

        int limit = arguments.TryGetProperty("limit", out JsonElement given) ? (int)given.GetDouble() : DefaultLimit;
        ImmutableArray<Tool> found = await shortlister.PickAsync(
            Prompt.FromString(arguments.GetProperty("query").GetString()!), tools.Tools, limit, cancellationToken).ConfigureAwait(false);
        var list = new JsonArray([.. found.Select(tool => new JsonObject { ["name"] = tools.NameOf(tool.Id), ["description"] = Short(tool.Description) })]);
        string text = found.IsEmpty
            ? "There are no tools."
            : string.Join('\n', found.Select(tool => $"{tools.NameOf(tool.Id)}: {Short(tool.Description).ReplaceLineEndings(" ")}"));
        return request.Result(new JsonObject
        {
            ["content"] = new JsonArray(OutcomeWriter.TextBlock(text)),
            ["structuredContent"] = new JsonObject { ["tools"] = list, ["total"] = tools.Tools.Length },
        });
    }

    private JsonRpcMessage Describe(GatewayRequest request, ToolDirectory tools)
    {
        JsonElement arguments = s_describe.Read(request, out string? problem);
        if (problem is not null)
        {
            return OutcomeWriter.Refuse(request, problem);
        }

        string name = arguments.GetProperty("name").GetString()!;
        if (tools.Find(name) is not { } entry || tools.NameOf(entry.Tool.Id) is null)
        {
            return Unknown(request, name);
        }

        JsonNode definition = JsonNode.Parse(DefinitionWriter.Write(entry.Tool, name))!;
        return request.Result(new JsonObject
        {
            ["content"] = new JsonArray(OutcomeWriter.TextBlock(definition.ToJsonString())),
            ["structuredContent"] = definition,
        });
    }

    private ValueTask<ToolDirectory> ToolsAsync(GatewayRequest request, CancellationToken cancellationToken) =>
        lists.ToolsAsync(request.Session.Identity, request.Session.View, cancellationToken);

    private async Task<JsonRpcMessage> CallAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        JsonElement arguments = s_call.Read(request, out string? problem);
        if (problem is not null)
        {
            return OutcomeWriter.Refuse(request, problem);
        }

        string name = arguments.GetProperty("name").GetString()!;
        CatalogEntry? entry = await lists.FindToolAsync(request.Session.Identity, request.Session.View, name, cancellationToken).ConfigureAwait(false);
        JsonElement? inner = arguments.TryGetProperty("arguments", out JsonElement given) ? given : null;
        return entry is null ? Unknown(request, name) : await door.AnswerAsync(request, entry, inner, cancellationToken).ConfigureAwait(false);
    }
}
