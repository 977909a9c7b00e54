namespace Bridge.Schemas.Decoding;

/// <summary>Texts of which one is written: what they have in common at the beginning is common in the grammar.</summary>
internal static class LiteralTrie
{
    /// <summary>Makes the node of some different texts.</summary>
    public static GrammarNode Of(IEnumerable<byte[]> texts, GrammarNode next) =>
        Build([.. texts.OrderBy(text => text, Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right)))], 0, next);

    /// <summary>Sorted texts that agree up to a position.</summary>
    private static GrammarNode Build(ReadOnlySpan<byte[]> texts, int from, GrammarNode next)
    {
        byte[] first = texts[0];
        byte[] last = texts[^1];
        int common = first.AsSpan(from).CommonPrefixLength(last.AsSpan(from)) + from;
        if (texts.Length == 1)
        {
            return from == first.Length ? next : new TextNode(first[from..], next);
        }

        var options = new List<GrammarNode>();
        int start = 0;
        if (first.Length == common)
        {
            options.Add(next);
            start = 1;
        }

        while (start < texts.Length)
        {
            int end = start + 1;
            while (end < texts.Length && texts[end][common] == texts[start][common])
            {
                end++;
            }

            options.Add(Build(texts[start..end], common, next));
            start = end;
        }

        GrammarNode choice = options.Count == 1 ? options[0] : new ChoiceNode([.. options]);
        return common == from ? choice : new TextNode(first[from..common], choice);
    }
}
