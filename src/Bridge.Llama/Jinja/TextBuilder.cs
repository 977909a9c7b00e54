using System.Text;

namespace Bridge.Llama.Jinja;

/// <summary>Puts texts together and keeps the origin of every character.</summary>
/// <param name="budget">What the text is taken from.</param>
/// <param name="charged">Whether the text was taken from the budget before.</param>
internal sealed class TextBuilder(RenderBudget budget, bool charged = false)
{
    private readonly StringBuilder _text = new();
    private readonly List<int> _cuts = [];
    private TextOrigin _first;
    private TextOrigin _last;

    public int Length => _text.Length;

    public TextBuilder Append(TextValue text) => Append(text, 0, text.Length);

    public TextBuilder Append(TextValue text, int start, int length)
    {
        if (!charged)
        {
            budget.Text(length);
        }

        if (text.IsOfOneOrigin)
        {
            return length > 0 ? Add(text.Value.AsSpan(start, length), text.OriginAt(start)) : this;
        }

        foreach (TextRun run in text.RunsOf(start, length))
        {
            Add(text.Value.AsSpan(run.Start, run.Length), run.Origin);
        }

        return this;
    }

    public TextBuilder Append(ReadOnlySpan<char> text, TextOrigin origin)
    {
        if (text.Length > 0)
        {
            if (!charged)
            {
                budget.Text(text.Length);
            }

            Add(text, origin);
        }

        return this;
    }

    public TextValue ToText() => _text.Length == 0 ? TextValue.Empty : new TextValue(_text.ToString(), _first, [.. _cuts]);

    private TextBuilder Add(ReadOnlySpan<char> text, TextOrigin origin)
    {
        if (_text.Length == 0)
        {
            _first = origin;
        }
        else if (origin != _last)
        {
            _cuts.Add(_text.Length);
        }

        _last = origin;
        _text.Append(text);
        return this;
    }
}
