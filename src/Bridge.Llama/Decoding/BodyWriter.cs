using System.Buffers;
using System.Text;
using Bridge.Llama.Masks;
using Bridge.Schemas.Decoding;

namespace Bridge.Llama.Decoding;

/// <summary>The body of a call while it is written: where decoding stands, and the text so far. Can be set back.</summary>
/// <param name="tokens">What is written.</param>
/// <param name="jumpsForward">Whether forced text is taken at once.</param>
internal sealed class BodyWriter(CallTokens tokens, bool jumpsForward)
{
    private readonly List<byte> _text = [];
    private readonly ArrayBufferWriter<byte> _forced = new();

    /// <summary>Where decoding stands.</summary>
    public DecodingState State { get; private set; } = tokens.Program.Body(0).Start;

    /// <summary>The text so far.</summary>
    public ReadOnlySpan<byte> Text => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_text);

    /// <summary>Whether the body is whole.</summary>
    public bool IsOver => State.IsOver;

    /// <summary>What may follow.</summary>
    public TokenMask Mask() => tokens.Mask(State);

    /// <summary>Begins a body.</summary>
    /// <param name="number">Which call of the answer it is, from 0.</param>
    public void Begin(int number)
    {
        _text.Clear();
        State = tokens.Program.Body(number).Start;
    }

    /// <summary>Writes a token that may follow; one that ends what the model says writes nothing.</summary>
    public void Take(int token)
    {
        ReadOnlySpan<byte> text = tokens.Model.Vocabulary.IsEnd(token) ? [] : tokens.Model.Vocabulary.Text(token);
        int taken = State.Take(text, out DecodingState next);
        if (taken < text.Length)
        {
            throw new InvalidOperationException($"The token {token} may not follow.");
        }

        State = next;
        _text.AddRange(text);
    }

    /// <summary>Writes what must follow.</summary>
    /// <param name="output">Takes the tokens of it.</param>
    public void TakeForced(List<int> output)
    {
        if (!jumpsForward)
        {
            TakeMarkers(output);
            return;
        }

        _forced.ResetWrittenCount();
        DecodingState after = State.TakeForced(_forced);
        ReadOnlySpan<byte> forced = _forced.WrittenSpan;
        int sure = WholeCharacters(after.IsOver ? forced : forced[..^tokens.Undecided(forced)]);
        if (sure < forced.Length)
        {
            forced = forced[..sure];
            State.Take(forced, out after);
        }

        State = after;
        _text.AddRange(forced);
        tokens.Tokenize(forced, output);
    }

    /// <summary>Writes the shortest way to an end.</summary>
    public void Close()
    {
        while (!State.CanEnd)
        {
            (DecodingState next, byte value) = Nearest();
            State = next;
            _text.Add(value);
        }
    }

    /// <summary>Goes back to where it was.</summary>
    public void SetBack(DecodingState state, int length)
    {
        State = state;
        _text.RemoveRange(length, _text.Count - length);
    }

    /// <summary>Special tokens are not among those that are chosen: where one must follow, it is taken.</summary>
    private void TakeMarkers(List<int> output)
    {
        while (true)
        {
            _forced.ResetWrittenCount();
            State.TakeForced(_forced);
            int length = tokens.LeadingMarker(_forced.WrittenSpan);
            if (length == 0)
            {
                return;
            }

            ReadOnlySpan<byte> marker = _forced.WrittenSpan[..length];
            State.Take(marker, out DecodingState after);
            State = after;
            _text.AddRange(marker);
            tokens.Tokenize(marker, output);
        }
    }

    /// <summary>How much of a text is whole characters: tokenizers know no others, so what is left is chosen token by token.</summary>
    private static int WholeCharacters(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || Rune.DecodeFromUtf8(text, out _, out _) != OperationStatus.Done)
        {
            return 0;
        }

        return Rune.DecodeLastFromUtf8(text, out _, out int last) == OperationStatus.Done ? text.Length : text.Length - last;
    }

    private (DecodingState State, byte Value) Nearest()
    {
        DecodingState nearest = default;
        byte nearestValue = 0;
        int shortest = int.MaxValue;
        for (int value = 0; value < 256; value++)
        {
            if (State.TryTake((byte)value, out DecodingState next) && next.ShortestEnd < shortest)
            {
                (nearest, nearestValue, shortest) = (next, (byte)value, next.ShortestEnd);
            }
        }

        return (nearest, nearestValue);
    }
}
