using System.Runtime.CompilerServices;
using Bridge.Tools;

namespace Bridge.Shortlisting;

/// <summary>The words of one tool, read once for each tool, whatever catalogs it stands in. Immutable.</summary>
internal sealed class ToolTerms
{
    /// <summary>How many fields there are.</summary>
    public const int Fields = 7;

    // A term counts at most so often in one field, and a field is read only so far: repeating or piling up keywords buys nothing.
    private const int MaxOccurrences = 2;
    private const int MaxFieldWords = 120;
    private const int MaxCharacters = 4_000;

    private static readonly ConditionalWeakTable<Tool, ToolTerms> s_known = [];

    private readonly Dictionary<uint, byte[]> _counts = [];
    private readonly HashSet<uint> _pairs = [];

    private ToolTerms(Tool tool)
    {
        Add(ToolField.Source, tool.Id.Source);
        ToolText.Visit(tool, Add);
        Terms = [.. _counts.Keys.Order()];
        Counts = [.. Terms.SelectMany(term => _counts[term])];
        Pairs = [.. _pairs.Order()];
        Arguments = ArgumentShape.Of(tool.InputSchema);
        _counts.Clear();
        _pairs.Clear();
    }

    /// <summary>The distinct terms, ascending.</summary>
    public uint[] Terms { get; }

    /// <summary>How often each term stands in each field: <see cref="Fields"/> numbers a term.</summary>
    public byte[] Counts { get; }

    /// <summary>How many words each field has, stop words left out.</summary>
    public int[] Lengths { get; } = new int[Fields];

    /// <summary>What follows each other in the name and in the description, ascending (<see cref="TermHash.OfPair"/>).</summary>
    public uint[] Pairs { get; }

    /// <summary>The first word of the name, mostly a verb; zero when there is none.</summary>
    public uint FirstOfName { get; private set; }

    /// <summary>The last word of the name; zero when there is none.</summary>
    public uint LastOfName { get; private set; }

    /// <summary>What arguments the tool takes.</summary>
    public ArgumentShape Arguments { get; }

    /// <summary>The words of a tool.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The same instance for the same tool.</returns>
    public static ToolTerms Of(Tool tool) => s_known.GetValue(tool, static key => new ToolTerms(key));

    private void Add(ToolField field, string text)
    {
        Span<char> buffer = stackalloc char[StemReader.MaxWord];
        var reader = new StemReader(text.AsSpan(0, Math.Min(text.Length, MaxCharacters)), buffer);
        uint before = 0;
        while (Lengths[(int)field] < MaxFieldWords && reader.MoveNext())
        {
            if (StopWords.Contains(reader.Current))
            {
                continue;
            }

            uint term = TermHash.Of(reader.Current);
            Lengths[(int)field]++;
            Count(field, term);
            if (field is ToolField.Name or ToolField.Description && before != 0)
            {
                _pairs.Add(TermHash.OfPair(before, term));
            }

            if (field == ToolField.Name)
            {
                FirstOfName = FirstOfName == 0 ? term : FirstOfName;
                LastOfName = term;
            }

            before = term;
        }
    }

    private void Count(ToolField field, uint term)
    {
        if (!_counts.TryGetValue(term, out byte[]? counts))
        {
            _counts[term] = counts = new byte[Fields];
        }

        counts[(int)field] = (byte)Math.Min(MaxOccurrences, counts[(int)field] + 1);
    }
}
