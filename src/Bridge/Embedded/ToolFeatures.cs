using System.Collections.Immutable;
using Bridge.Extraction;
using Bridge.Reading;
using Bridge.Slots;
using Bridge.Weights;

namespace Bridge.Embedded;

/// <summary>What the model sees of the tools that a text, or a part of it, may ask for.</summary>
/// <remarks>Trained and used by the same code: a change here asks for training again.</remarks>
internal sealed class ToolFeatures
{
    private const int MaxDescriptionWords = 9;
    private const int MaxForeignWords = 26;
    private const int MaxRequests = 40;

    private readonly Rarity _rarity;
    private readonly ImmutableArray<FilledTool> _tools;
    private readonly ImmutableArray<ToolEvidence> _evidence;
    private readonly TextPart? _part;
    private readonly ImmutableArray<Word> _words;
    private readonly HashSet<string> _said;
    private readonly HashSet<int> _concepts;
    private readonly HashSet<string> _saidAnywhere;
    private readonly double _bestName;
    private readonly double _bestExplained;
    private readonly double _bestDescription;

    /// <summary>Prepares.</summary>
    /// <param name="reading">The text.</param>
    /// <param name="rarity">How rare words are.</param>
    /// <param name="tools">The tools with what was found for them.</param>
    /// <param name="part">The part of the text that counts; <see langword="null"/> for the whole.</param>
    public ToolFeatures(RequestReading reading, Rarity rarity, ImmutableArray<FilledTool> tools, TextPart? part)
    {
        (_rarity, _tools, _part) = (rarity, tools, part);
        _words = part is { } held ? [.. reading.Text.Words.Where(held.Holds)] : reading.Text.Words;
        _said = _words.Select(word => word.Stem).ToHashSet(StringComparer.Ordinal);
        _saidAnywhere = part is null ? _said : reading.Text.Words.Select(word => word.Stem).ToHashSet(StringComparer.Ordinal);
        _concepts = [.. _said.Select(Concepts.Of).Where(concept => concept >= 0)];
        _evidence = [.. tools.Select(tool => ToolEvidence.Weigh(reading, _words, tool, rarity))];
        foreach (ToolEvidence evidence in _evidence)
        {
            _bestName = Math.Max(_bestName, evidence.RareName);
            _bestExplained = Math.Max(_bestExplained, evidence.RareExplained);
            _bestDescription = Math.Max(_bestDescription, evidence.Description);
        }
    }

    /// <summary>Lists the features of a tool.</summary>
    /// <param name="place">The tool's place.</param>
    /// <param name="list">Receives them.</param>
    public void List(int place, FeatureList<ToolSign> list)
    {
        list.Clear();
        ListEvidence(_evidence[place], _tools[place].Card, list);
        ListName(_tools[place].Card, list);
        ListForeign(_tools[place], _evidence[place], list);
        ListOpening(_tools[place].Card, _evidence[place], list);
        if (_part is { } part)
        {
            ListPart(part, _tools[place], _evidence[place], list);
        }
    }

    private void ListEvidence(ToolEvidence evidence, ToolCard card, FeatureList<ToolSign> list)
    {
        uint tools = (uint)Math.Min(_tools.Length, 6);
        uint required = (uint)Math.Min(4, card.Slots.Count(slot => slot.Required));
        list.Add(ToolSign.Always, 0);
        list.Add(ToolSign.Name, Tenths(evidence.Name));
        list.Add(ToolSign.Description, Tenths(evidence.Description));
        list.Add(ToolSign.Explained, Tenths(evidence.Explained));
        list.Add(ToolSign.Subject, Tenths(evidence.Subject));
        list.Add(ToolSign.Optional, Tenths(evidence.Optional));
        list.Add(ToolSign.RareName, Tenths(evidence.RareName));
        list.Add(ToolSign.RareExplained, Tenths(evidence.RareExplained));
        list.Add(ToolSign.LeastShare, Tenths(evidence.LeastShare));
        list.Add(ToolSign.MeanShare, Tenths(evidence.MeanShare));
        list.Add(ToolSign.Missing, (uint)Math.Min(evidence.Missing, 3));
        list.Add(ToolSign.NameAndExplained, Fifths(evidence.RareName), Fifths(evidence.RareExplained));
        list.Add(ToolSign.NameAndLeast, Fifths(evidence.RareName), Fifths(evidence.LeastShare));
        list.Add(ToolSign.ExplainedAndLeast, Fifths(evidence.RareExplained), Fifths(evidence.LeastShare));
        list.Add(ToolSign.Words, Fifths(evidence.Explained), Fifths(evidence.Name), Fifths(evidence.Description));
        list.Add(ToolSign.BestName, tools, evidence.RareName >= _bestName ? 1u : 0);
        list.Add(ToolSign.BestExplained, tools, evidence.RareExplained >= _bestExplained ? 1u : 0);
        list.Add(ToolSign.BehindName, Tenths(_bestName - evidence.RareName));
        list.Add(ToolSign.BehindExplained, Tenths(_bestExplained - evidence.RareExplained));
        list.Add(ToolSign.BehindDescription, Tenths(_bestDescription - evidence.Description));
        list.Add(ToolSign.Tools, tools);
        list.Add(ToolSign.Required, required);
        list.Add(ToolSign.RequiredMean, required, Fifths(evidence.MeanShare));
    }

