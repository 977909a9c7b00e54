using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Bridge.Tools;

namespace Bridge.Shortlisting;

/// <summary>BM25F over tool definitions, immutable: postings hold finished impacts, so that a query only adds.</summary>
/// <remarks>Robertson, Zaragoza: "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), the simple extension to fields.</remarks>
internal sealed class Bm25Index
{
    private const int MaxQueryTerms = 256;

    private static readonly ConditionalWeakTable<Tool[], Bm25Index> s_known = [];

    private readonly ToolTerms[] _tools;
    private readonly Dictionary<uint, int> _numbers;
    private readonly float[] _rarities;
    private readonly int[] _starts;
    private readonly Posting[] _postings;

    /// <summary>Takes finished postings.</summary>
    /// <param name="tools">The words of every tool.</param>
    /// <param name="numbers">The number of every term.</param>
    /// <param name="rarities">The inverse document frequency of every term.</param>
    /// <param name="starts">Where the postings of each term begin, and where the last end.</param>
    /// <param name="postings">The postings of all terms.</param>
    public Bm25Index(ToolTerms[] tools, Dictionary<uint, int> numbers, float[] rarities, int[] starts, Posting[] postings)
    {
        _tools = tools;
        _numbers = numbers;
        _rarities = rarities;
        _starts = starts;
        _postings = postings;
        Masses = [.. tools.Select(MassOf)];
    }

    /// <summary>How many tools are indexed.</summary>
    public int Count => _tools.Length;

    /// <summary>How much each tool says.</summary>
    public ToolMass[] Masses { get; }

    /// <summary>The index of tools, built once for each array.</summary>
    /// <param name="tools">The tools.</param>
    public static Bm25Index For(ImmutableArray<Tool> tools) =>
        s_known.GetValue(ImmutableCollectionsMarshal.AsArray(tools)!, static array => Bm25IndexBuilder.Build(array));

    /// <summary>The words of a tool.</summary>
    /// <param name="place">The tool's place.</param>
    public ToolTerms TermsOf(int place) => _tools[place];

    /// <summary>Finds a term.</summary>
    /// <param name="hash">The term (<see cref="TermHash"/>).</param>
    /// <param name="number">Its number here.</param>
    /// <returns>Whether any tool has it.</returns>
    public bool TryFind(uint hash, out int number) => _numbers.TryGetValue(hash, out number);

    /// <summary>How rare a term is: its inverse document frequency.</summary>
    /// <param name="number">The term's number.</param>
    public float RarityOf(int number) => _rarities[number];

    /// <summary>Where a term stands.</summary>
    /// <param name="number">The term's number.</param>
    public ReadOnlySpan<Posting> PostingsOf(int number) => _postings.AsSpan(_starts[number].._starts[number + 1]);

    /// <summary>Adds the scores of a text; a word counts once, however often it is said.</summary>
    /// <param name="text">The text.</param>
    /// <param name="weight">What its scores are multiplied with.</param>
    /// <param name="scores">A score for each tool, added to.</param>
    public void AddScores(ReadOnlySpan<char> text, float weight, Span<float> scores)
    {
        Span<char> buffer = stackalloc char[StemReader.MaxWord];
        Span<int> seen = stackalloc int[MaxQueryTerms];
        int count = 0;
        var reader = new StemReader(text, buffer);
        while (count < MaxQueryTerms && reader.MoveNext())
        {
            if (_numbers.TryGetValue(TermHash.Of(reader.Current), out int term) && !seen[..count].Contains(term))
            {
                seen[count++] = term;
                AddScores(term, weight, scores);
            }
        }
    }

    /// <summary>Adds the scores of a term.</summary>
    /// <param name="number">The term's number.</param>
    /// <param name="weight">What its scores are multiplied with.</param>
    /// <param name="scores">A score for each tool, added to.</param>
    public void AddScores(int number, float weight, Span<float> scores)
    {
        foreach (Posting posting in PostingsOf(number))
        {
            scores[posting.Tool] += weight * posting.Impact;
        }
    }

    /// <summary>Picks the best tools.</summary>
    /// <param name="scores">A score for each tool.</param>
    /// <param name="picked">Receives the places of the best, in catalog order; of equals, the earlier wins.</param>
    public static void PickBest(ReadOnlySpan<float> scores, Span<int> picked) => TopScores.Pick(scores, picked);

    private ToolMass MassOf(ToolTerms tool)
    {
        float name = 0;
        float description = 0;
        float parameters = 0;
        for (int i = 0; i < tool.Terms.Length; i++)
        {
            float rarity = _rarities[_numbers[tool.Terms[i]]];
            ReadOnlySpan<byte> counts = tool.Counts.AsSpan(i * ToolTerms.Fields, ToolTerms.Fields);
            name += counts[(int)ToolField.Name] > 0 ? rarity : 0;
            description += counts[(int)ToolField.Description] > 0 ? rarity : 0;
            parameters += counts[(int)ToolField.ParameterName] > 0 ? rarity : 0;
        }

        return new ToolMass(name, description, parameters, NumberOf(tool.FirstOfName), NumberOf(tool.LastOfName));
    }

    private int NumberOf(uint term) => _numbers.TryGetValue(term, out int number) ? number : -1;
}
