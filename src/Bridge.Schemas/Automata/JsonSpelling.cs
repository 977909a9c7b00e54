using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Bridge.Schemas.Automata;

/// <summary>The one spelling of a value that decoding produces: no needless space, no needless escape.</summary>
internal static class JsonSpelling
{
    /// <summary>The bytes of a character between the quotes of a JSON string.</summary>
    public static byte[] Of(int codePoint) => codePoint switch
    {
        '"' => [.. "\\\""u8],
        '\\' => [.. "\\\\"u8],
        '\b' => [.. "\\b"u8],
        '\f' => [.. "\\f"u8],
        '\n' => [.. "\\n"u8],
        '\r' => [.. "\\r"u8],
        '\t' => [.. "\\t"u8],
        < ' ' => Encoding.ASCII.GetBytes("\\u" + codePoint.ToString("x4", CultureInfo.InvariantCulture)),
        _ => Encoding.UTF8.GetBytes(char.ConvertFromUtf32(codePoint)),
    };

    /// <summary>The bytes of a string, its quotes included.</summary>
    public static byte[] Of(string text)
    {
        var bytes = new List<byte> { (byte)'"' };
        foreach (Rune rune in text.EnumerateRunes())
        {
            bytes.AddRange(Of(rune.Value));
        }

        bytes.Add((byte)'"');
        return [.. bytes];
    }

    /// <summary>The bytes of a value; numbers keep their spelling.</summary>
    /// <param name="value">The value.</param>
    /// <param name="style">How its parts are set apart.</param>
    public static byte[] Of(JsonElement value, JsonStyle style)
    {
        var bytes = new ArrayBufferWriter<byte>();
        Write(bytes, value, style);
        return bytes.WrittenSpan.ToArray();
    }

    private static void Write(ArrayBufferWriter<byte> bytes, JsonElement value, JsonStyle style)
    {
        ReadOnlySpan<byte> separator = default;
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                bytes.Write("{"u8);
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    bytes.Write(separator);
                    bytes.Write(Of(member.Name));
                    bytes.Write(style.Colon);
                    Write(bytes, member.Value, style);
                    separator = style.Comma;
                }

                bytes.Write("}"u8);
                break;
            case JsonValueKind.Array:
                bytes.Write("["u8);
                foreach (JsonElement item in value.EnumerateArray())
                {
                    bytes.Write(separator);
                    Write(bytes, item, style);
                    separator = style.Comma;
                }

                bytes.Write("]"u8);
                break;
            case JsonValueKind.String:
                bytes.Write(Of(value.GetString()!));
                break;
            default:
                bytes.Write(Encoding.UTF8.GetBytes(value.GetRawText()));
                break;
        }
    }
}
