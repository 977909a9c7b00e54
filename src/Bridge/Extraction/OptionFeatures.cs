using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bridge.Reading;
using Bridge.Slots;
using Bridge.Weights;

namespace Bridge.Extraction;

/// <summary>What the model sees of the options of one slot: hashed signs, each there or not.</summary>
/// <remarks>Trained and used by the same code: a change here asks for training again.</remarks>
internal sealed partial class OptionFeatures
{
    private readonly TextFacts _facts;
    private readonly ToolCard _card;
    private readonly Slot _slot;
    private readonly TextPart? _part;
    private readonly uint _type;
    private readonly uint _required;
    private readonly uint _role;
    private readonly uint _head;
    private readonly uint _first;
    private readonly uint _form;
    private readonly uint[] _names;
    private readonly int _place;
    private readonly int _alike;
    private readonly int _needed;
    private readonly int[] _counts;
    private readonly int[] _ranks;

    /// <summary>Prepares.</summary>
    /// <param name="facts">The text.</param>
    /// <param name="card">The tool.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="options">Its options, in order.</param>
    /// <param name="part">The part of the text that is about the call; <see langword="null"/> for the whole text.</param>
    public OptionFeatures(TextFacts facts, ToolCard card, Slot slot, List<Option> options, TextPart? part)
    {
        (_facts, _card, _slot, _part) = (facts, card, slot, part);
        _type = (uint)slot.Type;
        _required = slot.Required ? 1u : 0u;
        _role = (uint)slot.Role;
        _names = [.. slot.NameStems.Select(stem => FeatureHash.Of(stem))];
        (_head, _first) = _names.Length > 0 ? (_names[^1], _names[0]) : (7u, 7u);
        _form = FormOf(slot.Parameter.Description);
        foreach (Slot peer in card.Slots)
        {
            if (peer.Type == slot.Type)
            {
                _place += peer.Place < slot.Place ? 1 : 0;
                _needed += peer.Required ? 1 : 0;
                _alike++;
            }
        }

        _counts = new int[SlotOptions.Sources];
        _ranks = new int[SlotOptions.Sources];
        foreach (Option option in options)
        {
            _counts[option.Source] += IsInPart(option) ? 1 : 0;
        }
    }

    /// <summary>Lists the features of leaving the slot out.</summary>
    /// <param name="options">The options.</param>
    /// <param name="list">Receives them.</param>
    public void ListOmission(List<Option> options, FeatureList<OptionSign> list)
    {
        list.Clear();
        uint kind = FeatureHash.Of(_type, _required);
        list.Add(OptionSign.Omitted, kind);
        list.Add(OptionSign.OmittedBest, kind, Bucket(options.Count == 0 ? 0 : options.Max(option => option.Score)));
        list.Add(OptionSign.OmittedRole, kind, _role);
        list.Add(OptionSign.OmittedAny, kind, options.Count == 0 ? 0u : 1u);
        list.Add(OptionSign.OmittedNamed, kind, Mentions());
        string description = _slot.Parameter.Description;
        list.Add(OptionSign.OmittedProse, kind, Says(description, "default"), Says(description, "optional"), _slot.Parameter.Default is null ? 0u : 1u);
        list.Add(OptionSign.OmittedClosed, kind, _slot.IsClosed ? 1u : 0u);
        list.Add(OptionSign.OmittedHead, kind, _head);
        foreach (uint name in _names)
        {
            list.Add(OptionSign.OmittedName, kind, name);
        }

        list.Add(OptionSign.OmittedSlots, kind, (uint)Math.Min(4, _card.Slots.Length));
        list.Add(OptionSign.OmittedDepth, kind, (uint)Math.Min(3, _slot.Path.Length));
    }

