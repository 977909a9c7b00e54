using System.Text;
using System.Text.Json;
using Bridge.TextCalls;

namespace Bridge.Llama.Templates;

/// <summary>Reads calls in a form, exactly.</summary>
internal sealed class CallReader
{
    private readonly CallForm _form;
    private readonly byte[] _text;
    private readonly string[] _names;
    private int _at;

    public CallReader(CallForm form, string text, IEnumerable<string> names)
    {
        _form = form;
        _text = Encoding.UTF8.GetBytes(text);
        _names = [.. names];
    }

    /// <summary>The calls; <see langword="null"/> where the text is not in the form.</summary>
    public IReadOnlyList<TextCall>? Read()
    {
        var calls = new List<TextCall>();
        if (!Take(_form.Opening))
        {
            return null;
        }

        do
        {
            if (ReadOne(calls.Count) is not { } call)
            {
                return null;
            }

            calls.Add(call);
            if (_text.AsSpan(_at).SequenceEqual(Encoding.UTF8.GetBytes(_form.Closing)))
            {
                return calls;
            }
        }
        while (_form.Separator is { } separator && Take(separator));

        return null;
    }

    // One name may begin another: each is tried, the longest first.
    private TextCall? ReadOne(int number)
    {
        int start = _at;
        foreach (string name in _names.OrderByDescending(name => name.Length))
        {
            _at = start;
            if (TryRead(name, number) is { } arguments)
            {
                return new TextCall(name, arguments, Encoding.UTF8.GetString(_text, start, _at - start));
            }
        }

        return null;
    }

    private byte[]? TryRead(string name, int number)
    {
        byte[]? arguments = null;
        foreach (CallPiece piece in _form.Call)
        {
            if (piece is CallPiece.Arguments)
            {
                arguments = TakeJson();
                if (arguments is null)
                {
                    return null;
                }
            }
            else if (piece is CallPiece.Id ? !TakeId() : !Take(CallForm.TextOf(piece, name, number, 0)))
            {
                return null;
            }
        }

        return arguments;
    }

    private bool Take(string text)
    {
        byte[] wanted = Encoding.UTF8.GetBytes(text);
        if (!_text.AsSpan(_at).StartsWith(wanted))
        {
            return false;
        }

        _at += wanted.Length;
        return true;
    }

    private bool TakeId()
    {
        int start = _at;
        while (_at < _text.Length && char.IsAsciiLetterOrDigit((char)_text[_at]))
        {
            _at++;
        }

        return _at > start;
    }

    private byte[]? TakeJson()
    {
        var reader = new Utf8JsonReader(_text.AsSpan(_at), isFinalBlock: true, new JsonReaderState(new JsonReaderOptions { AllowMultipleValues = true }));
        try
        {
            reader.Read();
            reader.Skip();
        }
        catch (JsonException)
        {
            return null;
        }

        int length = (int)reader.BytesConsumed;
        byte[] json = _text[_at..(_at + length)];
        _at += length;
        return json;
    }
}
