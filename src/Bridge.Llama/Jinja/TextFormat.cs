using System.Globalization;

namespace Bridge.Llama.Jinja;

/// <summary>Texts with places for values: <c>'{}'.format(x)</c> and <c>'%s'|format(x)</c>, without widths and the like.</summary>
internal static class TextFormat
{
    public static TextValue Braces(TextValue text, GivenArguments arguments, RenderContext context)
    {
        var builder = new TextBuilder(context.Budget);
        int next = 0;
        for (int at = 0; at < text.Length;)
        {
            char character = text.Value[at];
            if (character is '{' or '}' && at + 1 < text.Length && text.Value[at + 1] == character)
            {
                builder.Append(text, at, 1);
                at += 2;
            }
            else if (character == '{' && text.Value.IndexOf('}', at) is var end and > 0)
            {
                builder.Append(PythonText.Of(Field(text.Value[(at + 1)..end], arguments, ref next), context));
                at = end + 1;
            }
            else if (character is '{' or '}')
            {
                throw new TemplateException("The format has a brace without its other; write '{{' or '}}' for a brace.");
            }
            else
            {
                builder.Append(text, at++, 1);
            }
        }

        return builder.ToText();
    }

    public static TextValue Percent(TextValue text, GivenArguments arguments, RenderContext context)
    {
        var builder = new TextBuilder(context.Budget);
        int next = 0;
        for (int at = 0; at < text.Length; at++)
        {
            if (text.Value[at] != '%' || at + 1 == text.Length)
            {
                builder.Append(text, at, 1);
                continue;
            }

            switch (text.Value[++at])
            {
                case '%':
                    builder.Append(text, at, 1);
                    break;
                case 's' when next < arguments.Count:
                    builder.Append(PythonText.Of(arguments[next++], context));
                    break;
                case 'd' or 'i' when next < arguments.Count && arguments[next] is IntegerValue:
                    builder.Append(PythonText.Of(arguments[next++], context));
                    break;
                default:
                    throw new TemplateException($"The format '%{text.Value[at]}' has no value, or is not one of '%s', '%d' and '%%'.");
            }
        }

        return builder.ToText();
    }

    private static TemplateValue Field(string field, GivenArguments arguments, ref int next)
    {
        if (field.Length == 0)
        {
            field = (next++).ToString(CultureInfo.InvariantCulture);
        }

        TemplateValue? value = int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out int place)
            ? arguments.Find(place, "")
            : arguments.Find(int.MaxValue, field);
        return value ?? throw new TemplateException($"The format has no value for '{{{field}}}'; a field is a place or a name.");
    }
}
