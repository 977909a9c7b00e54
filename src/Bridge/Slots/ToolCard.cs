using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Bridge.Reading;
using Bridge.Schemas.Signatures;
using Bridge.Shortlisting;
using Bridge.Tools;

namespace Bridge.Slots;

/// <summary>A tool, prepared for being compared with a text. Immutable; made once for each tool.</summary>
internal sealed class ToolCard
{
    private const double GenericWeight = 0.3;

    private static readonly ConditionalWeakTable<Tool, ToolCard> s_known = [];

    private readonly FrozenSet<int> _concepts;
    private readonly FrozenSet<string> _slotNames;

    private ToolCard(Tool tool)
    {
        Tool = tool;
        Slots = SlotReader.Read(tool.Schema, Grammar.Stems($"{tool.Id.Name} {tool.Description}"));
        _slotNames = Slots.SelectMany(slot => slot.NameStems).ToFrozenSet(StringComparer.Ordinal);
        HasList = Slots.Any(slot => slot.Type == ParameterType.Array);
        NameStems = Weigh(tool.Id.Name);
        FirstStem = Grammar.List(tool.Id.Name).FirstOrDefault() ?? "";
        Description = Weigh(tool.Description);
        AllStems = CollectStems(tool);
        _concepts = AllStems.Select(Concepts.Of).Where(concept => concept >= 0).ToFrozenSet();
    }

    /// <summary>The tool.</summary>
    public Tool Tool { get; }

    /// <summary>Its parameters, in schema order.</summary>
    public ImmutableArray<Slot> Slots { get; }

    /// <summary>The stems of its name and how much each says.</summary>
    public FrozenDictionary<string, double> NameStems { get; }

    /// <summary>The stems of its description and how much each says.</summary>
    public FrozenDictionary<string, double> Description { get; }

    /// <summary>The first stem of its name; empty when it has none.</summary>
    public string FirstStem { get; }

    /// <summary>Every stem of its definition.</summary>
    public FrozenSet<string> AllStems { get; }

    /// <summary>Whether a parameter takes a list.</summary>
    public bool HasList { get; }

    /// <summary>The card of a tool.</summary>
    /// <param name="tool">The tool.</param>
    public static ToolCard Of(Tool tool) => s_known.GetValue(tool, static key => new ToolCard(key));

    /// <summary>Whether a word is part of what the tool is, not of what it is given.</summary>
    /// <param name="stem">The word's stem.</param>
    public bool Explains(string stem) => NameStems.ContainsKey(stem) || Description.ContainsKey(stem);

    /// <summary>Whether a word belongs to the name of a parameter.</summary>
    /// <param name="stem">The word's stem.</param>
    public bool NamesSlot(string stem) => _slotNames.Contains(stem);

    /// <summary>Whether the definition says the same thing in another word.</summary>
    /// <param name="stem">The word's stem.</param>
    public bool SharesConcept(string stem) => _concepts.Contains(Concepts.Of(stem));

    private static FrozenDictionary<string, double> Weigh(string text)
    {
        var weights = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (string stem in Grammar.List(text).Where(stem => stem.Length > 1 && !StopWords.Contains(stem)).Take(60))
        {
            weights[stem] = Grammar.IsGeneric(stem) ? GenericWeight : 1;
        }

        return weights.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static FrozenSet<string> CollectStems(Tool tool)
    {
        var stems = new HashSet<string>(StringComparer.Ordinal);
        ToolText.Visit(tool, (_, text) => stems.UnionWith(Grammar.List(text)));
        return stems.ToFrozenSet(StringComparer.Ordinal);
    }
}
