using System.Globalization;
using System.Text;

namespace Bridge.Llama.Jinja;

/// <summary>Values as JSON, set as Python's <c>json.dumps</c> sets it.</summary>
/// <remarks>What a list or map is written with beside its texts has the origin of the list or map.</remarks>
internal sealed class JsonText
{
    private readonly RenderBudget _budget;
    private readonly JsonSettings _settings;
    private readonly TextBuilder _builder;
    private readonly StringBuilder _escaped = new();

    private JsonText(JsonSettings settings, RenderBudget budget)
    {
        _budget = budget;
        _settings = settings;
        _builder = new TextBuilder(budget);
    }

    public static TextValue Of(TemplateValue value, RenderContext context, JsonSettings? settings = null)
    {
        var json = new JsonText(settings ?? JsonSettings.Default, context.Budget);
        json.Write(value, TextOrigin.Template, 1);
        return json._builder.ToText();
    }

    private void Write(TemplateValue value, TextOrigin origin, int depth)
    {
        _budget.Depth(depth);
        _budget.Step();
        switch (value)
        {
            case TextValue text:
                WriteText(text);
                break;
            case ListValue list:
                WriteItems(list, depth);
                break;
            case MapValue map:
                WriteMembers(map, depth);
                break;
            case NullValue or UndefinedValue:
                _builder.Append("null", origin);
                break;
            case BooleanValue boolean:
                _builder.Append(boolean.Value ? "true" : "false", origin);
                break;
            case IntegerValue:
                _builder.Append(PythonText.Of(value), origin);
                break;
            case FloatValue real:
                _builder.Append(NumberOf(real), origin);
                break;
            default:
                throw new TemplateException($"There is no JSON of {value.Kind}.");
        }
    }

    private static string NumberOf(FloatValue real) =>
        double.IsFinite(real.Value) ? PythonText.Of(real)
        : double.IsNaN(real.Value) ? "NaN"
        : real.Value > 0 ? "Infinity" : "-Infinity";

    private void WriteItems(ListValue list, int depth)
    {
        if (list.All.Count == 0)
        {
            _builder.Append("[]", list.Origin);
            return;
        }

        _builder.Append("[", list.Origin);
        for (int at = 0; at < list.All.Count; at++)
        {
            Separate(at, list.Origin, depth);
            Write(list.All[at], list.Origin, depth + 1);
        }

        NewLine(list.Origin, depth - 1);
        _builder.Append("]", list.Origin);
    }

    private void WriteMembers(MapValue map, int depth)
    {
        if (map.Entries.Count == 0)
        {
            _builder.Append("{}", map.Origin);
            return;
        }

        IEnumerable<KeyValuePair<TemplateValue, TemplateValue>> members =
            _settings.Sorted ? map.Entries.Order(Comparer<KeyValuePair<TemplateValue, TemplateValue>>.Create(ByName)) : map.Entries;
        _builder.Append("{", map.Origin);
        int at = 0;
        foreach ((TemplateValue name, TemplateValue value) in members)
        {
            Separate(at++, map.Origin, depth);
            WriteText(name as TextValue ?? TextValue.Own(PythonText.Of(name)));
            Append(_settings.AfterName, map.Origin);
            Write(value, map.Origin, depth + 1);
        }

        NewLine(map.Origin, depth - 1);
        _builder.Append("}", map.Origin);
    }

    private int ByName(KeyValuePair<TemplateValue, TemplateValue> left, KeyValuePair<TemplateValue, TemplateValue> right) =>
        ValueComparison.Compare(left.Key, right.Key, _budget);

    private void Separate(int at, TextOrigin origin, int depth)
    {
        if (at > 0)
        {
            Append(_settings.Between, origin);
        }

        NewLine(origin, depth);
    }

    private void NewLine(TextOrigin origin, int depth)
    {
        if (_settings.Indent is not { } indent)
        {
            return;
        }

        _builder.Append("\n", origin);
        for (int level = 0; level < depth; level++)
        {
            Append(indent, origin);
        }
    }

    // What stands around data is data too, lest a text falls into more pieces than it must.
    private void Append(TextValue text, TextOrigin origin)
    {
        if (origin == TextOrigin.Data)
        {
            _builder.Append(text.Value, origin);
        }
        else
        {
            _builder.Append(text);
        }
    }

    private void WriteText(TextValue text)
    {
        _builder.Append("\"", text.Length > 0 ? text.OriginAt(0) : TextOrigin.Template);
        if (text.IsOfOneOrigin && !MustEscape(text.Value))
        {
            _builder.Append(text);
        }
        else
        {
            foreach (TextRun run in text.Runs)
            {
                _escaped.Clear();
                foreach (char character in text.Value.AsSpan(run.Start, run.Length))
                {
                    Escape(character);
                }

                _builder.Append(_escaped.ToString(), run.Origin);
            }
        }

        _builder.Append("\"", text.Length > 0 ? text.OriginAt(text.Length - 1) : TextOrigin.Template);
    }

    private bool MustEscape(ReadOnlySpan<char> text) => text.IndexOfAny('"', '\\') >= 0 || text.IndexOfAnyInRange('\0', '\x1f') >= 0
        || (_settings.AsciiOnly && text.IndexOfAnyExceptInRange(' ', '~') >= 0);

    private void Escape(char character)
    {
        switch (character)
        {
            case '"' or '\\':
                _escaped.Append('\\').Append(character);
                break;
            case '\n':
                _escaped.Append(@"\n");
                break;
            case '\r':
                _escaped.Append(@"\r");
                break;
            case '\t':
                _escaped.Append(@"\t");
                break;
            case '\b':
                _escaped.Append(@"\b");
                break;
            case '\f':
                _escaped.Append(@"\f");
                break;
            case < ' ':
            case >= '\x7f' when _settings.AsciiOnly:
                _escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
                break;
            default:
                _escaped.Append(character);
                break;
        }
    }
}
