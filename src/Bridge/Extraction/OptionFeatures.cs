using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Slots;
using Bridge.Weights;

namespace Bridge.Extraction;

/// <summary>What the model sees of the options of one slot: hashed signs, each there or not.</summary>
/// <remarks>Trained and used by the same code: a change here asks for training again.</remarks>
internal sealed class OptionFeatures
{
    private readonly TextFacts _facts;
    private readonly ToolCard _card;
    private readonly Slot _slot;
    private readonly SlotWords _words;
    private readonly uint _type;
    private readonly uint _required;
    private readonly uint _role;
    private readonly uint _head;
    private readonly uint[] _names;
    private readonly SlotSigns _signs;

    /// <summary>Prepares.</summary>
    /// <param name="facts">The text.</param>
    /// <param name="card">The tool.</param>
    /// <param name="words">What the words of the text are to the tool.</param>
    /// <param name="slot">The slot.</param>
    public OptionFeatures(TextFacts facts, ToolCard card, CardWords words, Slot slot)
    {
        (_facts, _card, _slot) = (facts, card, slot);
        _words = new SlotWords(facts.Text.Words, words, slot);
        _type = (uint)slot.Type;
        _required = slot.Required ? 1u : 0u;
        _role = (uint)slot.Role;
        _signs = SlotSigns.Of(slot);
        (_names, _head) = (_signs.Names, _signs.Head);
    }

    /// <summary>Adds the features of leaving the slot out.</summary>
    /// <param name="options">The options.</param>
    /// <param name="list">Receives them.</param>
    public void AddOmission(List<Option> options, FeatureList<OptionSign> list)
    {
        uint kind = FeatureHash.Of(_type, _required);
        list.Add(OptionSign.Omitted, kind);
        list.Add(OptionSign.OmittedBest, kind, Bucket(options.Count == 0 ? 0 : options.Max(option => option.Score)));
        list.Add(OptionSign.OmittedRole, kind, _role);
        list.Add(OptionSign.OmittedAny, kind, options.Count == 0 ? 0u : 1u);
        list.Add(OptionSign.OmittedNamed, kind, Mentions());
        list.Add(OptionSign.OmittedProse, kind, _signs.SaysDefault, _signs.SaysOptional, _slot.Parameter.Default is null ? 0u : 1u);
        list.Add(OptionSign.OmittedClosed, kind, _slot.IsClosed ? 1u : 0u);
        list.Add(OptionSign.OmittedHead, kind, _head);
        foreach (uint name in _names)
        {
            list.Add(OptionSign.OmittedName, kind, name);
        }

        list.Add(OptionSign.OmittedSlots, kind, (uint)Math.Min(4, _card.Slots.Length));
        list.Add(OptionSign.OmittedDepth, kind, (uint)Math.Min(3, _slot.Path.Length));
    }

    /// <summary>The place of the first word of an option, and of the first behind it.</summary>
    public (int First, int Behind) WordsOf(Option option) => (_facts.Text.WordFrom(option.Start), _facts.Text.WordFrom(option.End));

    /// <summary>Adds the features of an option.</summary>
    /// <param name="option">The option.</param>
    /// <param name="list">Receives them.</param>
    public void Add(Option option, FeatureList<OptionSign> list)
    {
        AddKind(option, list);
        if (option.IsEvident)
        {
            (int first, int behind) = WordsOf(option);
            AddBefore(first, list);
            AddAfter(behind, list);
            for (int i = first; i < behind; i++)
            {
                AddInside(i, list);
            }

            AddRun(option, first, behind, list);
        }
    }

    /// <summary>What tells options apart for <see cref="AddKind"/>: of two with the same number it adds the same.</summary>
    public static uint KindOf(Option option) =>
        (Look(option) * 2048) + ((uint)option.Source * 32) + (Bucket(option.Score) * 2) + (option.IsEvident ? 1u : 0u);

    /// <summary>Adds what an option is, wherever it stands.</summary>
    public void AddKind(Option option, FeatureList<OptionSign> list)
    {
        uint look = Look(option);
        uint source = (uint)option.Source;
        uint made = FeatureHash.Of(FeatureHash.Of(_type, look), source);
        uint score = Bucket(option.Score);
        list.Add(OptionSign.Kind, made);
        list.Add(OptionSign.KindRequired, made, _required);
        list.Add(OptionSign.KindRole, _role, made);
        list.Add(OptionSign.KindHead, _head, made);
        list.Add(OptionSign.Score, _type, _required, score);
        list.Add(OptionSign.ScoreSource, source, score, _required);
        if (option.Form != ValueForm.Plain || _slot.Role == SlotRole.Place)
        {
            list.Add(OptionSign.Form, (uint)option.Form, _signs.Form);
            list.Add(OptionSign.FormHead, (uint)option.Form, _signs.Form, _head);
        }

        if (_slot.Path.Length > 1)
        {
            list.Add(OptionSign.KindDepth, made, (uint)_slot.Path.Length);
        }

        if (_slot.IsClosed)
        {
            list.Add(OptionSign.KindClosed, made, _required);
        }

        if (!option.IsEvident)
        {
            list.Add(OptionSign.Default, _type, _required, source);
            list.Add(OptionSign.DefaultHead, _head);
            return;
        }

        foreach (uint name in _names)
        {
            list.Add(OptionSign.KindName, name, look);
        }
    }

