using System.Text;
using System.Text.Json.Nodes;
using Bridge.ChatCalling;
using Microsoft.Extensions.AI;

namespace Bridge.Models.Endpoints;

/// <summary>Pieces of messages as every chat API wants them.</summary>
internal static class WireText
{
    /// <summary>The arguments of an earlier call, as JSON.</summary>
    public static string ArgumentsOf(FunctionCallContent call) => Encoding.UTF8.GetString(CallArguments.ToUtf8(call));

    /// <summary>The tools, in the shape that OpenAI brought up and Ollama took over.</summary>
    public static JsonArray? ToolsOf(ChatOptions? options)
    {
        if (options?.Tools is not { Count: > 0 } tools || options.ToolMode is NoneChatToolMode)
        {
            return null;
        }

        var array = new JsonArray();
        foreach (AIFunctionDeclaration tool in tools.OfType<AIFunctionDeclaration>())
        {
            array.Add((JsonNode)new JsonObject
            {
                ["type"] = "function",
                ["function"] = new JsonObject
                {
                    ["name"] = tool.Name,
                    ["description"] = tool.Description,
                    ["parameters"] = JsonNode.Parse(tool.JsonSchema.GetRawText()),
                },
            });
        }

        return array;
    }
}
