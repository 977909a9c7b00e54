using System.Text;
using Bridge.Calling;
using Bridge.Schemas.Signatures;
using Bridge.Shortlisting;
using Microsoft.Extensions.AI;

namespace Bridge.ChatCalling;

/// <summary>Tools and how to call them, said in the system message.</summary>
internal static class ToolInstructions
{
    public static string ForText(ProposalRequest request, int examples)
    {
        StringBuilder text = Tools(request)
            .Append("To call a tool, write one line for each call and nothing else, with all arguments as JSON:\n")
            .Append(Tagged("NAME", """{"ARGUMENT": "VALUE"}""")).Append('\n')
            .Append(Examples(request, examples, Tagged))
            .Append(request.Choice.Mode == ToolChoiceMode.Auto
                ? "If no tool helps, answer without such a line."
                : "You must call a tool.");
        return text.ToString();
    }

    public static string ForSchema(ProposalRequest request, int examples)
    {
        StringBuilder text = Tools(request)
            .Append("Answer with JSON only, the list of calls to make: ")
            .Append("""{"calls": [{"tool": "NAME", "arguments": {"ARGUMENT": "VALUE"}}]}""").Append('\n')
            .Append(Examples(request, examples, static (name, arguments) => $$"""{"calls": [{"tool": {{CallArguments.Quote(name)}}, "arguments": {{arguments}}}]}"""))
            .Append(request.Choice.Mode == ToolChoiceMode.Auto
                ? """If no tool helps, answer {"calls": []}."""
                : "You must call a tool.");
        return text.ToString();
    }

    public static string Tagged(string name, string arguments) =>
        $$"""<tool_call>{"name": {{CallArguments.Quote(name)}}, "arguments": {{arguments}}}</tool_call>""";

    /// <summary>Puts the instructions into the first system message: many chat templates take one system message only, at the start.</summary>
    public static void Prepend(List<ChatMessage> messages, string instructions)
    {
        if (messages is [{ } first, ..] && first.Role == ChatRole.System)
        {
            first.Contents.Add(new TextContent($"\n\n{instructions}"));
        }
        else
        {
            messages.Insert(0, new ChatMessage(ChatRole.System, instructions));
        }
    }

    private static string Examples(ProposalRequest request, int count, Func<string, string, string> write)
    {
        string[] calls = [.. ExampleCalls.Of(request.Shortlist, count).Select(call => write(call.Name, call.Arguments))];
        return calls.Length == 0 ? "" : $"For example, with values that you take from the prompt:\n{string.Join('\n', calls)}\n";
    }

    private static StringBuilder Tools(ProposalRequest request)
    {
        var text = new StringBuilder("You can call these tools:\n");
        foreach (ShortlistedTool tool in request.Shortlist.Tools)
        {
            text.Append("- ").Append(ToolSignature.Write(tool.WireName, tool.Tool.Description, tool.Tool.Schema)).Append('\n');
        }

        return text;
    }
}