    /// <summary>Lists the features of an option; the options of a slot in their order, each once.</summary>
    /// <param name="option">The option.</param>
    /// <param name="list">Receives them.</param>
    public void List(Option option, FeatureList<OptionSign> list)
    {
        list.Clear();
        uint look = (option.Kind is { } kind ? (uint)kind + 1 : 0) + (100 * (uint)option.Form);
        uint source = (uint)option.Source;
        uint made = FeatureHash.Of(FeatureHash.Of(_type, look), source);
        ListOrder(option, source, list);
        ListKind(option, made, source, list);
        if (!option.IsEvident)
        {
            list.Add(OptionSign.Default, _type, _required, source);
            list.Add(OptionSign.DefaultHead, _head);
            return;
        }

        int first = _facts.Text.WordFrom(option.Start);
        int behind = _facts.Text.WordFrom(option.End);
        ListSurroundings(option, look, first, behind, list);
        ListOwners(look, first, behind, list);
        ListInside(option, look, first, behind, list);
        ListValue(option, list);
    }

    private void ListOrder(Option option, uint source, FeatureList<OptionSign> list)
    {
        bool inPart = IsInPart(option);
        int rank = inPart ? _ranks[option.Source]++ : 9;
        int count = _counts[option.Source];
        if (_part is { } part && option.IsEvident)
        {
            uint where = inPart ? 1u : option.End > part.Start ? 4u : part.Start - option.End > 120 ? 2u : 3u;
            list.Add(OptionSign.Window, where, _required);
            list.Add(OptionSign.WindowSource, where, _type, source);
            list.Add(OptionSign.WindowRole, where, _role);
        }

        uint order = rank == _place ? 0u : rank > _place ? 1u : 2u;
        list.Add(OptionSign.Order, order, _type, source, (uint)Math.Clamp(count - _alike + 3, 0, 6));
        list.Add(OptionSign.OrderCounts, order, _type, source, count == _alike ? 1u : count == _needed ? 2u : 0u);
        list.Add(OptionSign.OrderPlaces, FeatureHash.Of((uint)Math.Min(rank, 4), (uint)Math.Min(_place, 4)), (uint)Math.Min(_alike, 4), source, _type);
        list.Add(OptionSign.OnlyOne, count == 1 ? 1u : 2u, source, _type, _alike == 1 ? 1u : 0u);
        list.Add(OptionSign.Rank, (uint)Math.Min(rank, 3), (uint)Math.Min(count, 4), _type, source);
    }

    private void ListKind(Option option, uint made, uint source, FeatureList<OptionSign> list)
    {
        uint score = Bucket(option.Score);
        list.Add(OptionSign.Kind, made);
        list.Add(OptionSign.KindRequired, made, _required);
        list.Add(OptionSign.KindRole, _role, made);
        list.Add(OptionSign.KindHead, _head, made);
        list.Add(OptionSign.Score, _type, _required, score);
        list.Add(OptionSign.ScoreSource, source, score, _required);
        if (option.Form != ValueForm.Plain || _slot.Role == SlotRole.Place)
        {
            list.Add(OptionSign.Form, (uint)option.Form, _form);
            list.Add(OptionSign.FormHead, (uint)option.Form, _form, _head);
        }

        if (_slot.Path.Length > 1)
        {
            list.Add(OptionSign.KindDepth, made, (uint)_slot.Path.Length);
        }

        if (_slot.IsClosed)
        {
            list.Add(OptionSign.KindClosed, made, _required);
        }
    }