    /// <summary>Adds what stands before an option.</summary>
    /// <param name="first">The place of its first word.</param>
    /// <param name="list">Receives it.</param>
    public void AddBefore(int first, FeatureList<OptionSign> list)
    {
        uint before = _facts.Word(first - 1);
        uint beforeThat = _facts.Word(first - 2);
        list.Add(OptionSign.Before, _type, before);
        list.Add(OptionSign.BeforeRole, _role, before);
        list.Add(OptionSign.BeforeHead, _head, before);
        list.Add(OptionSign.BeforeTwoHead, _head, beforeThat, before);
        list.Add(OptionSign.BeforeTwoRole, _role, beforeThat, before);
        list.Add(OptionSign.BeforeFirst, _signs.First, before);
        foreach (uint name in _names)
        {
            list.Add(OptionSign.BeforeName, name, before);
            list.Add(OptionSign.BeforeFarName, name, beforeThat);
        }

        list.Add(OptionSign.OwnersBefore, _words.Owner(first - 1), _words.Owner(first - 2));
        list.Add(OptionSign.DistanceBefore, _words.DistanceBefore(first), _type, _required);
    }

    /// <summary>Adds what stands behind an option.</summary>
    /// <param name="behind">The place of the first word behind it.</param>
    /// <param name="list">Receives it.</param>
    public void AddAfter(int behind, FeatureList<OptionSign> list)
    {
        uint after = _facts.Word(behind);
        list.Add(OptionSign.After, _type, after);
        list.Add(OptionSign.AfterRole, _role, after);
        list.Add(OptionSign.AfterHead, _head, after);
        list.Add(OptionSign.AfterTwo, _type, after, _facts.Word(behind + 1));
        foreach (uint name in _names)
        {
            list.Add(OptionSign.AfterName, name, after);
        }

        list.Add(OptionSign.OwnersAfter, _words.Owner(behind), _words.Owner(behind + 1));
        list.Add(OptionSign.DistanceAfter, _words.DistanceAfter(behind), _type, _required);
    }

    /// <summary>Adds a word of an option.</summary>
    public void AddInside(int place, FeatureList<OptionSign> list) => list.Add(OptionSign.Inside, _head, _facts.Word(place));

    /// <summary>Adds what both ends of an option say together, and what its words and its value are.</summary>
    /// <param name="option">The option.</param>
    /// <param name="first">The place of its first word.</param>
    /// <param name="behind">The place of the first word behind it.</param>
    /// <param name="list">Receives it.</param>
    public void AddRun(Option option, int first, int behind, FeatureList<OptionSign> list)
    {
        uint look = Look(option);
        uint jointBefore = _facts.JointBehind(first - 1, option.Start);
        uint jointAfter = _facts.JointBefore(option.End, behind);
        list.Add(OptionSign.JointBefore, jointBefore, look, _type);
        list.Add(OptionSign.JointAfter, jointAfter, look, _type);
        list.Add(OptionSign.JointBoth, jointBefore, jointAfter, _role, look);
        list.Add(OptionSign.Around, _type, _facts.Word(first - 1), _facts.Word(behind));
        list.Add(OptionSign.OwnersAround, _words.Owner(first - 1), _words.Owner(behind), _type, look);
        list.Add(OptionSign.OwnerFar, _words.Owner(first - 3), look);
        list.Add(OptionSign.DistanceBoth, _words.DistanceBefore(first), _words.DistanceAfter(behind), look);
        AddWords(option, look, first, behind, list);
        AddValue(option, list);
    }

    private void AddWords(Option option, uint look, int first, int behind, FeatureList<OptionSign> list)
    {
        int length = behind - first;
        uint size = (uint)Math.Min(length, 8);
        uint brief = (uint)Math.Min(length, 3);
        for (int i = first; i < behind && length <= 2; i++)
        {
            list.Add(OptionSign.InsideRole, _role, _facts.Word(i));
        }

        (int named, int described, int tool, int explained) = _words.Inside(first, behind);
        list.Add(OptionSign.Length, size, _type, look);
        list.Add(OptionSign.LengthRole, size, _role, _required);
        list.Add(OptionSign.LengthHead, size, _head);
        list.Add(OptionSign.OwnersInside, (uint)Math.Min(named, 2), (uint)Math.Min(tool, 2), brief, _role);
        list.Add(OptionSign.OwnersDescription, (uint)Math.Min(described, 3), (uint)Math.Min(explained, 3), brief);
        list.Add(OptionSign.RequestsInside, (uint)Math.Min(_facts.Requests(first, behind), 2), brief);
        if (length == 0)
        {
            return;
        }

        uint several = length > 1 ? 1u : 0u;
        uint opening = _facts.Shape(first);
        uint closing = _facts.Shape(behind - 1);
        list.Add(OptionSign.OwnerFirst, _words.Owner(first), several);
        list.Add(OptionSign.OwnerLast, _words.Owner(behind - 1), several);
        list.Add(OptionSign.Shapes, opening, closing);
        list.Add(OptionSign.ShapesRole, _role, opening, closing);
        list.Add(OptionSign.ShapeHead, _head, opening);
        list.Add(OptionSign.ShapesAround, _facts.Shape(first - 1), opening, closing, _facts.Shape(behind));
        list.Add(OptionSign.First, _type, _facts.Word(first));
        list.Add(OptionSign.Last, _type, _facts.Word(behind - 1));
        if (option.Source == SlotOptions.Spans && option.Kind is null)
        {
            list.Add(OptionSign.Cover, _facts.Cover(option.Start, option.End), _role);
        }
    }

    private void AddValue(Option option, FeatureList<OptionSign> list)
    {
        if (option.Text is not null)
        {
            return;
        }

        if (option.Texts is { } texts)
        {
            list.Add(OptionSign.Items, (uint)Math.Min(texts.Length, 4));
        }
        else if (option.Value is JsonArray items)
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

    private uint Mentions() => _words.Mentions switch
    {
        { Named: true } => 70,
        { Described: true } => 71,
        _ => 72,
    };

    private static uint Look(Option option) => (option.Kind is { } kind ? (uint)kind + 1 : 0) + (100 * (uint)option.Form);

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
}
