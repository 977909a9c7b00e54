using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Bridge.Schemas.Decoding;

namespace Bridge.Llama.Templates;

/// <summary>Reads calls in a form, exactly.</summary>
internal sealed class CallReader
{
    private readonly CallForm _form;
    private readonly byte[] _text;
    private readonly TemplateTool[] _tools;
    private int _at;

    public CallReader(CallForm form, string text, IEnumerable<TemplateTool> tools)
    {
        _form = form;
        _text = Encoding.UTF8.GetBytes(text);
        _tools = [.. tools.OrderByDescending(tool => tool.Name.Length)]; // one name may begin another
    }

    /// <summary>The calls; <see langword="null"/> where the text is not in the form.</summary>
    /// <param name="first">Which call of the answer the first is, from 0.</param>
    public IReadOnlyList<FormCall>? Read(int first)
    {
        var calls = new List<FormCall>();
        if (!Take(_form.Opening))
        {
            return null;
        }

        do
        {
            if (ReadOne(first + calls.Count) is not { } call)
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

    private FormCall? ReadOne(int number)
    {
        int start = _at;
        foreach (TemplateTool tool in _tools)
        {
            _at = start;
            if (TryRead(tool, number) is { } call)
            {
                return call;
            }
        }

        return null;
    }

    private FormCall? TryRead(TemplateTool tool, int number)
    {
        FormCall? call = null;
        foreach (CallPiece piece in _form.Call)
        {
            bool taken = piece switch
            {
                CallPiece.Arguments => (call = TakeJson(tool)) is not null,
                CallPiece.Members members => (call = TakeMembers(tool, members.Form)) is not null,
                CallPiece.Id => TakeId(),
                _ => Take(CallForm.TextOf(piece, tool.Name, number, 0)),
            };
            if (!taken)
            {
                return null;
            }
        }

        return call;
    }

    private FormCall? TakeMembers(TemplateTool tool, MemberForm form)
    {
        int start = _at;
        if (MemberText.Read(_text.AsMemory(_at), tool.Schema, form) is not { } members)
        {
            return null;
        }

        _at += members.Length;
        return new FormCall(tool.Name, members.Json, start, [.. members.Places.Select(place => place with { Start = start + place.Start, End = start + place.End })]);
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

    private FormCall? TakeJson(TemplateTool tool)
    {
        int start = _at;
        var reader = new Utf8JsonReader(_text.AsSpan(_at), isFinalBlock: true, new JsonReaderState(new JsonReaderOptions { AllowMultipleValues = true }));
        var places = ImmutableArray.CreateBuilder<MemberPlace>();
        try
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    string name = reader.GetString()!;
                    int value = start + (int)reader.BytesConsumed;
                    reader.Read();
                    reader.Skip();
                    places.Add(new MemberPlace(name, value, start + (int)reader.BytesConsumed));
                }
            }
            else
            {
                reader.Skip();
            }
        }
        catch (JsonException)
        {
            return null;
        }

        _at += (int)reader.BytesConsumed;
        return new FormCall(tool.Name, _text.AsMemory(start.._at), start, places.DrainToImmutable());
    }
}
