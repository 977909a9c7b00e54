using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Bridge.Schemas.Automata;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Decoding;

/// <summary>Reads values in a notation out of a text, and writes them as JSON.</summary>
/// <param name="text">The text, UTF-8.</param>
internal sealed partial class NotationReader(ReadOnlyMemory<byte> text)
{
    private const int MaxDepth = 64;

    private static readonly SearchValues<byte> s_digits = SearchValues.Create("-+.eE0123456789"u8);

    private int _depth;

    /// <summary>Where it stands.</summary>
    public int Position { get; set; }

    private ReadOnlySpan<byte> Rest => text.Span[Position..];

    /// <summary>Takes a text.</summary>
    public bool TryTake(string wanted) => TryTake(Encoding.UTF8.GetBytes(wanted));

    /// <summary>Takes a text up to what closes it, and that too; <see langword="null"/> where nothing does.</summary>
    /// <param name="close">What closes it.</param>
    public string? TakeUntil(string close)
    {
        string end = ClosedTexts.EndOf(close);
        int before = close.IndexOf(end, StringComparison.Ordinal);
        int length = Rest.IndexOf(Encoding.UTF8.GetBytes(end)) - Encoding.UTF8.GetByteCount(close[..before]);
        if (length < 0)
        {
            return null;
        }

        string taken = Encoding.UTF8.GetString(Rest[..length]);
        Position += length;
        return TryTake(close) ? taken : null;
    }

    /// <summary>Takes a name without quotes; empty for none.</summary>
    public string TakeBareName()
    {
        int length = 0;
        while (length < Rest.Length && ValueNotation.IsBare(((char)Rest[length]).ToString()))
        {
            length++;
        }

        string name = Encoding.ASCII.GetString(Rest[..length]);
        Position += length;
        return name;
    }

    /// <summary>Takes a value of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="notation">How it is written.</param>
    /// <param name="json">Takes it.</param>
    public bool TryTakeValue(JsonKinds kind, ValueNotation notation, Utf8JsonWriter json) => kind switch
    {
        JsonKinds.Array or JsonKinds.Object when notation.IsJson => Rest.Length > 0 && Rest[0] == (kind == JsonKinds.Array ? '[' : '{') && TryTakeJson(json),
        JsonKinds.Array => TryTakeArray(notation, json),
        JsonKinds.Object => TryTakeObject(notation, json),
        JsonKinds.String => TryTakeString(notation, json, asName: false),
        JsonKinds.Boolean or JsonKinds.Null => TryTakeWord(notation, json),
        _ => TryTakeNumber(json),
    };

    private bool TryTakeAny(ValueNotation notation, Utf8JsonWriter json)
    {
        if (_depth >= MaxDepth)
        {
            return false;
        }

        _depth++;
        bool taken = TryTakeString(notation, json, asName: false) || TryTakeArray(notation, json) || TryTakeObject(notation, json)
            || TryTakeWord(notation, json) || TryTakeNumber(json);
        _depth--;
        return taken;
    }

    private bool TryTakeArray(ValueNotation notation, Utf8JsonWriter json)
    {
        if (!TryTake("["u8))
        {
            return false;
        }

        json.WriteStartArray();
        for (bool first = true; !TryTake("]"u8); first = false)
        {
            if ((!first && !TryTake(notation.Style.Comma)) || !TryTakeAny(notation, json))
            {
                return false;
            }
        }

        json.WriteEndArray();
        return true;
    }

    private bool TryTakeObject(ValueNotation notation, Utf8JsonWriter json)
    {
        if (!TryTake("{"u8))
        {
            return false;
        }

        json.WriteStartObject();
        for (bool first = true; !TryTake("}"u8); first = false)
        {
            if ((!first && !TryTake(notation.Style.Comma)) || !TryTakeName(notation, json) || !TryTake(notation.Style.Colon) || !TryTakeAny(notation, json))
            {
                return false;
            }
        }

        json.WriteEndObject();
        return true;
    }

