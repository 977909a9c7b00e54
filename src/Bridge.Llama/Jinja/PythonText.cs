using System.Globalization;
using System.Text;

namespace Bridge.Llama.Jinja;

/// <summary>Values as Python writes them: templates are written for it, and models were trained on what it wrote.</summary>
internal static class PythonText
{
    /// <summary>A value as text, as <c>str()</c> gives it; undefined is empty.</summary>
    public static TextValue Of(TemplateValue value, RenderContext context)
    {
        switch (value)
        {
            case TextValue text:
                return text;
            case UndefinedValue:
                return TextValue.Empty;
            case ListValue or MapValue:
                var builder = new TextBuilder(context.Budget);
                Write(builder, value, TextOrigin.Template, context.Budget, 1);
                return builder.ToText();
            default:
                return TextValue.Own(Of(value));
        }
    }

    /// <summary>A value without items as text.</summary>
    public static string Of(TemplateValue value) => value switch
    {
        NullValue => "None",
        BooleanValue boolean => boolean.Value ? "True" : "False",
        IntegerValue integer => integer.Value.ToString(CultureInfo.InvariantCulture),
        FloatValue real => real.Digits ?? Of(real.Value),
        CallableValue callable => $"<{callable.Name}>",
        _ => $"<{value.Kind}>",
    };

    /// <summary>A number with a fraction: the shortest digits that read back, an exponent beyond 16 digits.</summary>
    public static string Of(double number)
    {
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
        }

        string digits = number.ToString("E16", CultureInfo.InvariantCulture);
        int exponent = int.Parse(digits.AsSpan(digits.IndexOf('E') + 1), CultureInfo.InvariantCulture);
        string shortest = number.ToString("R", CultureInfo.InvariantCulture);
        if (number != 0 && exponent is < -4 or >= 16)
        {
            return Scientific(shortest, number);
        }

        string plain = shortest.Contains('E') ? number.ToString("F20", CultureInfo.InvariantCulture).TrimEnd('0') : shortest;
        return plain.Contains('.') ? plain : plain + ".0";
    }

    private static string Scientific(string shortest, double number)
    {
        string text = shortest.Contains('E') ? shortest : Significant(number);
        int mark = text.IndexOf('E');
        int exponent = int.Parse(text.AsSpan(mark + 1), CultureInfo.InvariantCulture);
        return $"{text[..mark]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)}";
    }

    // The fewest digits that read back as the number.
    private static string Significant(double number)
    {
        for (int digits = 0; digits < 17; digits++)
        {
            string text = number.ToString("E" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (double.Parse(text, CultureInfo.InvariantCulture) == number)
            {
                return text;
            }
        }

        return number.ToString("E17", CultureInfo.InvariantCulture);
    }

    private static void Write(TextBuilder builder, TemplateValue value, TextOrigin origin, RenderBudget budget, int depth)
    {
        budget.Depth(depth);
        budget.Step();
        switch (value)
        {
            case TextValue text:
                Quote(builder, text);
                break;
            case ListValue list:
                builder.Append(list.IsTuple ? "(" : "[", list.Origin);
                for (int at = 0; at < list.All.Count; at++)
                {
                    builder.Append(at > 0 ? ", " : "", list.Origin);
                    Write(builder, list.All[at], list.Origin, budget, depth + 1);
                }

                builder.Append(!list.IsTuple ? "]" : list.All.Count == 1 ? ",)" : ")", list.Origin);
                break;
            case MapValue map:
                builder.Append("{", map.Origin);
                for (int at = 0; at < map.Entries.Count; at++)
                {
                    builder.Append(at > 0 ? ", " : "", map.Origin);
                    Write(builder, map.Entries[at].Key, map.Origin, budget, depth + 1);
                    builder.Append(": ", map.Origin);
                    Write(builder, map.Entries[at].Value, map.Origin, budget, depth + 1);
                }

                builder.Append("}", map.Origin);
                break;
            default:
                builder.Append(value is UndefinedValue ? "Undefined" : Of(value), origin);
                break;
        }
    }

    private static void Quote(TextBuilder builder, TextValue text)
    {
        bool doubled = text.Value.Contains('\'') && !text.Value.Contains('"');
        string quote = doubled ? "\"" : "'";
        builder.Append(quote, text.Length > 0 ? text.OriginAt(0) : TextOrigin.Template);
        var escaped = new StringBuilder();
        foreach (TextRun run in text.Runs)
        {
            escaped.Clear();
            foreach (char character in text.Value.AsSpan(run.Start, run.Length))
            {
                Escape(escaped, character, doubled);
            }

            builder.Append(escaped.ToString(), run.Origin);
        }

        builder.Append(quote, text.Length > 0 ? text.OriginAt(text.Length - 1) : TextOrigin.Template);
    }

    private static void Escape(StringBuilder escaped, char character, bool doubled)
    {
        switch (character)
        {
            case '\\':
                escaped.Append(@"\\");
                break;
            case '\'' when !doubled:
                escaped.Append(@"\'");
                break;
            case '\n':
                escaped.Append(@"\n");
                break;
            case '\r':
                escaped.Append(@"\r");
                break;
            case '\t':
                escaped.Append(@"\t");
                break;
            case < ' ' or (>= '\x7f' and < '\xa1') or '\xad':
                escaped.Append(CultureInfo.InvariantCulture, $"\\x{(int)character:x2}");
                break;
            case '\u2028' or '\u2029' or '\ufeff' or (>= '\u2000' and <= '\u200f'):
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
                break;
            default:
                escaped.Append(character);
                break;
        }
    }
}
