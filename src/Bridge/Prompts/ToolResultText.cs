using System.Text.Json;
using Bridge.Tools;
using Microsoft.Extensions.AI;

namespace Bridge.Prompts;

/// <summary>The text of what a function took and gave, for wires whose tool messages are text.</summary>
internal static class ToolResultText
{
    private static readonly JsonSerializerOptions s_options = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    public static string Of(FunctionResultContent result) => result.Result switch
    {
        null => "",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
        JsonElement json => json.GetRawText(),
        ToolResult answer => answer.ToText(),
        AIContent content => new ToolResult { Content = [content] }.ToText(),
        IEnumerable<AIContent> contents => new ToolResult { Content = [.. contents] }.ToText(),
        object other => ToJson(other),
    };

    /// <summary>JSON, without blanks, of any value the abstractions can serialize; without reflection where it is not to be had.</summary>
    public static string ToJson(object value)
    {
        Type type = value is IDictionary<string, object?> ? typeof(IDictionary<string, object?>) : value.GetType();
        return JsonSerializer.Serialize(value, s_options.GetTypeInfo(type));
    }
}