    private bool TryTakeName(ValueNotation notation, Utf8JsonWriter json)
    {
        if (TryTakeString(notation, json, asName: true))
        {
            return true;
        }

        int length = notation.HasBareNames ? Rest.IndexOf(notation.Style.Colon) : 0;
        if (length <= 0)
        {
            return false;
        }

        json.WritePropertyName(Rest[..length]);
        Position += length;
        return true;
    }

    private bool TryTakeString(ValueNotation notation, Utf8JsonWriter json, bool asName)
    {
        foreach (TextQuote quote in notation.Quotes)
        {
            if (!Rest.StartsWith(Encoding.UTF8.GetBytes(quote.Mark)))
            {
                continue;
            }

            if ((quote.IsPlain ? TakePlain(quote) : quote.Spelling == JsonSpelling.Of ? TakeJsonString() : TakePythonString()) is not { } taken)
            {
                return false;
            }

            if (asName)
            {
                json.WritePropertyName(taken);
            }
            else
            {
                json.WriteStringValue(taken);
            }

            return true;
        }

        return false;
    }

    private string? TakePlain(TextQuote quote)
    {
        TryTake(quote.Mark);
        return TakeUntil(quote.Mark);
    }

    private string? TakePythonString()
    {
        byte quote = Rest[0];
        var taken = new ArrayBufferWriter<byte>();
        for (Position++; Position < text.Length; Position++)
        {
            byte value = Rest[0];
            if (value == quote)
            {
                Position++;
                return Encoding.UTF8.GetString(taken.WrittenSpan);
            }

            if (value == '\\')
            {
                if (TakeEscape() is not { } escaped)
                {
                    return null;
                }

                value = escaped;
            }

            taken.Write([value]);
        }

        return null;
    }

    /// <summary>Goes to the last byte of an escape.</summary>
    private byte? TakeEscape()
    {
        byte kind = Rest.Length > 1 ? Rest[1] : default;
        Position++;
        switch (kind)
        {
            case (byte)'n':
                return (byte)'\n';
            case (byte)'r':
                return (byte)'\r';
            case (byte)'t':
                return (byte)'\t';
            case (byte)'\\' or (byte)'\'' or (byte)'"':
                return kind;
            case (byte)'x' when Rest.Length > 2 && byte.TryParse(Rest[1..3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte code) && code < 0x80:
                Position += 2;
                return code;
            default:
                return null;
        }
    }

    private string? TakeJsonString()
    {
        int start = Position;
        try
        {
            Utf8JsonReader reader = ReadJson();
            return reader.TokenType == JsonTokenType.String ? JsonElement.Parse(text.Span[start..Position]).GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private bool TryTakeJson(Utf8JsonWriter json)
    {
        int start = Position;
        try
        {
            ReadJson();
            json.WriteRawValue(text.Span[start..Position]);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private Utf8JsonReader ReadJson()
    {
        var reader = new Utf8JsonReader(Rest, isFinalBlock: true, new JsonReaderState(new JsonReaderOptions { AllowMultipleValues = true }));
        reader.Read();
        reader.Skip();
        Position += (int)reader.BytesConsumed;
        return reader;
    }

    private bool TryTakeWord(ValueNotation notation, Utf8JsonWriter json)
    {
        if (TryTake(notation.True))
        {
            json.WriteBooleanValue(true);
        }
        else if (TryTake(notation.False))
        {
            json.WriteBooleanValue(false);
        }
        else if (TryTake(notation.Null))
        {
            json.WriteNullValue();
        }
        else
        {
            return false;
        }

        return true;
    }

    private bool TryTakeNumber(Utf8JsonWriter json)
    {
        int length = Rest.IndexOfAnyExcept(s_digits);
        string number = Encoding.ASCII.GetString(length < 0 ? Rest : Rest[..length]);
        if (!Number().IsMatch(number))
        {
            return false;
        }

        Position += number.Length;
        json.WriteRawValue(number);
        return true;
    }

    private bool TryTake(ReadOnlySpan<byte> wanted)
    {
        bool starts = Rest.StartsWith(wanted);
        Position += starts ? wanted.Length : 0;
        return starts;
    }

    [GeneratedRegex(@"\A-?(?:0|[1-9][0-9]*)(?:[.][0-9]+)?(?:[eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
