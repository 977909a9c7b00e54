using System.Text.Json;
using Bridge.Llama.Jinja;

namespace Bridge.Llama.Templates;

/// <summary>Renders small conversations with marks in them, to see what a template makes of them.</summary>
/// <param name="template">The template.</param>
/// <param name="texts">The texts of tokens.</param>
internal sealed class TemplateProbe(JinjaTemplate template, ControlTexts texts)
{
    /// <summary>Marks that no template writes by itself.</summary>
    public const string User = "Ask9user9mark";
    public const string System = "Say9system9mark";
    public const string Answer = "Tell9answer9mark";
    public const string Thought = "Muse9thought9mark";
    public const string Result = "Give9result9mark";
    public const string FirstTool = "first9tool9mark";
    public const string SecondTool = "second9tool9mark";
    public const string FirstId = "abc1def2g";
    public const string SecondId = "hij3klm4n";
    public const string FirstValue = "one9value9mark";
    public const string SecondValue = "two9value9mark";
    public const string FirstKey = "first9key9mark";
    public const string SecondKey = "second9key9mark";
    public const string FirstArguments = $$"""{"mark": "{{FirstValue}}", "n": 1}""";
    public const string SecondArguments = $$"""{"mark": "{{SecondValue}}", "n": 2}""";

    public static string UserMessage { get; } = Message("user", Quote(User));

    /// <summary>The text of a conversation; <see langword="null"/> where the template refuses or fails.</summary>
    /// <param name="messages">The messages as JSON.</param>
    /// <param name="withTools">Whether the tools of the marks are offered.</param>
    /// <param name="generate">Whether the answer is to begin.</param>
    /// <param name="thinks">Whether the model is to think first.</param>
    public string? Render(IEnumerable<string> messages, bool withTools = false, bool generate = false, bool? thinks = null)
    {
        try
        {
            using JsonDocument conversation = JsonDocument.Parse($"[{string.Join(',', messages)}]");
            var options = new TemplateOptions { AddGenerationPrompt = generate, EnableThinking = thinks };
            ListValue? tools = withTools ? new ListValue([Tool(FirstTool), Tool(SecondTool)], TextOrigin.Data) : null;
            return template.Render(
                TemplateVariables.Of(template, (ListValue)DataValues.Of(conversation.RootElement), tools, texts, options),
                DateTimeOffset.UnixEpoch, CancellationToken.None).Value;
        }
        catch (TemplateException)
        {
            return null;
        }
    }

    /// <summary>A message as JSON.</summary>
    /// <param name="role">Its role.</param>
    /// <param name="content">Its content, as JSON.</param>
    /// <param name="more">More members, as JSON, each with a comma before it.</param>
    public static string Message(string role, string content, string more = "") => $$"""{"role": "{{role}}", "content": {{content}}{{more}}}""";

    /// <summary>An answer with one call, or with two.</summary>
    /// <param name="content">Its content, as JSON.</param>
    /// <param name="isText">Whether arguments are text.</param>
    /// <param name="two">Whether there are two calls.</param>
    public static string Calls(string content, bool isText, bool two) =>
        Calls(content, isText, two ? [FirstArguments, SecondArguments] : [FirstArguments]);

    /// <summary>An answer with calls of the first tool and the second.</summary>
    /// <param name="content">Its content, as JSON.</param>
    /// <param name="isText">Whether arguments are text.</param>
    /// <param name="arguments">The arguments of one call or of two, as JSON.</param>
    public static string Calls(string content, bool isText, IReadOnlyList<string> arguments)
    {
        string first = Call(FirstId, FirstTool, arguments[0], isText);
        return Message("assistant", content, $", \"tool_calls\": [{first}{(arguments.Count > 1 ? ", " + Call(SecondId, SecondTool, arguments[1], isText) : "")}]");
    }

    public static string Quote(string text) => $"\"{text}\"";

    private static string Call(string id, string name, string arguments, bool isText) =>
        $$$"""{"id": "{{{id}}}", "type": "function", "function": {"name": "{{{name}}}", "arguments": {{{(isText ? TextOf(arguments) : arguments)}}} }}""";

    private static string TextOf(string json) => JsonSerializer.Serialize(json, ProbeJson.Default.String);

    private static TemplateValue Tool(string name)
    {
        using JsonDocument tool = JsonDocument.Parse($$"""
            {
              "type": "function",
              "function": {
                "name": "{{name}}",
                "description": "A tool.",
                "parameters": {
                  "type": "object",
                  "properties": { "mark": { "type": "string", "description": "A mark." }, "n": { "type": "integer", "description": "A number." } },
                  "required": ["mark"]
                }
              }
            }
            """);
        return DataValues.Of(tool.RootElement);
    }
}
