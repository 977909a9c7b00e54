using System.Collections.Immutable;
using Bridge.Prompts;
using Bridge.Tools;

namespace Bridge.Shortlisting;

/// <summary>What earlier requests say of the tools for a prompt.</summary>
internal interface IEarlierRequests
{
    /// <summary>Weighs tools by the requests like this one that they served.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="tools">The allowed tools in catalog order.</param>
    /// <param name="weights">Receives a weight for each tool: 1 for one that served the very same request once, 0 for one that served none like it.</param>
    /// <returns>Whether there were any; else nothing was written.</returns>
    bool TryWeigh(Prompt prompt, ImmutableArray<Tool> tools, Span<float> weights);
}