    private void ListSurroundings(Option option, uint look, int first, int behind, FeatureList<OptionSign> list)
    {
        uint before = _facts.Word(first - 1);
        uint beforeThat = _facts.Word(first - 2);
        uint after = _facts.Word(behind);
        uint jointBefore = first > 0 ? _facts.Joint(_facts.Text.Words[first - 1].End, option.Start) : 5;
        uint jointAfter = behind < _facts.Count ? _facts.Joint(option.End, _facts.Text.Words[behind].Start) : 5;
        list.Add(OptionSign.JointBefore, jointBefore, look, _type);
        list.Add(OptionSign.JointAfter, jointAfter, look, _type);
        list.Add(OptionSign.JointBoth, jointBefore, jointAfter, _role, look);
        list.Add(OptionSign.Before, _type, before);
        list.Add(OptionSign.After, _type, after);
        list.Add(OptionSign.BeforeRole, _role, before);
        list.Add(OptionSign.AfterRole, _role, after);
        list.Add(OptionSign.BeforeHead, _head, before);
        list.Add(OptionSign.AfterHead, _head, after);
        list.Add(OptionSign.BeforeTwoHead, _head, beforeThat, before);
        list.Add(OptionSign.BeforeTwoRole, _role, beforeThat, before);
        list.Add(OptionSign.BeforeFirst, _first, before);
        list.Add(OptionSign.AfterTwo, _type, after, _facts.Word(behind + 1));
        list.Add(OptionSign.Around, _type, before, after);
        foreach (uint name in _names)
        {
            list.Add(OptionSign.BeforeName, name, before);
            list.Add(OptionSign.BeforeFarName, name, beforeThat);
            list.Add(OptionSign.AfterName, name, after);
            list.Add(OptionSign.KindName, name, look);
        }
    }

    private void ListOwners(uint look, int first, int behind, FeatureList<OptionSign> list)
    {
        uint before = _facts.Owner(_card, _slot, first - 1);
        uint after = _facts.Owner(_card, _slot, behind);
        uint near = _facts.DistanceBefore(_slot, first);
        uint next = _facts.DistanceAfter(_slot, behind);
        list.Add(OptionSign.OwnersBefore, before, _facts.Owner(_card, _slot, first - 2));
        list.Add(OptionSign.OwnersAfter, after, _facts.Owner(_card, _slot, behind + 1));
        list.Add(OptionSign.OwnersAround, before, after, _type, look);
        list.Add(OptionSign.OwnerFar, _facts.Owner(_card, _slot, first - 3), look);
        list.Add(OptionSign.DistanceBefore, near, _type, _required);
        list.Add(OptionSign.DistanceAfter, next, _type, _required);
        list.Add(OptionSign.DistanceBoth, near, next, look);
    }

    private void ListInside(Option option, uint look, int first, int behind, FeatureList<OptionSign> list)
    {
        int length = behind - first;
        uint size = (uint)Math.Min(length, 8);
        uint brief = (uint)Math.Min(length, 3);
        (int named, int described, int tool, int prose, int requests) = (0, 0, 0, 0, 0);
        for (int i = first; i < behind; i++)
        {
            string stem = _facts.Text.Words[i].Stem;
            named += _slot.IsNamed(stem) ? 1 : 0;
            described += !_slot.IsNamed(stem) && _slot.Cues.ContainsKey(stem) ? 1 : 0;
            tool += _card.NameStems.ContainsKey(stem) ? 1 : 0;
            prose += !_card.NameStems.ContainsKey(stem) && _card.Explains(stem) ? 1 : 0;
            requests += Grammar.IsRequest(stem) ? 1 : 0;
            list.Add(OptionSign.Inside, _head, _facts.Word(i));
            if (length <= 2)
            {
                list.Add(OptionSign.InsideRole, _role, _facts.Word(i));
            }
        }

        list.Add(OptionSign.Length, size, _type, look);
        list.Add(OptionSign.LengthRole, size, _role, _required);
        list.Add(OptionSign.LengthHead, size, _head);
        list.Add(OptionSign.OwnersInside, (uint)Math.Min(named, 2), (uint)Math.Min(tool, 2), brief, _role);
        list.Add(OptionSign.OwnersDescription, (uint)Math.Min(described, 3), (uint)Math.Min(prose, 3), brief);
        list.Add(OptionSign.RequestsInside, (uint)Math.Min(requests, 2), brief);
        if (length == 0)
        {
            return;
        }

        uint several = length > 1 ? 1u : 0u;
        uint opening = _facts.Shape(first);
        uint closing = _facts.Shape(behind - 1);
        list.Add(OptionSign.OwnerFirst, _facts.Owner(_card, _slot, first), several);
        list.Add(OptionSign.OwnerLast, _facts.Owner(_card, _slot, behind - 1), several);
        list.Add(OptionSign.Shapes, opening, closing);
        list.Add(OptionSign.ShapesRole, _role, opening, closing);
        list.Add(OptionSign.ShapeHead, _head, opening);
        list.Add(OptionSign.ShapesAround, _facts.Shape(first - 1), opening, closing, _facts.Shape(behind));
        list.Add(OptionSign.First, _type, _facts.Word(first));
        list.Add(OptionSign.Last, _type, _facts.Word(behind - 1));
        if (option.Source == SlotOptions.Spans && option.Kind is null)
        {
            list.Add(OptionSign.Cover, Cover(option), _role);
        }
    }

