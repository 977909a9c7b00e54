using System.Collections.Immutable;
using Bridge.Prompts;
using Bridge.Tools;

namespace Bridge.Shortlisting;

/// <summary>Picks the tools that a tool caller sees.</summary>
public interface IShortlister
{
    /// <summary>Picks at most <paramref name="count"/> tools; all of them when they are no more.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="tools">The allowed tools in catalog order.</param>
    /// <param name="count">The most tools to pick.</param>
    /// <param name="cancellationToken">Ends the picking.</param>
    /// <returns>The picked tools, in catalog order; there at once where nobody is asked.</returns>
    ValueTask<ImmutableArray<Tool>> PickAsync(Prompt prompt, ImmutableArray<Tool> tools, int count, CancellationToken cancellationToken);
}
