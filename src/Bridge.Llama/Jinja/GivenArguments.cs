namespace Bridge.Llama.Jinja;

/// <summary>The arguments of a call: those by place, then those by name.</summary>
/// <param name="positional">Those by place.</param>
/// <param name="named">Those by name.</param>
internal sealed class GivenArguments(IReadOnlyList<TemplateValue> positional, IReadOnlyList<KeyValuePair<string, TemplateValue>> named)
{
    public static GivenArguments None { get; } = new([], []);

    public IReadOnlyList<TemplateValue> Positional => positional;

    public IReadOnlyList<KeyValuePair<string, TemplateValue>> Named => named;

    public int Count => positional.Count;

    public TemplateValue this[int place] => positional[place];

    /// <summary>An argument by its place or its name; <see langword="null"/> where it is not given.</summary>
    public TemplateValue? Find(int place, string name)
    {
        if (place < positional.Count)
        {
            return positional[place];
        }

        foreach (KeyValuePair<string, TemplateValue> argument in named)
        {
            if (argument.Key == name)
            {
                return argument.Value;
            }
        }

        return null;
    }

    /// <summary>A text that must be given.</summary>
    public TextValue Text(int place, string name) => Find(place, name) as TextValue ?? throw Wrong(name, "a text");

    /// <summary>A text that may be left out, or be none.</summary>
    public TextValue? TextOrNone(int place, string name) => Find(place, name) switch
    {
        null or NullValue => null,
        TextValue text => text,
        _ => throw Wrong(name, "a text or none"),
    };

    /// <summary>An integer that may be left out, or be none.</summary>
    public long? IntegerOrNone(int place, string name) => Find(place, name) switch
    {
        null or NullValue => null,
        IntegerValue integer => integer.Value,
        BooleanValue boolean => boolean.Value ? 1 : 0,
        _ => throw Wrong(name, "an integer or none"),
    };

    /// <summary>Whether an argument is given and true.</summary>
    public bool IsTrue(int place, string name) => Find(place, name)?.IsTrue ?? false;

    private static TemplateException Wrong(string name, string wanted) => new($"The argument '{name}' must be {wanted}.");
}