    private void ListName(ToolCard card, FeatureList<ToolSign> list)
    {
        foreach (string stem in card.NameStems.Keys)
        {
            uint said = _said.Contains(stem) ? 1u : Concepts.Of(stem) is >= 0 and int concept && _concepts.Contains(concept) ? 2u : 0u;
            list.Add(ToolSign.NameWord, said, FeatureHash.Of(stem));
            list.Add(ToolSign.NameRarity, said, Rare(stem));
        }

        int words = 0;
        foreach (string stem in card.Description.Keys)
        {
            if (words < MaxDescriptionWords && _said.Contains(stem) && !card.NameStems.ContainsKey(stem))
            {
                list.Add(ToolSign.DescriptionWord, FeatureHash.Of(stem));
                list.Add(ToolSign.DescriptionRarity, Rare(stem));
                words++;
            }
        }
    }

    // Words that are no arguments, and that the tool's definition does not hold.
    private void ListForeign(FilledTool tool, ToolEvidence evidence, FeatureList<ToolSign> list)
    {
        int foreign = 0;
        foreach (Word word in _words)
        {
            bool own = !word.IsContent || char.IsAsciiDigit(word.Stem[0]) || tool.Uses(word) || tool.Card.AllStems.Contains(word.Stem);
            if (own || foreign == MaxForeignWords)
            {
                continue;
            }

            uint hash = FeatureHash.Of(word.Stem);
            list.Add(ToolSign.ForeignWord, hash);
            list.Add(ToolSign.ForeignRarity, Rare(word.Stem));
            foreach (string stem in tool.Card.NameStems.Keys.Where(stem => !Grammar.IsGeneric(stem)))
            {
                list.Add(ToolSign.ForeignNameWord, hash, FeatureHash.Of(stem));
            }

            foreign++;
        }

        list.Add(ToolSign.Foreign, (uint)Math.Min(foreign, 12));
        list.Add(ToolSign.ForeignName, (uint)Math.Min(foreign, 12) / 2, Fifths(evidence.RareName));
    }

    private void ListOpening(ToolCard card, ToolEvidence evidence, FeatureList<ToolSign> list)
    {
        uint first = _words.Length > 0 ? FeatureHash.Of(_words[0].Stem) : 0;
        uint name = FeatureHash.Of(card.FirstStem);
        list.Add(ToolSign.Opening, first, name);
        list.Add(ToolSign.OpeningWords, first, _words.Length > 1 ? FeatureHash.Of(_words[1].Stem) : 0);
        foreach (Word word in _words.AsSpan()[..Math.Min(_words.Length, MaxRequests)])
        {
            if (Grammar.IsRequest(word.Stem))
            {
                list.Add(ToolSign.Request, FeatureHash.Of(word.Stem), name);
            }
        }

        list.Add(ToolSign.Length, (uint)Math.Min(_words.Length / 5, 10));
        list.Add(ToolSign.LengthExplained, (uint)Math.Min(_words.Length / 8, 6), Fifths(evidence.RareExplained));
    }

    private void ListPart(TextPart part, FilledTool tool, ToolEvidence evidence, FeatureList<ToolSign> list)
    {
        uint required = (uint)tool.Options.Count(option => option.Slot.Required);
        uint needed = (uint)tool.Options.Count(option => option.Slot.Required && option.IsIn(part));
        uint all = (uint)tool.Options.Count(option => option.IsIn(part));
        double whole = ToolEvidence.RareShare(tool.Card, _saidAnywhere, _rarity);
        list.Add(ToolSign.PartRequired, Math.Min(required, 4), Math.Min(needed, 4));
        list.Add(ToolSign.PartArguments, Math.Min(all, 5));
        list.Add(ToolSign.PartName, Math.Min(all, 3), Fifths(evidence.RareName));
        list.Add(ToolSign.PartExplained, Math.Min(needed, 3), Fifths(evidence.RareExplained));
        list.Add(ToolSign.PartWholeName, Fifths(whole), Math.Min(needed, 3));
        list.Add(ToolSign.PartElsewhere, Tenths(whole - evidence.RareName));
        list.Add(ToolSign.PartLength, (uint)Math.Min(_words.Length / 3, 6), Math.Min(all, 3));
        list.Add(ToolSign.PartTools, (uint)Math.Min(_tools.Length, 4), Math.Min(required, 3), Math.Min(needed, 3));
        list.Add(ToolSign.PartLater, part.Start > 0 ? 1u : 0, Math.Min(needed, 3));
        for (int i = 0; i < _words.Length; i++)
        {
            uint word = FeatureHash.Of(_words[i].Stem);
            list.Add(ToolSign.PartWord, word, Math.Min(needed, 2));
            if (i < 3)
            {
                list.Add(ToolSign.PartOpening, word);
            }
        }
    }

    private uint Rare(string stem) => (uint)Math.Min(9, _rarity.Of(stem));

    private static uint Tenths(double share) => (uint)Math.Clamp((share * 10) + 0.5, 0, 12);

    private static uint Fifths(double share) => Tenths(share) / 2;
}
