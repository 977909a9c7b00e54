using Bridge.Shortlisting;
using Bridge.Tools;

namespace Bridge.Experience;

/// <summary>Earlier requests and the tools that served them, the newest so many: an index of their words. Thread-safe.</summary>
/// <param name="capacity">So many requests are remembered.</param>
internal sealed class RequestMemory(int capacity)
{
    /// <summary>So many of the requests that are most alike have a say.</summary>
    private const int Neighbours = 16;

    // Of fewer requests it is not known which words are common.
    private const int FewRequests = 100;

    private const int MaxTerms = 64;
    private const int MaxText = 4_000;

    private readonly Lock _lock = new();
    private readonly Entry[] _entries = new Entry[capacity];
    private readonly Dictionary<uint, Queue<int>> _places = [];
    private readonly float[] _shared = new float[capacity];
    private int _next;

    /// <summary>How many requests are remembered.</summary>
    public int Count { get; private set; }

    /// <summary>Remembers a request; the oldest is forgotten where there is no room.</summary>
    /// <param name="text">What was said.</param>
    /// <param name="tools">The tools that served it.</param>
    public void Add(string text, IReadOnlyCollection<ToolId> tools)
    {
        uint[] terms = TermsOf(text);
        if (terms.Length == 0 || tools.Count == 0)
        {
            return;
        }

        lock (_lock)
        {
            if (Count == capacity)
            {
                Forget(_entries[_next]);
            }

            Count = Math.Min(capacity, Count + 1);
            _entries[_next] = new Entry(terms, [.. tools.Distinct()]);
            foreach (uint term in terms)
            {
                if (!_places.TryGetValue(term, out Queue<int>? places))
                {
                    _places.Add(term, places = new Queue<int>());
                }

                places.Enqueue(_next);
            }

            _next = (_next + 1) % capacity;
        }
    }

    /// <summary>What earlier requests say of a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>A weight for each tool that served requests like it: the squares of how alike they are, 0 to 1, added up.</returns>
    public Dictionary<ToolId, float> Recall(string text)
    {
        uint[] terms = TermsOf(text);
        var found = new Dictionary<ToolId, float>();
        lock (_lock)
        {
            float mass = Share(terms);
            Span<float> shared = _shared.AsSpan(0, Count);
            Span<int> nearest = stackalloc int[Math.Min(Neighbours, Count)];
            for (int i = 0; i < shared.Length; i++)
            {
                shared[i] /= MathF.Sqrt(_entries[i].Terms.Length);
            }

            TopScores.Pick(shared, nearest);
            foreach (int place in nearest)
            {
                Entry entry = _entries[place];
                float product = shared[place] * MathF.Sqrt(entry.Terms.Length);
                float likeness = product * product / (mass * MassOf(entry.Terms)); // the cosine, squared
                foreach (ToolId tool in likeness > 0 ? entry.Tools : [])
                {
                    found[tool] = found.GetValueOrDefault(tool) + likeness;
                }
            }

            shared.Clear();
        }

        return found;
    }

    // Adds up what each entry shares with the terms, and returns what they weigh together.
    private float Share(uint[] terms)
    {
        float mass = 0;
        foreach (uint term in terms)
        {
            float weight = WeightOf(term, out Queue<int>? places);
            mass += weight;
            foreach (int place in places ?? [])
            {
                _shared[place] += weight;
            }
        }

        return mass;
    }

    private float MassOf(uint[] terms)
    {
        float mass = 0;
        foreach (uint term in terms)
        {
            mass += WeightOf(term, out _);
        }

        return mass;
    }

    // A word that few requests have says more: its inverse document frequency, squared.
    private float WeightOf(uint term, out Queue<int>? places)
    {
        places = _places.GetValueOrDefault(term);
        int having = places?.Count ?? 0;
        float rarity = MathF.Log(1 + ((Math.Max(FewRequests, Count) - having + 0.5f) / (having + 0.5f)));
        return rarity * rarity;
    }

    // The oldest stands first wherever it stands.
    private void Forget(Entry entry)
    {
        foreach (uint term in entry.Terms)
        {
            Queue<int> places = _places[term];
            places.Dequeue();
            if (places.Count == 0)
            {
                _places.Remove(term);
            }
        }
    }

    // Of a long text the end is read: what is asked mostly stands there.
    private static uint[] TermsOf(string text)
    {
        Span<char> buffer = stackalloc char[StemReader.MaxWord];
        var reader = new StemReader(text.AsSpan(Math.Max(0, text.Length - MaxText)), buffer);
        var terms = new HashSet<uint>();
        while (terms.Count < MaxTerms && reader.MoveNext())
        {
            if (!StopWords.Contains(reader.Current))
            {
                terms.Add(TermHash.Of(reader.Current));
            }
        }

        return [.. terms];
    }

    private readonly record struct Entry(uint[] Terms, ToolId[] Tools);
}
