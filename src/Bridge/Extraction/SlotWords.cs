using System.Collections.Immutable;
using Bridge.Reading;
using Bridge.Slots;

namespace Bridge.Extraction;

/// <summary>What the words of a text are to a slot, each looked up once for all its options.</summary>
internal sealed class SlotWords
{
    private const uint Outside = 9;

    private readonly CardWords _card;
    private readonly byte[] _owners;
    private readonly int[] _names;
    private readonly int[] _described;

    /// <summary>Looks the words up.</summary>
    /// <param name="words">The words of the text.</param>
    /// <param name="card">What they are to the tool.</param>
    /// <param name="slot">The slot.</param>
    public SlotWords(ImmutableArray<Word> words, CardWords card, Slot slot)
    {
        _card = card;
        _owners = new byte[words.Length];
        _names = new int[words.Length + 1];
        _described = new int[words.Length + 1];
        for (int i = 0; i < words.Length; i++)
        {
            bool named = slot.IsNamed(words[i].Stem);
            bool described = !named && slot.Cues.ContainsKey(words[i].Stem);
            _names[i + 1] = _names[i] + (named ? 1 : 0);
            _described[i + 1] = _described[i] + (described ? 1 : 0);
            _owners[i] = (byte)(named ? 1 : !words[i].IsContent ? 6 : described ? 2 : card[i] switch
            {
                CardWord.NamesSlot => 3,
                CardWord.NamesTool => 4,
                CardWord.Explained => 5,
                _ => 0,
            });
        }
    }

    /// <summary>Whether the text says the slot's name, or else words that go with it.</summary>
    public (bool Named, bool Described) Mentions => (_names[^1] > 0, _described[^1] > 0);

    /// <summary>Whose word it is: the slot's, another slot's, the tool's, or nobody's.</summary>
    public uint Owner(int place) => place < 0 || place >= _owners.Length ? Outside : _owners[place];

    /// <summary>How many words of a run name the slot, go with it, name the tool, or else are of its description.</summary>
    public (int Named, int Described, int Tool, int Explained) Inside(int first, int behind)
    {
        (int tool, int explained) = _card.Inside(first, behind);
        return (_names[behind] - _names[first], _described[behind] - _described[first], tool, explained);
    }

    /// <summary>How far before a part the slot is named.</summary>
    public uint DistanceBefore(int first)
    {
        for (int distance = 0; distance < 10 && first - 1 - distance >= 0; distance++)
        {
            if (IsNamed(first - 1 - distance))
            {
                return distance < 4 ? (uint)distance : distance < 7 ? 5u : 6u;
            }
        }

        return 15;
    }

    /// <summary>How far behind a part the slot is named.</summary>
    public uint DistanceAfter(int behind)
    {
        for (int distance = 0; distance < 8 && behind + distance < _owners.Length; distance++)
        {
            if (IsNamed(behind + distance))
            {
                return distance < 4 ? (uint)distance : 5u;
            }
        }

        return 15;
    }

    private bool IsNamed(int place) => _names[place + 1] > _names[place];
}