    private void ListValue(Option option, FeatureList<OptionSign> list)
    {
        if (option.Text is not null)
        {
            return;
        }

        if (option.Value is JsonArray items)
        {
            list.Add(OptionSign.Items, (uint)Math.Min(items.Count, 4));
        }
        else if (option.Value.GetValueKind() == JsonValueKind.Number)
        {
            double number = double.Parse(option.Key, CultureInfo.InvariantCulture);
            uint size = SizeOf(number);
            list.Add(OptionSign.Size, size, _type);
            list.Add(OptionSign.SizeHead, size, _head);
            if (number != Math.Floor(number))
            {
                list.Add(OptionSign.Fraction, _type);
            }
        }
    }

    // How a run of words lies to the candidates: it is one, lies within one, holds one, or cuts one.
    private uint Cover(Option option)
    {
        uint cover = 0;
        foreach (Candidate candidate in _facts.Candidates)
        {
            if (candidate.Kind == CandidateKind.Phrase || !candidate.Overlaps(option.Start, option.End))
            {
                continue;
            }

            if (candidate.Start == option.Start && candidate.End == option.End)
            {
                return 10 + (uint)candidate.Kind;
            }

            bool within = candidate.Start <= option.Start && candidate.End >= option.End;
            bool holds = candidate.Start >= option.Start && candidate.End <= option.End;
            cover |= within ? 1u : holds ? 2u : 4u;
        }

        return cover;
    }

    private uint Mentions()
    {
        uint mentions = 72;
        foreach (Word word in _facts.Text.Words)
        {
            if (_slot.IsNamed(word.Stem))
            {
                return 70;
            }

            mentions = _slot.Cues.ContainsKey(word.Stem) ? 71 : mentions;
        }

        return mentions;
    }

    private bool IsInPart(Option option) => _part is not { } part || option.IsIn(part);

    private static uint FormOf(string description) =>
        (TownAndState().IsMatch(description) ? 1u : 0)
        + (2 * Says(description, "state"))
        + (4 * Says(description, "country"))
        + (8 * Math.Max(Says(description, "decimal"), Says(description, "0.")))
        + (16 * Math.Max(Says(description, "percent"), Says(description, "%")));

    private static uint Says(string description, string word) => description.Contains(word, StringComparison.OrdinalIgnoreCase) ? 1u : 0;

    private static uint SizeOf(double number) => number switch
    {
        < 0 => 1,
        0 => 2,
        <= 1 => 3,
        <= 12 => 4,
        <= 100 => 5,
        < 1900 => 6,
        <= 2100 => 7, // a year, perhaps
        < 100_000 => 8,
        _ => 9,
    };

    private static uint Bucket(double score) => score <= 0 ? 0 : (uint)Math.Min(9, 1 + (score / 0.15));

    [GeneratedRegex(@"\b[A-Z][a-z]+,\s?[A-Z]{2}\b")]
    private static partial Regex TownAndState();
}
