using System.Buffers;
using System.Runtime.CompilerServices;
using Bridge.Llama.Tokens;
using Bridge.Schemas.Decoding;

namespace Bridge.Llama.Masks;

/// <summary>Says which tokens of a vocabulary may follow where decoding stands; found once for states that are alike. Thread-safe.</summary>
/// <param name="vocabulary">The vocabulary.</param>
internal sealed class MaskTable(Vocabulary vocabulary)
{
    // Masks go when the states do that they are for.
    private readonly ConditionalWeakTable<object, TokenMask> _masks = [];

    /// <summary>How many masks were made.</summary>
    public int Made { get; private set; }

    /// <summary>The tokens that may follow. A token may reach beyond what is forced, into the next choice.</summary>
    public TokenMask Of(in DecodingState state)
    {
        if (state.MaskKey(vocabulary.LongestToken) is not { } key)
        {
            return Make(state);
        }

        if (!_masks.TryGetValue(key, out TokenMask? mask))
        {
            mask = _masks.GetOrAdd(key, Make(state));
        }

        return mask;
    }

    private TokenMask Make(in DecodingState state)
    {
        Made++;
        TokenTrie trie = vocabulary.Trie;
        int[] found = ArrayPool<int>.Shared.Rent(vocabulary.Count + 1);
        DecodingState[] states = ArrayPool<DecodingState>.Shared.Rent(trie.MaxDepth + 1);
        try
        {
            int count = 0;
            states[0] = state;
            for (int node = 0; node < trie.Count;)
            {
                int depth = trie.Depth(node);
                if (!states[depth].TryTake(trie.Byte(node), out states[depth + 1]))
                {
                    node = trie.End(node);
                    continue;
                }

                foreach (int token in trie.Tokens(node))
                {
                    found[count++] = token;
                }

                node++;
            }

            if (state.CanEnd)
            {
                vocabulary.EndTokens.CopyTo(found.AsSpan(count));
                count += vocabulary.EndTokens.Length;
            }

            return new TokenMask(found.AsSpan(0, count), vocabulary.Count);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(found);
            ArrayPool<DecodingState>.Shared.Return(states, clearArray: true);
        }
    }
}
