using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Prompts;
using Bridge.Schemas.Compilation;
using Bridge.Tools;
using Microsoft.Extensions.AI;

namespace Bridge.Tests.Embedded;

/// <summary>One record of the evaluation data.</summary>
internal sealed record BfclRecord(string Id, string Category, string Check, Prompt Prompt, ImmutableArray<Tool> Tools, JsonElement Expected, JsonElement Types)
{
    public static IEnumerable<BfclRecord> ReadAll(string folder) =>
        from file in Directory.GetFiles(folder, "*.jsonl").Order(StringComparer.Ordinal)
        from line in File.ReadLines(file)
        select Parse(line);

    private static BfclRecord Parse(string line)
    {
        JsonElement root = JsonDocument.Parse(line).RootElement;
        IEnumerable<ChatMessage> messages = root.GetProperty("messages").EnumerateArray()
            .Select(message => new ChatMessage(new ChatRole(message.GetProperty("role").GetString()!), message.GetProperty("content").GetString()));
        return new BfclRecord(
            root.GetProperty("id").GetString()!,
            root.GetProperty("category").GetString()!,
            root.GetProperty("check").GetString()!,
            Prompt.FromMessages(messages),
            [.. root.GetProperty("tools").EnumerateArray().Select(ReadTool).OfType<Tool>()],
            root.GetProperty("expected"),
            root.GetProperty("bfcl"));
    }

    private static Tool? ReadTool(JsonElement tool)
    {
        try
        {
            return Tool.Create(
                new ToolId("bfcl", tool.GetProperty("name").GetString()!), tool.GetProperty("description").GetString(), tool.GetProperty("inputSchema"));
        }
        catch (InvalidSchemaException)
        {
            return null; // as the catalog does: quarantined, its neighbours live
        }
    }
}
