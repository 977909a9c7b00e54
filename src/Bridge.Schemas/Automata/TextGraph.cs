namespace Bridge.Schemas.Automata;

/// <summary>Turns an automaton over characters into one over the bytes that spell them.</summary>
/// <remarks>Every character has one spelling: itself in UTF-8 (RFC 3629), or for some of ASCII an escape that begins with a backslash.</remarks>
internal sealed class TextGraph
{
    private readonly TextSpelling _spelling;
    private readonly ByteGraph _graph = new();
    private readonly Dictionary<string, int> _inner = new(StringComparer.Ordinal);

    private TextGraph(TextSpelling spelling) => _spelling = spelling;

    /// <summary>Makes the automaton.</summary>
    /// <param name="dfa">The texts.</param>
    /// <param name="spelling">How their characters are spelled.</param>
    public static ByteGraph Of(CodePointDfa dfa, TextSpelling spelling)
    {
        var text = new TextGraph(spelling);
        for (int state = 0; state < dfa.Count; state++)
        {
            text._graph.Add(dfa.Accepts(state), counts: true);
        }

        for (int state = 0; state < dfa.Count; state++)
        {
            CodePointEdge[] edges = [.. dfa.Edges(state)];
            text.ConnectAscii(state, edges);
            text.ConnectEscapes(state, edges);
            text.Connect(state, Within(edges, 0x80, 0x7FF), 0xC0, rest: 1);
            text.Connect(state, Within(edges, 0x800, 0xFFFF), 0xE0, rest: 2);
            text.Connect(state, Within(edges, 0x10000, 0x10FFFF), 0xF0, rest: 3);
        }

        return text._graph;
    }

    private void ConnectAscii(int state, CodePointEdge[] edges)
    {
        foreach (CodePointEdge edge in Within(edges, 0, 0x7F))
        {
            for (int value = edge.First; value <= edge.Last; value++)
            {
                if (_spelling(value).Length == 1)
                {
                    _graph.Connect(state, value, value, edge.Target);
                }
            }
        }
    }

    private void ConnectEscapes(int state, CodePointEdge[] edges)
    {
        List<(byte[] Spelling, int Target)> escapes =
        [
            .. Enumerable.Range(0, 0x80).Where(value => _spelling(value).Length > 1)
                .SelectMany(value => Within(edges, value, value)).Select(edge => (_spelling(edge.First), edge.Target)),
        ];
        if (escapes.Count > 0)
        {
            _graph.Connect(state, '\\', '\\', InnerEscape(escapes, at: 1));
        }
    }

    private int InnerEscape(List<(byte[] Spelling, int Target)> escapes, int at)
    {
        if (escapes is [var only] && only.Spelling.Length == at)
        {
            return only.Target;
        }

        string key = $"\\{at}:{string.Join(',', escapes.Select(escape => $"{escape.Spelling[^1]}{escape.Spelling.Length}>{escape.Target}"))}";
        if (!_inner.TryGetValue(key, out int inner))
        {
            (byte Value, int To)[] edges =
                [.. escapes.GroupBy(escape => escape.Spelling[at]).Select(group => (group.Key, InnerEscape([.. group], at + 1)))];
            _inner[key] = inner = _graph.Add(accepts: false, counts: false);
            foreach ((byte value, int to) in edges)
            {
                _graph.Connect(inner, value, value, to);
            }
        }

        return inner;
    }

    /// <summary>Connects a state by the next byte of some characters, of which <paramref name="rest"/> more bytes follow.</summary>
    private void Connect(int state, List<CodePointEdge> edges, int lead, int rest)
    {
        foreach ((int value, int to) in Leads(edges, rest))
        {
            _graph.Connect(state, lead | value, lead | value, to);
        }
    }

    private List<(int Value, int To)> Leads(List<CodePointEdge> edges, int rest)
    {
        int shift = 6 * rest;
        var leads = new List<(int, int)>();
        for (int value = edges.Count == 0 ? 1 : edges[0].First >> shift; edges.Count > 0 && value <= edges[^1].Last >> shift; value++)
        {
            List<CodePointEdge> part = Within(edges, value << shift, ((value + 1) << shift) - 1);
            if (part.Count > 0)
            {
                leads.Add((value, Inner(part.ConvertAll(edge => new CodePointEdge(
                    edge.First - (value << shift), edge.Last - (value << shift), edge.Target)), rest)));
            }
        }

        return leads;
    }

    private int Inner(List<CodePointEdge> edges, int rest)
    {
        if (rest == 0)
        {
            return edges[0].Target;
        }

        string key = $"{rest}:{string.Join(',', edges.Select(edge => $"{edge.First}-{edge.Last}>{edge.Target}"))}";
        if (!_inner.TryGetValue(key, out int inner))
        {
            List<(int Value, int To)> leads = Leads(edges, rest - 1);
            _inner[key] = inner = _graph.Add(accepts: false, counts: false);
            leads.ForEach(edge => _graph.Connect(inner, 0x80 | edge.Value, 0x80 | edge.Value, edge.To));
        }

        return inner;
    }

    private static List<CodePointEdge> Within(IEnumerable<CodePointEdge> edges, int first, int last) =>
    [
        .. edges.Where(edge => edge.First <= last && edge.Last >= first)
            .Select(edge => new CodePointEdge(Math.Max(edge.First, first), Math.Min(edge.Last, last), edge.Target)),
    ];
}
