using System.Buffers;
using System.Text;

namespace Bridge.Llama.Decoding;

/// <summary>Guesses from what the user wrote: calls that were read out of the text by other means, and the text itself, since most values are copied from it.</summary>
/// <param name="bodies">Whole bodies that may be meant, the likeliest first.</param>
/// <param name="userText">What the user wrote.</param>
internal sealed class PromptDrafts(IEnumerable<string> bodies, string userText) : IDraftSource
{
    // Fewer letters occur everywhere in a text.
    private const int LeastOverlap = 3;
    private const int LongestCopy = 32;

    private static readonly SearchValues<byte> s_ends = SearchValues.Create("\"\\\n.,;?!"u8);

    private readonly byte[][] _bodies = [.. bodies.Select(Encoding.UTF8.GetBytes)];
    private readonly byte[] _userText = Encoding.UTF8.GetBytes(userText);

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Continue(ReadOnlySpan<byte> written)
    {
        foreach (byte[] body in _bodies)
        {
            if (body.AsSpan().StartsWith(written))
            {
                return body.AsSpan(written.Length);
            }
        }

        int key = KeyStart(written);
        foreach (byte[] body in key < 0 ? [] : _bodies)
        {
            // The model went its own way before; here it writes the same member again.
            int at = body.AsSpan().IndexOf(written[key..]);
            if (at >= 0)
            {
                return body.AsSpan(at + written.Length - key);
            }
        }

        return Copy(written);
    }

    /// <summary>Where the member begins that is being written; negative when none is.</summary>
    private static int KeyStart(ReadOnlySpan<byte> written)
    {
        int colon = written.LastIndexOf("\":"u8);
        int quote = colon <= 0 ? -1 : written[..colon].LastIndexOf((byte)'"');
        return quote;
    }

    /// <summary>What follows in the user's text where it is being copied into a string.</summary>
    private ReadOnlySpan<byte> Copy(ReadOnlySpan<byte> written)
    {
        int quote = written.LastIndexOf((byte)'"');
        ReadOnlySpan<byte> value = written[(quote + 1)..];
        if (quote < 0 || value.Length < LeastOverlap || quote == 0 || written[quote - 1] is (byte)'\\' || Closes(written, quote))
        {
            return [];
        }

        int at = _userText.AsSpan().IndexOf(value);
        if (at < 0)
        {
            return [];
        }

        ReadOnlySpan<byte> rest = _userText.AsSpan(at + value.Length);
        int end = rest.IndexOfAny(s_ends);
        rest = end >= 0 ? rest[..end] : rest;
        return rest[..Math.Min(rest.Length, LongestCopy)];
    }

    /// <summary>Whether a quote ends a string rather than begins one: then what follows it is no value.</summary>
    private static bool Closes(ReadOnlySpan<byte> written, int quote)
    {
        ReadOnlySpan<byte> before = written[..quote].TrimEnd((byte)' ');
        return before.IsEmpty || before[^1] is not ((byte)':' or (byte)',' or (byte)'[' or (byte)'{');
    }
}
