using System.Runtime.InteropServices;
using Bridge.Llama.Templates;
using Microsoft.Extensions.AI;

namespace Bridge.Llama.Loading;

/// <summary>The tokens of other questions over the same tools and system messages, by which prompts are compared: rendered once, not for every prompt. Thread-safe.</summary>
internal sealed class PromptProbes
{
    // Beyond that the oldest is rendered again when it is needed again.
    private const int Most = 16;

    private readonly Lock _lock = new();
    private readonly OrderedDictionary<(object Tools, string System), Probe> _probes = [];

    /// <summary>How many tokens a prompt has in common with another question.</summary>
    /// <param name="prompt">The prompt's tokens.</param>
    /// <param name="tools">Its tools; the same instance for the same tools.</param>
    /// <param name="system">Its system messages.</param>
    /// <param name="render">Gives the tokens of the other question.</param>
    public int CommonLength(int[] prompt, IReadOnlyList<TemplateTool> tools, ChatMessage[] system, Func<int[]> render)
    {
        if (!system.All(message => message.Contents.All(content => content is TextContent)))
        {
            return prompt.AsSpan().CommonPrefixLength(render());
        }

        (object, string) key = (InstanceOf(tools), string.Join('\0', system.Select(message => $"{message.Text.Length}:{message.Text}")));
        Probe? known;
        lock (_lock)
        {
            known = _probes.GetValueOrDefault(key);
        }

        // What templates write of the time of day is no longer true later: the prompt then parts from the probe sooner than it did.
        if (known is not null && prompt.AsSpan().CommonPrefixLength(known.Tokens) is var length && length >= known.Common)
        {
            return length;
        }

        int[] tokens = render();
        int common = prompt.AsSpan().CommonPrefixLength(tokens);
        lock (_lock)
        {
            _probes.Remove(key);
            if (_probes.Count >= Most)
            {
                _probes.RemoveAt(0);
            }

            _probes.Add(key, new Probe(tokens, common));
        }

        return common;
    }

    // An immutable array is boxed anew each time; what it holds is not.
    private static object InstanceOf(IReadOnlyList<TemplateTool> tools) =>
        tools is System.Collections.Immutable.ImmutableArray<TemplateTool> array ? ImmutableCollectionsMarshal.AsArray(array)! : tools;

    private sealed record Probe(int[] Tokens, int Common);
}
