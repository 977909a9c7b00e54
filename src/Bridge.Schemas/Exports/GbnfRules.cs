using System.Text;

namespace Bridge.Schemas.Exports;

/// <summary>The rules of a grammar, each with a name of its own; rules with the same text are one.</summary>
internal sealed class GbnfRules
{
    private const int MaxNameLength = 40;

    private readonly List<string> _order = [];
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal) { ["root"] = 1 };

    /// <summary>Takes a name for a rule whose text is not known yet.</summary>
    /// <param name="wish">What the name should say; only lower-case letters, digits and dashes of it are kept.</param>
    public string Reserve(string wish)
    {
        string name = wish == "root" && _order.Count == 0 ? wish : Unique(wish);
        _order.Add(name);
        return name;
    }

    /// <summary>Sets the text of a rule whose name was taken.</summary>
    public void Set(string name, string text) => _texts[name] = text;

    /// <summary>The name of the rule with a text.</summary>
    public string Add(string wish, string text)
    {
        if (!_names.TryGetValue(text, out string? name))
        {
            _names[text] = name = Reserve(wish);
            Set(name, text);
        }

        return name;
    }

    /// <summary>The grammar.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        foreach (string name in _order)
        {
            text.Append(name).Append(" ::= ").Append(_texts[name]).Append('\n');
        }

        return text.ToString();
    }

    private string Unique(string wish)
    {
        string name = Clean(wish);
        while (true)
        {
            int count = _counts[name] = _counts.GetValueOrDefault(name) + 1;
            if (count == 1)
            {
                return name;
            }

            string numbered = $"{name}-{count}";
            if (_counts.TryAdd(numbered, 1))
            {
                return numbered;
            }
        }
    }

    private static string Clean(string wish)
    {
        var name = new StringBuilder();
        foreach (char letter in wish.ToLowerInvariant().Take(MaxNameLength))
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                name.Append(letter);
            }
            else if (name.Length > 0 && name[^1] != '-')
            {
                name.Append('-');
            }
        }

        string kept = name.ToString().TrimEnd('-');
        return kept.Length == 0 ? "part" : kept;
    }
}
