namespace Bridge.Llama.Jinja;

/// <summary>The variables of a block, and those around it.</summary>
internal sealed class Scope
{
    private const int MostWithoutIndex = 8;

    private readonly Scope? _outer;
    private readonly List<KeyValuePair<string, TemplateValue>> _variables = [];
    private Dictionary<string, int>? _index; // a block has few variables: only many are worth hashing

    /// <summary>The scope of a rendering.</summary>
    public Scope(RenderContext context) => Context = context;

    /// <summary>A scope within another.</summary>
    public Scope(Scope outer)
    {
        _outer = outer;
        Context = outer.Context;
    }

    public RenderContext Context { get; }

    /// <summary>The variable of a name; <see langword="null"/> where there is none.</summary>
    public TemplateValue? Find(string name)
    {
        for (Scope? scope = this; scope is not null; scope = scope._outer)
        {
            if (scope.IndexOf(name) is var at and >= 0)
            {
                return scope._variables[at].Value;
            }
        }

        return null;
    }

    /// <summary>Sets a variable of this scope.</summary>
    public void Set(string name, TemplateValue value)
    {
        int at = IndexOf(name);
        if (at >= 0)
        {
            _variables[at] = KeyValuePair.Create(name, value);
            return;
        }

        _variables.Add(KeyValuePair.Create(name, value));
        if (_variables.Count > MostWithoutIndex)
        {
            _index ??= _variables.Select((variable, place) => (variable.Key, place)).ToDictionary(StringComparer.Ordinal);
            _index[name] = _variables.Count - 1;
        }
    }

    private int IndexOf(string name)
    {
        if (_index is not null)
        {
            return _index.GetValueOrDefault(name, -1);
        }

        for (int at = 0; at < _variables.Count; at++)
        {
            if (_variables[at].Key == name)
            {
                return at;
            }
        }

        return -1;
    }
}
