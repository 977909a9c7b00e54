namespace Bridge.Shortlisting;

/// <summary>The words of a part of a prompt as an index knows them. Reused from part to part, so that reading allocates nothing.</summary>
internal sealed class QueryUnit
{
    private const int MaxTerms = 256;
    private const int MaxJoined = 40;
    private const int ShortestSplit = 6;
    private const int ShortestPart = 3;

    private readonly int[] _terms = new int[MaxTerms];
    private readonly uint[] _pairs = new uint[MaxTerms];
    private int _termCount;
    private int _pairCount;

    /// <summary>The numbers of the distinct terms that any tool has.</summary>
    public ReadOnlySpan<int> Terms => _terms.AsSpan(0, _termCount);

    /// <summary>What follows each other (<see cref="TermHash.OfPair"/>).</summary>
    public ReadOnlySpan<uint> Pairs => _pairs.AsSpan(0, _pairCount);

    /// <summary>The number of the first word that is no stop word; -1 when no tool has it.</summary>
    public int First { get; private set; }

    /// <summary>The summed rarity of the terms.</summary>
    public float Mass { get; private set; }

    /// <summary>What kinds of values the part offers.</summary>
    public ValueKinds Values { get; private set; }

    /// <summary>Forgets what was read.</summary>
    public void Clear()
    {
        (_termCount, _pairCount, First, Mass, Values) = (0, 0, -1, 0, ValueKinds.None);
    }

    /// <summary>Reads one more text.</summary>
    /// <param name="index">The index.</param>
    /// <param name="text">The text.</param>
    public void Add(Bm25Index index, ReadOnlySpan<char> text)
    {
        Span<char> buffer = stackalloc char[StemReader.MaxWord];
        var reader = new StemReader(text, buffer);
        uint before = 0;
        (int Start, int End) last = default;
        while (_termCount < MaxTerms && reader.MoveNext())
        {
            if (StopWords.Contains(reader.Current))
            {
                continue;
            }

            uint term = TermHash.Of(reader.Current);
            bool known = index.TryFind(term, out int number);
            if (before == 0 && _termCount == 0 && known)
            {
                First = number;
            }

            AddPair(before, term);
            if (last.End > 0 && reader.Start - last.End <= 1)
            {
                AddJoined(index, text[last.Start..last.End], text[reader.Start..reader.End]);
            }

            if (known)
            {
                AddTerm(index, number);
            }
            else
            {
                AddParts(index, text[reader.Start..reader.End]);
            }

            before = term;
            last = (reader.Start, reader.End);
        }

        Values |= ValueReader.Read(text);
    }

    // "time zone" and "GitHub" are "timezone" and "github" to whoever named the tool.
    private void AddJoined(Bm25Index index, ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        int length = first.Length + second.Length;
        if (length > MaxJoined || char.IsAsciiDigit(first[0]) || char.IsAsciiDigit(second[0]))
        {
            return;
        }

        Span<char> joined = stackalloc char[MaxJoined];
        first.ToLowerInvariant(joined);
        second.ToLowerInvariant(joined[first.Length..]);
        if (index.TryFind(TermHash.Of(joined[..Stemmer.Stem(joined[..length])]), out int number))
        {
            AddTerm(index, number);
        }
    }

    // And "copyediting" is "copy editing".
    private void AddParts(Bm25Index index, ReadOnlySpan<char> word)
    {
        if (word.Length is < ShortestSplit or > MaxJoined || char.IsAsciiDigit(word[0]))
        {
            return;
        }

        Span<char> part = stackalloc char[MaxJoined];
        for (int cut = ShortestPart; cut <= word.Length - ShortestPart; cut++)
        {
            uint first = HashOf(word[..cut], part);
            uint second = HashOf(word[cut..], part);
            if (index.TryFind(first, out int number) && index.TryFind(second, out int other))
            {
                AddTerm(index, number);
                AddTerm(index, other);
                AddPair(first, second);
                return;
            }
        }
    }

    private static uint HashOf(ReadOnlySpan<char> word, Span<char> buffer)
    {
        word.ToLowerInvariant(buffer);
        return TermHash.Of(buffer[..Stemmer.Stem(buffer[..word.Length])]);
    }

    private void AddPair(uint first, uint second)
    {
        if (first != 0 && _pairCount < MaxTerms)
        {
            uint pair = TermHash.OfPair(first, second);
            if (!Pairs.Contains(pair))
            {
                _pairs[_pairCount++] = pair;
            }
        }
    }

    private void AddTerm(Bm25Index index, int number)
    {
        if (_termCount < MaxTerms && !Terms.Contains(number))
        {
            _terms[_termCount++] = number;
            Mass += index.RarityOf(number);
        }
    }
}
