using System.Text;
using System.Text.Json;
using Bridge.ChatCalling;
using Bridge.Llama.Jinja;
using Microsoft.Extensions.AI;

namespace Bridge.Llama.Templates;

/// <summary>Turns a conversation into the messages of a template, in the way that the template can render.</summary>
/// <remarks>What a template has no place for is written as text: tools and results as <see cref="DefaultTexts"/> says, calls in the model's form.</remarks>
internal sealed class ConversationValues(TemplateCapabilities capabilities, CallForm form, RenderContext context)
{
    private readonly List<MapValue> _messages = [];
    private readonly Dictionary<string, (string Id, string Name)> _calls = new(StringComparer.Ordinal);
    private TextValue _system = TextValue.Empty; // what waits for a user message to be written with
    private bool _endsInResult;

    /// <summary>The messages of a conversation.</summary>
    public ListValue Of(IEnumerable<ChatMessage> messages, IReadOnlyList<TemplateTool> tools)
    {
        TextValue told = tools.Count > 0 && !capabilities.Tools ? DefaultTexts.Tools(tools, form, context) : TextValue.Empty;
        foreach (ChatMessage message in messages)
        {
            if (told.Length > 0)
            {
                bool isSystem = message.Role == ChatRole.System;
                AddSystem(isSystem ? Join(TextOf(message), told) : told);
                told = TextValue.Empty;
                if (isSystem)
                {
                    continue;
                }
            }

            Add(message);
        }

        if (_system.Length > 0)
        {
            AddMessage("user", TextValue.Empty);
        }

        return new ListValue([.. _messages], TextOrigin.Data);
    }

    private void Add(ChatMessage message)
    {
        FunctionResultContent[] results = [.. message.Contents.OfType<FunctionResultContent>()];
        foreach (FunctionResultContent result in results)
        {
            AddResult(result);
        }

        if (message.Role == ChatRole.System)
        {
            AddSystem(TextOf(message));
        }
        else if (message.Role == ChatRole.Assistant)
        {
            AddAnswer(message);
        }
        else if (results.Length == 0 || message.Text.Length > 0)
        {
            AddMessage(message.Role == ChatRole.Tool ? "user" : message.Role.Value, TextOf(message));
        }
    }

    private void AddSystem(TextValue text)
    {
        if (capabilities.System)
        {
            AddMessage("system", text);
        }
        else
        {
            _system = Join(_system, text);
        }
    }

    private void AddAnswer(ChatMessage message)
    {
        (string Id, string Name, TemplateValue Arguments)[] calls = [.. message.Contents.OfType<FunctionCallContent>().Select(Register)];
        TextValue text = TextOf(message);
        if (calls.Length > 0 && !capabilities.ToolCalls)
        {
            int earlier = _calls.Count - calls.Length;
            TextValue written = form.Write([.. calls.Select(call => (call.Name, JsonText.Of(call.Arguments, context)))], earlier, context);
            AddMessage("assistant", Join(text, written));
            return;
        }

        TemplateValue content = calls.Length > 0 && text.Length == 0 && capabilities.NoContentBesideCalls ? NullValue.Instance : text;
        MapValue answer = AddMessage("assistant", content);
        string thoughts = string.Concat(message.Contents.OfType<TextReasoningContent>().Select(thought => thought.Text));
        if (thoughts.Length > 0)
        {
            MessageValue.Set(answer, "reasoning_content", TextValue.Data(thoughts));
        }

        if (calls.Length > 0)
        {
            MessageValue.Set(answer, "tool_calls", new ListValue([.. calls.Select(call => MessageValue.Call(call.Id, call.Name, ArgumentsOf(call.Arguments)))], TextOrigin.Data));
        }
    }

    private (string Id, string Name, TemplateValue Arguments) Register(FunctionCallContent call)
    {
        string id = CallForm.IdOf(_calls.Count + 1);
        _calls[_calls.ContainsKey(call.CallId) ? $"{call.CallId}/{id}" : call.CallId] = (id, call.Name);
        return (id, call.Name, JsonOf(CallArguments.ToUtf8(call)));
    }

    private static TemplateValue JsonOf(byte[] utf8)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(utf8);
            return DataValues.Of(json.RootElement);
        }
        catch (JsonException)
        {
            return TextValue.Data(Encoding.UTF8.GetString(utf8)); // what a model wrote wrongly stays as it wrote it
        }
    }

    private TemplateValue ArgumentsOf(TemplateValue arguments) =>
        capabilities.ArgumentsAsText && arguments is not TextValue ? JsonText.Of(arguments, context) : arguments;

    private void AddResult(FunctionResultContent result)
    {
        TextValue text = TextValue.Data(ResultText.Of(result));
        (string id, string name) = _calls.GetValueOrDefault(result.CallId, (result.CallId, ""));
        if (capabilities.ToolResults)
        {
            MapValue message = AddMessage("tool", text);
            MessageValue.Set(message, "name", TextValue.Data(name));
            MessageValue.Set(message, "tool_call_id", TextValue.Data(id));
            return;
        }

        TextValue written = DefaultTexts.Result(text, context);
        if (_endsInResult)
        {
            // Templates without results want users and answers in turn.
            MapValue last = _messages[^1];
            MessageValue.Set(last, "content", ContentOf(Join((TextValue)UncoveredContent(last), written)));
            return;
        }

        AddMessage("user", written);
        _endsInResult = true;
    }

    private MapValue AddMessage(string role, TemplateValue content)
    {
        if (role == "user" && _system.Length > 0)
        {
            content = Join(_system, (TextValue)content);
            _system = TextValue.Empty;
        }

        MapValue message = MessageValue.Of(role, content is TextValue text ? ContentOf(text) : content);
        _messages.Add(message);
        _endsInResult = false;
        return message;
    }

    private TemplateValue ContentOf(TextValue text) => capabilities.ContentInParts ? MessageValue.Parts(text) : text;

    private static TemplateValue UncoveredContent(MapValue message) => message.Get(TextValue.Own("content")) switch
    {
        ListValue { All: [MapValue part] } => part.Get(TextValue.Own("text"))!,
        var content => content!,
    };

    private static TextValue TextOf(ChatMessage message) => TextValue.Data(message.Text);

    private TextValue Join(TextValue first, TextValue second) => first.Length == 0 || second.Length == 0
        ? TextValue.Concat(first, second, context)
        : TextValue.Concat(TextValue.Concat(first, TextValue.Own("\n\n"), context), second, context);
}
