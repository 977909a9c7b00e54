using System.Text;
using Bridge.Schemas.Automata;

namespace Bridge.Schemas.Decoding;

/// <summary>What a string stands in.</summary>
/// <param name="Mark">What stands before and after it.</param>
/// <param name="Spelling">How its characters are spelled.</param>
internal sealed record TextQuote(string Mark, TextSpelling Spelling)
{
    /// <summary>Whether its characters stand as they are, so that it cannot contain the mark.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Whether a string can stand in it.</summary>
    public bool Takes(string text) => !IsPlain || ClosedTexts.IsClosed(text, Mark);

    /// <summary>The string with its marks.</summary>
    public string Spell(string text)
    {
        var bytes = new List<byte>();
        foreach (Rune rune in text.EnumerateRunes())
        {
            bytes.AddRange(Spelling(rune.Value));
        }

        return Mark + Encoding.UTF8.GetString([.. bytes]) + Mark;
    }

    /// <summary>The automaton of what stands between the marks.</summary>
    /// <param name="text">The strings.</param>
    /// <param name="isLoose">Whether it does not follow the rules about them.</param>
    public ByteMachine MachineOf(TextMachine text, out bool isLoose)
    {
        isLoose = false;
        if (Spelling == JsonSpelling.Of)
        {
            return text.Bytes;
        }

        if (IsPlain)
        {
            (ByteMachine machine, isLoose) = ClosedTexts.Of(text, Mark, "");
            return machine;
        }

        try
        {
            return TextGraph.Of(text.Characters, Spelling).Build(text.Min, text.Max);
        }
        catch (NotRegularException)
        {
            isLoose = true;
            return TextGraph.Of(CodePointDfa.All, Spelling).Build(0, text.Max);
        }
    }
}
