using Bridge.Llama.Jinja;

namespace Bridge.Llama.Templates;

/// <summary>Messages as templates take them.</summary>
internal static class MessageValue
{
    // A role that Bridge knows is not text of a user, so that templates may make control tokens of it.
    private static readonly string[] s_roles = ["system", "developer", "user", "assistant", "tool"];

    /// <summary>A message of a role with content.</summary>
    public static MapValue Of(string role, TemplateValue content)
    {
        var message = new MapValue(TextOrigin.Data);
        Set(message, "role", s_roles.Contains(role) ? TextValue.Own(role) : TextValue.Data(role));
        Set(message, "content", content);
        return message;
    }

    /// <summary>A call within an answer.</summary>
    /// <param name="id">The call's id.</param>
    /// <param name="name">The tool's name.</param>
    /// <param name="arguments">Its arguments.</param>
    public static MapValue Call(string id, string name, TemplateValue arguments)
    {
        var function = new MapValue(TextOrigin.Data);
        Set(function, "name", TextValue.Data(name));
        Set(function, "arguments", arguments);
        var call = new MapValue(TextOrigin.Data);
        Set(call, "id", TextValue.Data(id));
        Set(call, "type", TextValue.Own("function"));
        Set(call, "function", function);
        return call;
    }

    /// <summary>Text as a list of one part.</summary>
    public static ListValue Parts(TextValue text)
    {
        var part = new MapValue(TextOrigin.Data);
        Set(part, "type", TextValue.Own("text"));
        Set(part, "text", text);
        return new ListValue([part], TextOrigin.Data);
    }

    /// <summary>Sets a member.</summary>
    public static void Set(MapValue message, string name, TemplateValue value) => message.Set(TextValue.Own(name), value);
}
