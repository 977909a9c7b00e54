using System.Collections.Frozen;
using Bridge.Tools;

namespace Bridge.Shortlisting;

/// <summary>Counts the words of tool definitions and turns them into the postings of a <see cref="Bm25Index"/>.</summary>
internal sealed class Bm25IndexBuilder
{
    // A term counts at most so often in one field, and a field is read only so far: repeating or piling up keywords buys nothing.
    private const int MaxOccurrences = 2;
    private const int MaxFieldWords = 120;
    private const float Saturation = 1.2f;

    private static readonly float[] s_weights = [3f, 2f, 1f, 0.9f, 0.35f, 0.35f];
    private static readonly float[] s_lengthShare = [0.4f, 0.4f, 0.6f, 0.5f, 0.7f, 0.7f];
    private static readonly int s_fields = s_weights.Length;

    private readonly Dictionary<string, int> _terms = new(StringComparer.Ordinal);
    private readonly List<List<Occurrence>> _occurrences = [];
    private readonly List<int[]> _lengths = [];

    /// <summary>Builds an index.</summary>
    /// <param name="tools">The tools.</param>
    public static Bm25Index Build(IReadOnlyList<Tool> tools)
    {
        var builder = new Bm25IndexBuilder();
        foreach (Tool tool in tools)
        {
            builder.Add(tool);
        }

        return builder.Finish();
    }

    private void Add(Tool tool)
    {
        int place = _lengths.Count;
        var lengths = new int[s_fields];
        _lengths.Add(lengths);
        ToolText.Visit(tool, (field, text) => AddField(place, (int)field, text, lengths));
    }

    private void AddField(int place, int field, string text, int[] lengths)
    {
        Span<char> buffer = stackalloc char[StemReader.MaxWord];
        var reader = new StemReader(text, buffer);
        while (lengths[field] < MaxFieldWords && reader.MoveNext())
        {
            if (!StopWords.Contains(reader.Current))
            {
                lengths[field]++;
                Count(place, field, reader.Current);
            }
        }
    }

    private void Count(int place, int field, ReadOnlySpan<char> stem)
    {
        if (!_terms.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(stem, out int term))
        {
            term = _terms.Count;
            _terms.Add(stem.ToString(), term);
            _occurrences.Add([]);
        }

        List<Occurrence> occurrences = _occurrences[term];
        if (occurrences.Count == 0 || occurrences[^1].Tool != place)
        {
            occurrences.Add(new Occurrence(place, new byte[s_fields]));
        }

        byte[] counts = occurrences[^1].Counts;
        counts[field] = (byte)Math.Min(MaxOccurrences, counts[field] + 1);
    }

    private Bm25Index Finish()
    {
        float[] averages = AverageLengths();
        var starts = new int[_terms.Count + 1];
        var tools = new List<int>();
        var impacts = new List<float>();
        for (int term = 0; term < _terms.Count; term++)
        {
            starts[term] = tools.Count;
            float rarity = MathF.Log(1 + ((_lengths.Count - _occurrences[term].Count + 0.5f) / (_occurrences[term].Count + 0.5f)));
            foreach (Occurrence occurrence in _occurrences[term])
            {
                float frequency = Frequency(occurrence, averages);
                tools.Add(occurrence.Tool);
                impacts.Add(rarity * frequency * (Saturation + 1) / (frequency + Saturation));
            }
        }

        starts[^1] = tools.Count;
        return new Bm25Index(_lengths.Count, _terms.ToFrozenDictionary(StringComparer.Ordinal), starts, [.. tools], [.. impacts]);
    }

    private float Frequency(Occurrence occurrence, float[] averages)
    {
        float sum = 0;
        for (int field = 0; field < s_fields; field++)
        {
            if (occurrence.Counts[field] > 0)
            {
                float share = s_lengthShare[field];
                float length = 1 - share + (share * _lengths[occurrence.Tool][field] / averages[field]);
                sum += s_weights[field] * occurrence.Counts[field] / length;
            }
        }

        return sum;
    }

    private float[] AverageLengths()
    {
        var averages = new float[s_fields];
        for (int field = 0; field < s_fields; field++)
        {
            int at = field;
            averages[field] = Math.Max(1f, _lengths.Sum(lengths => (float)lengths[at]) / Math.Max(1, _lengths.Count));
        }

        return averages;
    }

    private sealed record Occurrence(int Tool, byte[] Counts);
}
