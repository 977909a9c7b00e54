namespace Bridge.Shortlisting;

/// <summary>The best tools of one part by BM25, and how much of the part's words each has, field by field. Reused from part to part.</summary>
internal sealed class CandidateSet
{
    /// <summary>So many tools of each part are looked at closely.</summary>
    public const int Most = 40;

    private readonly int[] _places = new int[Most];
    private readonly RankCandidate[] _candidates = new RankCandidate[Most];
    private short[] _slots = [];
    private int _count;

    /// <summary>The candidates, best BM25 score first.</summary>
    public ReadOnlySpan<RankCandidate> Found => _candidates.AsSpan(0, _count);

    /// <summary>Makes room.</summary>
    /// <param name="tools">How many tools there are.</param>
    public void Fit(int tools)
    {
        if (_slots.Length < tools)
        {
            _slots = new short[tools];
            Array.Fill(_slots, (short)-1);
        }
    }

    /// <summary>Finds the candidates.</summary>
    /// <param name="index">The index.</param>
    /// <param name="unit">The part.</param>
    /// <param name="scores">Its BM25 scores.</param>
    public void Find(Bm25Index index, QueryUnit unit, ReadOnlySpan<float> scores)
    {
        Span<int> places = _places.AsSpan(0, Math.Min(Most, scores.Length));
        TopScores.Pick(scores, places);
        _count = 0;
        foreach (int place in places)
        {
            if (scores[place] > 0)
            {
                _candidates[_count++] = new RankCandidate(place, scores[place]);
            }
        }

        Span<RankCandidate> found = _candidates.AsSpan(0, _count);
        found.Sort(static (one, other) => other.Score != one.Score ? other.Score.CompareTo(one.Score) : one.Tool.CompareTo(other.Tool));
        for (int i = 0; i < found.Length; i++)
        {
            _slots[found[i].Tool] = (short)i;
        }

        foreach (int term in unit.Terms)
        {
            AddTerm(index, term, found);
        }

        foreach (ref readonly RankCandidate candidate in found)
        {
            _slots[candidate.Tool] = -1;
        }
    }

    private void AddTerm(Bm25Index index, int term, Span<RankCandidate> found)
    {
        float rarity = index.RarityOf(term);
        foreach (Posting posting in index.PostingsOf(term))
        {
            int slot = _slots[posting.Tool];
            if (slot >= 0)
            {
                found[slot].Hit(term, rarity, posting.Fields, index.Masses[posting.Tool]);
            }
        }

        foreach (ref RankCandidate candidate in found)
        {
            candidate.EndTerm(term, rarity);
        }
    }
}
