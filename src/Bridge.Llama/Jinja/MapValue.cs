namespace Bridge.Llama.Jinja;

/// <summary>Values by name, in the order they were added.</summary>
/// <param name="origin">Who made it.</param>
internal sealed class MapValue(TextOrigin origin = TextOrigin.Template) : TemplateValue
{
    private const int MostWithoutIndex = 8;

    private readonly List<KeyValuePair<TemplateValue, TemplateValue>> _entries = [];
    private Dictionary<string, int>? _index;

    public TextOrigin Origin => origin;

    public IReadOnlyList<KeyValuePair<TemplateValue, TemplateValue>> Entries => _entries;

    public override string Kind => "a map";

    public override bool IsTrue => _entries.Count > 0;

    /// <summary>Adds a member, or changes it in its place.</summary>
    /// <param name="key">A text or an integer.</param>
    /// <param name="value">The value.</param>
    public void Set(TemplateValue key, TemplateValue value)
    {
        if (key is not (TextValue or IntegerValue))
        {
            throw new TemplateException($"A key of a map is a text or an integer, not {key.Kind}.");
        }

        int at = Find(key);
        if (at >= 0)
        {
            _entries[at] = KeyValuePair.Create(_entries[at].Key, value);
            return;
        }

        if (key is TextValue text)
        {
            _index?.Add(text.Value, _entries.Count);
        }

        _entries.Add(KeyValuePair.Create(key, value));
    }

    /// <summary>The value of a key; <see langword="null"/> where there is none.</summary>
    public TemplateValue? Get(TemplateValue key) => Find(key) is var at and >= 0 ? _entries[at].Value : null;

    public override NativeMethod? Method(string name) => MapMethods.Find(name);

    /// <summary>A method before a member of the same name, so that a tool's <c>items</c> do not hide it.</summary>
    public override TemplateValue Member(string name)
    {
        if (Method(name) is { } method)
        {
            return new BoundMethod(name, this, method);
        }

        int at = Find(name);
        return at >= 0 ? _entries[at].Value : base.Member(name);
    }

    public override TemplateValue Item(TemplateValue key) =>
        Get(key) ?? (key is TextValue text ? Member(text.Value) : UndefinedValue.Nameless);

    public override IReadOnlyList<TemplateValue> Items(RenderContext context)
    {
        context.Budget.Steps(_entries.Count);
        return [.. _entries.Select(entry => entry.Key)];
    }

    private int Find(TemplateValue key) => key switch
    {
        TextValue text => Find(text.Value),
        IntegerValue integer => _entries.FindIndex(entry => entry.Key is IntegerValue other && other.Value == integer.Value),
        _ => -1,
    };

    private int Find(string name)
    {
        if (_entries.Count > MostWithoutIndex)
        {
            return (_index ??= MakeIndex()).GetValueOrDefault(name, -1);
        }

        for (int at = 0; at < _entries.Count; at++)
        {
            if (_entries[at].Key is TextValue text && text.Value == name)
            {
                return at;
            }
        }

        return -1;
    }

    private Dictionary<string, int> MakeIndex()
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int at = 0; at < _entries.Count; at++)
        {
            if (_entries[at].Key is TextValue text)
            {
                index.Add(text.Value, at);
            }
        }

        return index;
    }
}
