using System.Text;

namespace Bridge.Llama.Synthesis;

/// <summary>The visible characters that stand for bytes in vocabularies of the GPT-2 kind.</summary>
public static class ByteAlphabet
{
    private static readonly char[] s_characters = Build();

    /// <summary>The character of every byte, by its value.</summary>
    public static IReadOnlyList<char> Characters => s_characters;

    /// <summary>Spells text in the alphabet.</summary>
    /// <param name="text">The text.</param>
    public static string Spell(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(value => s_characters[value]));

    // Printable Latin-1 stands for itself, every other byte for the next character from U+0100 on.
    private static char[] Build()
    {
        char[] characters = new char[256];
        int next = 256;
        for (int value = 0; value < characters.Length; value++)
        {
            bool printable = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            characters[value] = (char)(printable ? value : next++);
        }

        return characters;
    }
}
