using System.Diagnostics.CodeAnalysis;

namespace Bridge.Reading;

/// <summary>The candidates of a text, in the order found.</summary>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "It is a list.")]
internal sealed class CandidateList
{
    // A text of nothing but numbers must not cost more than a text.
    private const int MaxCandidates = 150;

    private readonly List<Candidate> _all = [];

    /// <summary>All candidates.</summary>
    public IReadOnlyList<Candidate> All => _all;

    /// <summary>Adds a candidate, while there is room.</summary>
    /// <param name="candidate">The candidate.</param>
    public void Add(Candidate candidate)
    {
        if (_all.Count < MaxCandidates)
        {
            _all.Add(candidate);
        }
    }

    /// <summary>Whether a candidate that stands for itself covers a part: a number inside a date is no number.</summary>
    /// <param name="start">Where the part begins.</param>
    /// <param name="end">Where it ends.</param>
    public bool IsTaken(int start, int end)
    {
        foreach (Candidate candidate in _all)
        {
            if (candidate.Kind is not (CandidateKind.Name or CandidateKind.Phrase) && candidate.Overlaps(start, end))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Replaces a candidate.</summary>
    /// <param name="old">The candidate.</param>
    /// <param name="replacement">What it becomes.</param>
    public void Replace(Candidate old, Candidate replacement) => _all[_all.IndexOf(old)] = replacement;
}
