using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Linting;

namespace Bridge.Host.Output;

/// <summary>The findings of <c>tools check</c>, as JSON.</summary>
internal static class LintJson
{
    public static void Write(TextWriter output, IReadOnlyList<LintedTool> tools)
    {
        LintFinding[] all = [.. tools.SelectMany(tool => tool.Findings)];
        JsonText.Write(output, new JsonObject
        {
            ["summary"] = new JsonObject
            {
                ["tools"] = tools.Count,
                ["errors"] = all.Count(finding => finding.Level == LintLevel.Error),
                ["warnings"] = all.Count(finding => finding.Level == LintLevel.Warning),
                ["notes"] = all.Count(finding => finding.Level == LintLevel.Note),
                ["definitions"] = Size(Sum(tools, tool => tool.Definition)),
                ["signatures"] = Size(Sum(tools, tool => tool.Signature)),
            },
            ["tools"] = new JsonArray([.. tools.Select(ToJson)]),
        });
    }

    /// <summary>The sizes of tools together.</summary>
    public static DefinitionSize Sum(IReadOnlyList<LintedTool> tools, Func<LintedTool, DefinitionSize?> size) => new(
        tools.Sum(tool => size(tool)?.Characters ?? 0), tools.Sum(tool => size(tool)?.Tokens ?? 0));

    private static JsonNode ToJson(LintedTool tool) => new JsonObject
    {
        ["name"] = tool.Tool.Name,
        ["source"] = tool.Tool.Source.Length == 0 ? null : tool.Tool.Source,
        ["place"] = tool.Tool.Place,
        ["definition"] = Size(tool.Definition),
        ["signature"] = Size(tool.Signature),
        ["findings"] = new JsonArray([.. tool.Findings.Select(finding => (JsonNode)new JsonObject
        {
            ["code"] = finding.Code,
            ["level"] = JsonNamingPolicy.SnakeCaseLower.ConvertName(finding.Level.ToString()),
            ["pointer"] = finding.Pointer,
            ["message"] = finding.Message,
            ["cure"] = finding.Cure,
        })]),
    };

    private static JsonObject? Size(DefinitionSize? size) =>
        size is { } known ? new JsonObject { ["characters"] = known.Characters, ["estimated_tokens"] = known.Tokens } : null;
}
