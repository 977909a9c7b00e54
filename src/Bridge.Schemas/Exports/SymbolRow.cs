namespace Bridge.Schemas.Exports;

/// <summary>Symbols in a row: literals beside each other are one, and a symbol that stands several times is counted.</summary>
internal sealed class SymbolRow
{
    private readonly List<(string Symbol, int Count)> _symbols = [];

    /// <summary>Adds a symbol; an empty one says nothing.</summary>
    public void Add(string symbol)
    {
        (string last, int count) = _symbols.Count == 0 ? ("", 0) : _symbols[^1];
        if (symbol.Length == 0)
        {
            return;
        }

        if (IsLiteral(symbol) && IsLiteral(last))
        {
            _symbols[^1] = (last[..^1] + symbol[1..], 1);
        }
        else if (symbol == last && count < GbnfSpelling.MaxRepeats)
        {
            _symbols[^1] = (last, count + 1);
        }
        else
        {
            _symbols.Add((symbol, 1));
        }
    }

    /// <summary>The row.</summary>
    public string ToText() => GbnfSpelling.Sequence(_symbols.Select(entry => GbnfSpelling.Repeat(entry.Symbol, entry.Count, entry.Count)));

    // What is repeated ends with the sign of it; such a symbol does not meet itself again.
    private static bool IsLiteral(string symbol) => symbol.Length > 1 && symbol[0] == '"' && symbol[^1] == '"';
}
