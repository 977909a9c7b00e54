using System.Runtime.InteropServices;
using System.Text.Json;

namespace Bridge.Schemas.Json;

/// <summary>A JSON text and its tokens in a row, in memory that the thread uses again for the next text.</summary>
/// <remarks>Strings stand in it without escapes, so that nobody who reads it needs to think of them.</remarks>
internal sealed class JsonTape : IDisposable
{
    private const int FirstTokens = 64;
    private const int FewTokens = 4;
    private const int FirstBytes = 1024;
    private const int MaxKeptBytes = 64 * 1024;

    /// <summary>Text of others may be as deep as they let it be, and hold what they let pass.</summary>
    private static readonly JsonReaderOptions s_lenient = new() { MaxDepth = int.MaxValue, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    [ThreadStatic]
    private static JsonTape? t_spare;

    private byte[] _text;
    private JsonToken[] _tokens;
    private int _count;
    private int _used;
    private int _open;

    private JsonTape(int bytes, int tokens)
    {
        _text = new byte[bytes];
        _tokens = new JsonToken[tokens];
    }

    /// <summary>Whether an object has a member twice.</summary>
    public bool HasDuplicates { get; private set; }

    /// <summary>The whole value.</summary>
    public JsonValue Root => new(this, 0);

    /// <summary>A token.</summary>
    public ref readonly JsonToken this[int index] => ref _tokens[index];

    /// <summary>Takes the tape of this thread, or a new one while that is in use.</summary>
    public static JsonTape Rent()
    {
        JsonTape tape = t_spare ?? new JsonTape(FirstBytes, FirstTokens);
        t_spare = null;
        return tape;
    }

    /// <summary>Reads a value that someone has parsed, as leniently as they did.</summary>
    public static JsonTape Of(JsonElement value)
    {
        JsonTape tape = Rent();
        tape.Read(JsonMarshal.GetRawUtf8Value(value), s_lenient, isStrict: false);
        return tape;
    }

    /// <summary>Reads a list of values of a schema, into memory of its own.</summary>
    public static JsonTape ToKeep(ReadOnlySpan<byte> utf8)
    {
        var tape = new JsonTape(utf8.Length, FewTokens);
        tape.Read(utf8, s_lenient, isStrict: false);
        return tape;
    }

    /// <summary>Reads a text strictly; see <see cref="StrictJson"/>.</summary>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="StrictJsonException">It holds a number or a string that readers differ about.</exception>
    public void ReadStrictly(ReadOnlySpan<byte> utf8) => Read(utf8, new JsonReaderOptions { MaxDepth = StrictJson.MaxDepth }, isStrict: true);

    /// <summary>The text of a token.</summary>
    public ReadOnlySpan<byte> TextOf(int index)
    {
        ref readonly JsonToken token = ref _tokens[index];
        return _text.AsSpan(token.Start, token.Length);
    }

    /// <summary>Gives the tape back to the thread. No value of it may be used any more.</summary>
    public void Dispose()
    {
        if (_text.Length <= MaxKeptBytes && _tokens.Length <= MaxKeptBytes)
        {
            t_spare = this;
        }
    }

    private void Read(ReadOnlySpan<byte> utf8, JsonReaderOptions options, bool isStrict)
    {
        if (_text.Length < utf8.Length)
        {
            _text = new byte[utf8.Length];
        }

        utf8.CopyTo(_text);
        (_used, _count, _open, HasDuplicates) = (utf8.Length, 0, -1, false);
        var reader = new Utf8JsonReader(_text.AsSpan(0, _used), options);
        while (reader.Read())
        {
            JsonTokenType type = reader.TokenType;
            switch (type)
            {
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    Close((int)reader.BytesConsumed, isStrict);
                    break;
                case JsonTokenType.PropertyName or JsonTokenType.String:
                    AddText(reader, isStrict);
                    break;
                case JsonTokenType.Number:
                    AddNumber(reader, isStrict);
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    ref JsonToken container = ref Add(type == JsonTokenType.StartObject ? JsonValueKind.Object : JsonValueKind.Array);
                    container.Start = (int)reader.TokenStartIndex;
                    container.Next = _open;
                    _open = _count - 1;
                    break;
                default:
                    ref JsonToken word = ref Add(type switch
                    {
                        JsonTokenType.True => JsonValueKind.True,
                        JsonTokenType.False => JsonValueKind.False,
                        _ => JsonValueKind.Null,
                    });
                    word.Start = (int)reader.TokenStartIndex;
                    word.Length = reader.ValueSpan.Length;
                    break;
            }
        }
    }

    /// <summary>Adds the token of a value, complete but for where its text is.</summary>
    private ref JsonToken Add(JsonValueKind kind)
    {
        if (_open >= 0)
        {
            _tokens[_open].Count++;
        }

        return ref AddToken(kind);
    }

    private ref JsonToken AddToken(JsonValueKind kind)
    {
        if (_count == _tokens.Length)
        {
            Array.Resize(ref _tokens, _count * 2);
        }

        ref JsonToken token = ref _tokens[_count++];
        token.Kind = kind;
        token.Next = _count;
        token.Count = 0;
        return ref token;
    }

    private void AddText(in Utf8JsonReader reader, bool isStrict)
    {
        ref JsonToken token = ref reader.TokenType == JsonTokenType.String ? ref Add(JsonValueKind.String) : ref AddToken(JsonValueKind.String);
        token.Start = (int)reader.TokenStartIndex + 1;
        token.Length = reader.ValueSpan.Length;
        if (reader.ValueIsEscaped)
        {
            Unescape(reader, ref token, isStrict);
        }
    }

    /// <summary>Writes a string without its escapes behind the text.</summary>
    private void Unescape(in Utf8JsonReader reader, ref JsonToken token, bool isStrict)
    {
        if (_text.Length - _used < token.Length)
        {
            // The reader goes on with the array it has.
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _used + token.Length));
        }

        int length = JsonEscapes.Decode(reader.ValueSpan, _text.AsSpan(_used));
        if (length >= 0)
        {
            (token.Start, token.Length) = (_used, length);
            _used += length;
        }
        else if (isStrict)
        {
            throw new StrictJsonException(
                $"The string at byte {reader.TokenStartIndex} escapes half of a surrogate pair; write both halves, or neither.");
        }

        // Otherwise the string stays as written: half of a pair has no UTF-8.
    }

    private void AddNumber(in Utf8JsonReader reader, bool isStrict)
    {
        ReadOnlySpan<byte> digits = reader.ValueSpan;
        ref JsonToken token = ref Add(JsonValueKind.Number);
        token.Start = (int)reader.TokenStartIndex;
        token.Length = digits.Length;
        token.IsPlainInteger = digits.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0;
        if (isStrict)
        {
            StrictJson.CheckNumber(reader, token.IsPlainInteger);
        }
    }

    private void Close(int end, bool isStrict)
    {
        int index = _open;
        ref JsonToken container = ref _tokens[index];
        _open = container.Next;
        container.Next = _count;
        container.Length = end - container.Start;
        if (isStrict && container.Count > 1 && container.Kind == JsonValueKind.Object)
        {
            HasDuplicates |= MemberOrder.HasDuplicates(new JsonValue(this, index));
        }
    }
}
