using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Immutable;
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

    // Texts of the same rules are alike in all schemas; so is what these have in common.
    private readonly ConditionalWeakTable<object, ConcurrentDictionary<int, InteriorMask>> _interiors = [];

    /// <summary>How many masks were made.</summary>
    public int Made { get; private set; }

    /// <summary>The tokens that may follow. A token may reach beyond what is forced, into the next choice.</summary>
    /// <param name="state">Where decoding stands.</param>
    /// <param name="named">The special tokens that may stand around values where their names do: the same for all states of a program.</param>
    public TokenMask Of(in DecodingState state, ImmutableArray<int> named = default)
    {
        if (state.MaskKey(vocabulary.LongestToken) is not { } key)
        {
            return Make(state, named);
        }

        if (!_masks.TryGetValue(key, out TokenMask? mask))
        {
            mask = _masks.GetOrAdd(key, Make(state, named));
        }

        return mask;
    }

    private TokenMask Make(in DecodingState state, ImmutableArray<int> named)
    {
        Made++;
        List<int> special = [];
        foreach (int token in named.IsDefault ? [] : named)
        {
            if (state.MayStandAround(vocabulary.Text(token)))
            {
                special.Add(token);
            }
        }

        if (state.CanEnd)
        {
            special.AddRange(vocabulary.EndTokens);
        }

        return state.Interior(vocabulary.LongestToken) is { } interior
            ? InteriorOf(interior).At(state, vocabulary.Trie, special)
            : Walk(state, special);
    }

    private InteriorMask InteriorOf(TextInterior interior) => _interiors.GetOrCreateValue(interior.Rules)
        .GetOrAdd(interior.Place, (_, where) => InteriorMask.Of(where, vocabulary.Trie, vocabulary.Count), interior);

    private TokenMask Walk(in DecodingState state, List<int> special)
    {
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

            special.CopyTo(found, count);
            count += special.Count;
            return new TokenMask(found.AsSpan(0, count), vocabulary.Count);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(found);
            ArrayPool<DecodingState>.Shared.Return(states, clearArray: true);
        }
    }
}
