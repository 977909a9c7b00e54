using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Bridge.Llama.Masks;

/// <summary>The tokens that may follow: a short list where they are few, else a bit for each token. Immutable.</summary>
internal sealed class TokenMask
{
    private const int FewAtMost = 1024;
    private const int Block = 64;

    // What is this far below the greatest adds nothing that a double's sum of a vocabulary would show.
    private const float Negligible = 20f;

    private readonly int[]? _few;
    private readonly ulong[]? _bits;
    private readonly int _vocabulary;

    /// <summary>A mask of some tokens.</summary>
    /// <param name="tokens">The tokens, each once.</param>
    /// <param name="vocabulary">How many tokens there are in all.</param>
    public TokenMask(ReadOnlySpan<int> tokens, int vocabulary)
    {
        Count = tokens.Length;
        _vocabulary = vocabulary;
        if (tokens.Length <= FewAtMost)
        {
            _few = tokens.ToArray();
            Array.Sort(_few);
            return;
        }

        _bits = new ulong[(vocabulary + Block - 1) / Block];
        foreach (int token in tokens)
        {
            _bits[token / Block] |= 1UL << (token % Block);
        }
    }

    private TokenMask(ulong[] bits, int count, int vocabulary)
    {
        Count = count;
        _vocabulary = vocabulary;
        _bits = bits;
    }

    /// <summary>How many tokens may follow.</summary>
    public int Count { get; }

    /// <summary>A mask of more tokens.</summary>
    /// <param name="tokens">The tokens, each once, and none of them in this mask.</param>
    public TokenMask With(ReadOnlySpan<int> tokens)
    {
        if (_few is not null)
        {
            return new TokenMask([.. _few, .. tokens], _vocabulary);
        }

        ulong[] bits = [.. _bits!];
        foreach (int token in tokens)
        {
            bits[token / Block] |= 1UL << (token % Block);
        }

        return new TokenMask(bits, Count + tokens.Length, _vocabulary);
    }

    /// <summary>Whether a token may follow.</summary>
    public bool Allows(int token) => _few is not null
        ? Array.BinarySearch(_few, token) >= 0
        : (_bits![token / Block] & (1UL << (token % Block))) != 0;

    /// <summary>The allowed tokens, ascending.</summary>
    public IEnumerable<int> ToEnumerable() => _few ?? Enumerable.Range(0, _bits!.Length * Block).Where(Allows);

    /// <summary>The most likely of the allowed tokens; the least id of equals. There must be one.</summary>
    /// <param name="logits">What the model says of every token.</param>
    public int Best(ReadOnlySpan<float> logits) => _few is not null ? BestOfFew(logits) : BestOfMany(logits);

    /// <summary>How likely a token is among the allowed, as a natural logarithm.</summary>
    /// <param name="logits">What the model says of every token.</param>
    /// <param name="token">The token.</param>
    /// <param name="best">The most likely of the allowed tokens.</param>
    public double LogProbability(ReadOnlySpan<float> logits, int token, int best)
    {
        float greatest = logits[best];
        double sum = 0;
        if (_few is not null)
        {
            foreach (int allowed in _few)
            {
                sum += Math.Exp(logits[allowed] - greatest);
            }
        }
        else
        {
            for (int word = 0; word < _bits!.Length; word++)
            {
                sum += _bits[word] == 0 ? 0 : SumOf(word, logits, greatest, scale: 1);
            }
        }

        return logits[token] - greatest - Math.Log(sum);
    }

    /// <summary>Draws one of the allowed tokens by how likely each is.</summary>
    /// <param name="logits">What the model says of every token.</param>
    /// <param name="temperature">The greater, the more even the draw; greater than 0.</param>
    /// <param name="point">Where the draw falls, 0 to 1.</param>
    public int Draw(ReadOnlySpan<float> logits, double temperature, double point)
    {
        int best = Best(logits);
        float greatest = logits[best];
        float scale = (float)(1 / temperature);
        if (_few is not null)
        {
            return DrawOfFew(logits, greatest, scale, point, best);
        }

        double sum = 0;
        for (int word = 0; word < _bits!.Length; word++)
        {
            sum += _bits[word] == 0 ? 0 : SumOf(word, logits, greatest, scale);
        }

        double left = point * sum;
        for (int word = 0; word < _bits.Length; word++)
        {
            double block = _bits[word] == 0 ? 0 : SumOf(word, logits, greatest, scale);
            if (block >= left && block > 0)
            {
                return DrawOfBlock(word, logits, greatest, scale, left);
            }

            left -= block;
        }

        return best;
    }

