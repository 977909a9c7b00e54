namespace Bridge.Llama.Jinja;

/// <summary>Text in which every character knows its origin.</summary>
/// <remarks>Most texts have one origin; the others keep the places where it changes.</remarks>
internal sealed class TextValue : TemplateValue
{
    private readonly TextOrigin _first;
    private readonly int[] _cuts; // where the origin changes, ascending, each within the text

    public TextValue(string value, TextOrigin origin)
        : this(value, origin, [])
    {
    }

    public TextValue(string value, TextOrigin first, int[] cuts)
    {
        Value = value;
        _first = first;
        _cuts = cuts;
    }

    public static TextValue Empty { get; } = new("", TextOrigin.Template);

    public string Value { get; }

    public int Length => Value.Length;

    /// <summary>Whether all of the text is from the template, or all of it from outside.</summary>
    public bool IsOfOneOrigin => _cuts.Length == 0;

    public override string Kind => "a text";

    public override bool IsTrue => Value.Length > 0;

    /// <summary>The pieces of one origin each, in order; none of an empty text.</summary>
    public IEnumerable<TextRun> Runs => RunsOf(0, Length);

    /// <summary>Text that the template or Bridge itself wrote.</summary>
    public static TextValue Own(string value) => value.Length == 0 ? Empty : new TextValue(value, TextOrigin.Template);

    /// <summary>Text from outside.</summary>
    public static TextValue Data(string value) => new(value, TextOrigin.Data);

    /// <summary>Two texts in a row.</summary>
    public static TextValue Concat(TextValue left, TextValue right, RenderContext context)
    {
        if (left.Length == 0 || right.Length == 0)
        {
            return left.Length == 0 ? right : left;
        }

        context.Budget.Text((long)left.Length + right.Length);
        return left._cuts.Length == 0 && right._cuts.Length == 0 && left._first == right._first
            ? new TextValue(left.Value + right.Value, left._first)
            : new TextBuilder(context.Budget, charged: true).Append(left).Append(right).ToText();
    }

    /// <summary>A piece of the text.</summary>
    public TextValue Slice(int start, int length)
    {
        if (length == Length)
        {
            return this;
        }

        if (length <= 0)
        {
            return Empty;
        }

        string piece = Value.Substring(start, length);
        if (_cuts.Length == 0)
        {
            return new TextValue(piece, _first);
        }

        int[] cuts = [.. _cuts.Where(cut => cut > start && cut < start + length).Select(cut => cut - start)];
        return new TextValue(piece, OriginAt(start), cuts);
    }

    /// <summary>The text with every character changed where it stands.</summary>
    public TextValue Map(Func<string, string> change)
    {
        string changed = change(Value);
        return changed.Length == Value.Length
            ? new TextValue(changed, _first, _cuts)
            : new TextValue(changed, _cuts.Length == 0 ? _first : TextOrigin.Data); // longer or shorter: places no longer fit
    }

    /// <summary>The pieces of one origin each within a piece of the text.</summary>
    public IEnumerable<TextRun> RunsOf(int start, int length)
    {
        int end = start + length;
        TextOrigin origin = _first;
        int from = start;
        foreach (int cut in _cuts)
        {
            if (cut >= end)
            {
                break;
            }

            if (cut > from)
            {
                yield return new TextRun(from, cut - from, origin);
                from = cut;
            }

            origin = Other(origin);
        }

        if (end > from)
        {
            yield return new TextRun(from, end - from, origin);
        }
    }

    /// <summary>The origin of one character.</summary>
    public TextOrigin OriginAt(int index)
    {
        if (_cuts.Length == 0)
        {
            return _first;
        }

        int found = Array.BinarySearch(_cuts, index);
        int passed = found >= 0 ? found + 1 : ~found;
        return passed % 2 == 0 ? _first : Other(_first);
    }

    public override NativeMethod? Method(string name) => TextMethods.Find(name);

    public override TemplateValue Member(string name) =>
        Method(name) is { } method ? new BoundMethod(name, this, method) : base.Member(name);

    public override TemplateValue Item(TemplateValue key) =>
        key is IntegerValue index ? CodePoints.At(this, index.Value) : base.Item(key);

    public override IReadOnlyList<TemplateValue> Items(RenderContext context)
    {
        context.Budget.Steps(Length);
        return CodePoints.Split(this);
    }

    private static TextOrigin Other(TextOrigin origin) => origin == TextOrigin.Template ? TextOrigin.Data : TextOrigin.Template;
}
