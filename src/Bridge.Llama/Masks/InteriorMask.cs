using Bridge.Llama.Tokens;
using Bridge.Schemas.Decoding;

namespace Bridge.Llama.Masks;

/// <summary>What masks have in common that stand at the same place inside the same kind of text, of whatever schema. Immutable.</summary>
/// <remarks>
/// Nearly all tokens stay inside a string, and are found once for all schemas. The few that could end it depend on what
/// follows, and are walked for each mask.
/// </remarks>
internal sealed class InteriorMask
{
    // Tokens that leave the text: the nodes of the tree on the way to the end of the text, and, inverted, those beyond it.
    private readonly int[] _nodes;
    private readonly TokenMask _inside;

    private InteriorMask(TokenMask inside, int[] nodes)
    {
        _inside = inside;
        _nodes = nodes;
    }

    /// <summary>Finds the tokens that stay inside.</summary>
    /// <param name="interior">Where decoding stands.</param>
    /// <param name="trie">The tokens.</param>
    /// <param name="vocabulary">How many tokens there are in all.</param>
    public static InteriorMask Of(TextInterior interior, TokenTrie trie, int vocabulary)
    {
        var found = new List<int>();
        var nodes = new List<int>();
        var states = new TextInterior[trie.MaxDepth + 1];
        int[] path = new int[trie.MaxDepth];
        int listed = 0;
        states[0] = interior;
        for (int node = 0; node < trie.Count;)
        {
            int depth = trie.Depth(node);
            listed = Math.Min(listed, depth);
            if (states[depth].TryTake(trie.Byte(node), out states[depth + 1]))
            {
                path[depth] = node;
                found.AddRange(trie.Tokens(node));
                node++;
                continue;
            }

            int end = trie.End(node);
            if (states[depth].CanEnd)
            {
                for (; listed < depth; listed++)
                {
                    nodes.Add(path[listed]);
                }

                nodes.AddRange(Enumerable.Range(node, end - node).Select(beyond => ~beyond));
            }

            node = end;
        }

        return new InteriorMask(new TokenMask([.. found], vocabulary), [.. nodes]);
    }

    /// <summary>The tokens that may follow a state that stands at this place.</summary>
    /// <param name="state">The state.</param>
    /// <param name="trie">The tokens.</param>
    /// <param name="special">The tokens that are no text and may follow.</param>
    public TokenMask At(in DecodingState state, TokenTrie trie, List<int> special)
    {
        List<int> found = [.. special];
        var states = new DecodingState[trie.MaxDepth + 1];
        states[0] = state;
        for (int i = 0; i < _nodes.Length;)
        {
            bool isBeyond = _nodes[i] < 0;
            int node = isBeyond ? ~_nodes[i] : _nodes[i];
            int depth = trie.Depth(node);
            i++;
            if (!states[depth].TryTake(trie.Byte(node), out states[depth + 1]))
            {
                for (int end = trie.End(node); i < _nodes.Length && (_nodes[i] < 0 ? ~_nodes[i] : _nodes[i]) < end; i++)
                {
                    // nothing follows what may not follow
                }
            }
            else if (isBeyond)
            {
                found.AddRange(trie.Tokens(node));
            }
        }

        return _inside.With([.. found]);
    }
}