    private int DrawOfFew(ReadOnlySpan<float> logits, float greatest, float scale, double point, int best)
    {
        double sum = 0;
        foreach (int token in _few!)
        {
            sum += Math.Exp((logits[token] - greatest) * scale);
        }

        double left = point * sum;
        foreach (int token in _few)
        {
            left -= Math.Exp((logits[token] - greatest) * scale);
            if (left <= 0)
            {
                return token;
            }
        }

        return best;
    }

    private int DrawOfBlock(int word, ReadOnlySpan<float> logits, float greatest, float scale, double left)
    {
        int token = 0;
        for (ulong bits = _bits![word]; bits != 0 && left >= 0; bits &= bits - 1)
        {
            token = (word * Block) + BitOperations.TrailingZeroCount(bits);
            left -= Math.Exp((logits[token] - greatest) * scale);
        }

        return token;
    }

    private int BestOfFew(ReadOnlySpan<float> logits)
    {
        int best = _few![0];
        foreach (int token in _few)
        {
            best = logits[token] > logits[best] ? token : best;
        }

        return best;
    }

    private int BestOfMany(ReadOnlySpan<float> logits)
    {
        float greatest = float.NegativeInfinity;
        int at = 0;
        for (int word = 0; word < _bits!.Length; word++)
        {
            ulong bits = _bits[word];
            if (bits == 0)
            {
                continue;
            }

            float most = MostOf(word, bits, logits);
            if (most > greatest)
            {
                greatest = most;
                at = word;
            }
        }

        ulong left = _bits[at];
        int best = (at * Block) + BitOperations.TrailingZeroCount(left);
        for (; left != 0; left &= left - 1)
        {
            int token = (at * Block) + BitOperations.TrailingZeroCount(left);
            best = logits[token] > logits[best] ? token : best;
        }

        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float MostOf(int word, ulong bits, ReadOnlySpan<float> logits)
    {
        if (bits == ulong.MaxValue)
        {
            ReadOnlySpan<float> all = logits.Slice(word * Block, Block);
            Vector256<float> most = Vector256.Create(all);
            for (int i = Vector256<float>.Count; i < Block; i += Vector256<float>.Count)
            {
                most = Vector256.Max(most, Vector256.Create(all[i..]));
            }

            float greatest = most[0];
            for (int i = 1; i < Vector256<float>.Count; i++)
            {
                greatest = Math.Max(greatest, most[i]);
            }

            return greatest;
        }

        float found = float.NegativeInfinity;
        for (; bits != 0; bits &= bits - 1)
        {
            found = Math.Max(found, logits[(word * Block) + BitOperations.TrailingZeroCount(bits)]);
        }

        return found;
    }

    private double SumOf(int word, ReadOnlySpan<float> logits, float greatest, float scale)
    {
        ulong bits = _bits![word];
        if ((greatest - MostOf(word, bits, logits)) * scale > Negligible)
        {
            return 0;
        }

        if (bits == ulong.MaxValue)
        {
            ReadOnlySpan<float> all = logits.Slice(word * Block, Block);
            Vector256<float> sums = Vector256<float>.Zero;
            for (int i = 0; i < Block; i += Vector256<float>.Count)
            {
                sums += Vector256.Exp((Vector256.Create(all[i..]) - Vector256.Create(greatest)) * scale);
            }

            return Vector256.Sum(sums);
        }

        double sum = 0;
        for (; bits != 0; bits &= bits - 1)
        {
            sum += Math.Exp((logits[(word * Block) + BitOperations.TrailingZeroCount(bits)] - greatest) * scale);
        }

        return sum;
    }
}
