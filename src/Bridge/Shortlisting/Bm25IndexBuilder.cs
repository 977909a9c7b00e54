using Bridge.Tools;

namespace Bridge.Shortlisting;

/// <summary>Turns the words of tools into the postings of a <see cref="Bm25Index"/>. Only tools that were not read before are read.</summary>
internal sealed class Bm25IndexBuilder
{
    private const float Saturation = 1.2f;

    private static readonly float[] s_weights = [3f, 2f, 1f, 0.9f, 0.35f, 0.35f, 0.8f];
    private static readonly float[] s_lengthShare = [0.4f, 0.4f, 0.6f, 0.5f, 0.7f, 0.7f, 0.3f];

    private readonly ToolTerms[] _tools;
    private readonly float[] _averages = new float[ToolTerms.Fields];

    private Bm25IndexBuilder(ToolTerms[] tools)
    {
        _tools = tools;
        for (int field = 0; field < ToolTerms.Fields; field++)
        {
            int at = field;
            _averages[field] = Math.Max(1f, tools.Sum(tool => (float)tool.Lengths[at]) / Math.Max(1, tools.Length));
        }
    }

    /// <summary>Builds an index.</summary>
    /// <param name="tools">The tools.</param>
    public static Bm25Index Build(IReadOnlyList<Tool> tools) => new Bm25IndexBuilder([.. tools.Select(ToolTerms.Of)]).Build();

    private Bm25Index Build()
    {
        var numbers = new Dictionary<uint, int>();
        var lengths = new List<int>();
        var frequencies = new List<int>();
        foreach (ToolTerms tool in _tools)
        {
            for (int i = 0; i < tool.Terms.Length; i++)
            {
                if (!numbers.TryGetValue(tool.Terms[i], out int number))
                {
                    numbers.Add(tool.Terms[i], number = lengths.Count);
                    lengths.Add(0);
                    frequencies.Add(0);
                }

                lengths[number]++;
                frequencies[number] += IsInDefinition(tool, i) ? 1 : 0;
            }
        }

        var starts = new int[lengths.Count + 1];
        var rarities = new float[lengths.Count];
        for (int number = 0; number < lengths.Count; number++)
        {
            starts[number + 1] = starts[number] + lengths[number];
            rarities[number] = MathF.Log(1 + ((_tools.Length - frequencies[number] + 0.5f) / (frequencies[number] + 0.5f)));
        }

        return new Bm25Index(_tools, numbers, rarities, starts, Post(numbers, rarities, starts));
    }

    // A word of a source's id stands in all its tools and would be worth nothing in the few that are named after it.
    private static bool IsInDefinition(ToolTerms tool, int term) =>
        tool.Counts.AsSpan(term * ToolTerms.Fields, (int)ToolField.Source).ContainsAnyExcept((byte)0);

    private Posting[] Post(Dictionary<uint, int> numbers, float[] rarities, int[] starts)
    {
        var postings = new Posting[starts[^1]];
        int[] next = [.. starts];
        for (int place = 0; place < _tools.Length; place++)
        {
            ToolTerms tool = _tools[place];
            for (int i = 0; i < tool.Terms.Length; i++)
            {
                int number = numbers[tool.Terms[i]];
                (float frequency, byte fields) = Weigh(tool, i);
                float impact = rarities[number] * frequency * (Saturation + 1) / (frequency + Saturation);
                postings[next[number]++] = new Posting(place, impact, fields);
            }
        }

        return postings;
    }

    private (float Frequency, byte Fields) Weigh(ToolTerms tool, int term)
    {
        float sum = 0;
        int fields = 0;
        for (int field = 0; field < ToolTerms.Fields; field++)
        {
            int count = tool.Counts[(term * ToolTerms.Fields) + field];
            if (count > 0)
            {
                float share = s_lengthShare[field];
                sum += s_weights[field] * count / (1 - share + (share * tool.Lengths[field] / _averages[field]));
                fields |= 1 << field;
            }
        }

        return (sum, (byte)fields);
    }
}
