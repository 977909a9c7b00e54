using System.Globalization;
using System.Text;

namespace Bridge.Schemas.Automata;

/// <summary>The bytes that spell a character: itself, or an escape that begins with a backslash.</summary>
/// <param name="codePoint">The character.</param>
internal delegate byte[] TextSpelling(int codePoint);

/// <summary>How texts are spelled other than in JSON.</summary>
internal static class TextSpellings
{
    /// <summary>Every character as it stands.</summary>
    public static TextSpelling Plain { get; } = codePoint => Encoding.UTF8.GetBytes(char.ConvertFromUtf32(codePoint));

    /// <summary>As in a Python string in single quotes.</summary>
    public static TextSpelling SingleQuoted { get; } = codePoint => Python(codePoint, '\'');

    /// <summary>As in a Python string in double quotes.</summary>
    public static TextSpelling DoubleQuoted { get; } = codePoint => Python(codePoint, '"');

    private static byte[] Python(int codePoint, char quote) => codePoint switch
    {
        '\\' => [.. "\\\\"u8],
        '\n' => [.. "\\n"u8],
        '\r' => [.. "\\r"u8],
        '\t' => [.. "\\t"u8],
        < ' ' or 0x7F => Encoding.ASCII.GetBytes("\\x" + codePoint.ToString("x2", CultureInfo.InvariantCulture)),
        _ when codePoint == quote => [(byte)'\\', (byte)quote],
        _ => Plain(codePoint),
    };
}
