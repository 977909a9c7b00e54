using System.Globalization;
using System.Text;
using System.Text.Json;
using Bridge.Schemas.Json;

namespace Bridge.TextCalls;

/// <summary>Copies a Python literal as JSON; JSON's own literals are understood too, because models mix them.</summary>
internal static class PythonLiteral
{
    public static bool TryCopy(PythonCursor cursor, Utf8JsonWriter json, int depth)
    {
        cursor.SkipSpace();
        return depth < StrictJson.MaxDepth && cursor.Current switch
        {
            '"' or '\'' => TryCopyString(cursor, json),
            '[' => TryCopyList(cursor, json, '[', ']', depth),
            '(' => TryCopyList(cursor, json, '(', ')', depth),
            '{' => TryCopyDictionary(cursor, json, depth),
            '-' or (>= '0' and <= '9') => TryCopyNumber(cursor, json),
            _ => TryCopyWord(cursor, json),
        };
    }

    private static bool TryCopyWord(PythonCursor cursor, Utf8JsonWriter json)
    {
        switch (cursor.TakeName())
        {
            case "True" or "true":
                json.WriteBooleanValue(true);
                return true;
            case "False" or "false":
                json.WriteBooleanValue(false);
                return true;
            case "None" or "null":
                json.WriteNullValue();
                return true;
            default:
                return false; // a variable, an expression
        }
    }

    private static bool TryCopyNumber(PythonCursor cursor, Utf8JsonWriter json)
    {
        string text = cursor.TakeWhile(character => char.IsAsciiDigit(character) || character is '-' or '+' or '.' or 'e' or 'E');
        try
        {
            json.WriteRawValue(text); // checked by the writer; the digits stay as the model wrote them
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool TryCopyList(PythonCursor cursor, Utf8JsonWriter json, char open, char close, int depth)
    {
        cursor.TryTake(open);
        json.WriteStartArray();
        while (!cursor.TryTake(close))
        {
            if (!TryCopy(cursor, json, depth + 1) || (!cursor.TryTake(',') && !cursor.Sees(close)))
            {
                return false;
            }
        }

        json.WriteEndArray();
        return true;
    }

    private static bool TryCopyDictionary(PythonCursor cursor, Utf8JsonWriter json, int depth)
    {
        cursor.TryTake('{');
        json.WriteStartObject();
        while (!cursor.TryTake('}'))
        {
            if ((!cursor.Sees('"') && !cursor.Sees('\'')) || ReadString(cursor) is not { } key || !cursor.TryTake(':'))
            {
                return false;
            }

            json.WritePropertyName(key);
            if (!TryCopy(cursor, json, depth + 1) || (!cursor.TryTake(',') && !cursor.Sees('}')))
            {
                return false;
            }
        }

        json.WriteEndObject();
        return true;
    }

    private static bool TryCopyString(PythonCursor cursor, Utf8JsonWriter json)
    {
        if (ReadString(cursor) is not { } text)
        {
            return false;
        }

        json.WriteStringValue(text);
        return true;
    }

    private static string? ReadString(PythonCursor cursor)
    {
        char quote = cursor.TakeAny();
        var text = new StringBuilder();
        while (true)
        {
            char next = cursor.TakeAny();
            if (next == '\0')
            {
                return null;
            }

            if (next == quote)
            {
                return text.ToString();
            }

            if (next == '\\' && !TryUnescape(cursor, text))
            {
                return null;
            }

            if (next != '\\')
            {
                text.Append(next);
            }
        }
    }

    private static bool TryUnescape(PythonCursor cursor, StringBuilder text)
    {
        char escaped = cursor.TakeAny();
        switch (escaped)
        {
            case '\0':
                return false;
            case 'n':
                text.Append('\n');
                return true;
            case 't':
                text.Append('\t');
                return true;
            case 'r':
                text.Append('\r');
                return true;
            case 'u':
                return TryUnescapeUnit(cursor, text);
            case '\\' or '\'' or '"' or '/':
                text.Append(escaped);
                return true;
            default:
                text.Append('\\').Append(escaped); // as Python does with escapes it does not know
                return true;
        }
    }

    private static bool TryUnescapeUnit(PythonCursor cursor, StringBuilder text)
    {
        string digits = string.Create(4, cursor, static (span, from) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = from.TakeAny();
            }
        });
        bool valid = ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit);
        text.Append((char)unit);
        return valid;
    }
}
