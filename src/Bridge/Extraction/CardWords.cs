using System.Collections.Immutable;
using Bridge.Reading;
using Bridge.Slots;

namespace Bridge.Extraction;

/// <summary>What the words of a text are to a tool, each looked up once for all its slots.</summary>
internal sealed class CardWords
{
    private readonly CardWord[] _words;
    private readonly int[] _names;
    private readonly int[] _explained;

    /// <summary>Looks the words up.</summary>
    /// <param name="words">The words of the text.</param>
    /// <param name="card">The tool.</param>
    public CardWords(ImmutableArray<Word> words, ToolCard card)
    {
        _words = new CardWord[words.Length];
        _names = new int[words.Length + 1];
        _explained = new int[words.Length + 1];
        for (int i = 0; i < words.Length; i++)
        {
            string stem = words[i].Stem;
            bool names = card.NameStems.ContainsKey(stem);
            bool explained = !names && card.Description.ContainsKey(stem);
            _names[i + 1] = _names[i] + (names ? 1 : 0);
            _explained[i + 1] = _explained[i] + (explained ? 1 : 0);
            _words[i] = card.NamesSlot(stem) ? CardWord.NamesSlot : names ? CardWord.NamesTool : explained ? CardWord.Explained : CardWord.Foreign;
        }
    }

    /// <summary>What the tool makes of a word.</summary>
    public CardWord this[int place] => _words[place];

    /// <summary>How many words of a run name the tool, and how many others are of its description.</summary>
    public (int Names, int Explained) Inside(int first, int behind) => (_names[behind] - _names[first], _explained[behind] - _explained[first]);
}

/// <summary>What a word is to a tool: the first that holds.</summary>
internal enum CardWord
{
    /// <summary>Nothing.</summary>
    Foreign,

    /// <summary>It names one of the tool's slots.</summary>
    NamesSlot,

    /// <summary>It is of the tool's name.</summary>
    NamesTool,

    /// <summary>It is of the tool's description.</summary>
    Explained,
}
