using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Bridge.Shortlisting;

namespace Bridge.Llama.Workers;

/// <summary>The tools that a worker has seen: compiled once, however often they are sent. Thread-safe.</summary>
internal sealed class KnownTools
{
    // Beyond that the oldest is forgotten and compiled again when it comes again.
    private const int MostShortlists = 64;
    private const int MostTools = 1024;

    private readonly Lock _lock = new();
    private readonly OrderedDictionary<string, Shortlist> _shortlists = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, ShortlistedTool> _tools = new(StringComparer.Ordinal);

    /// <summary>The shortlist of some tools: the same instance for the same tools.</summary>
    public Shortlist Of(ImmutableArray<WorkerTool> tools)
    {
        string[] keys = [.. tools.Select(KeyOf)];
        lock (_lock)
        {
            return GetOrAdd(_shortlists, string.Concat(keys), MostShortlists, () => new Shortlist(
                [.. tools.Select((tool, i) => GetOrAdd(_tools, keys[i], MostTools, tool.ToTool))]));
        }
    }

    private static T GetOrAdd<T>(OrderedDictionary<string, T> known, string key, int most, Func<T> make)
    {
        if (!known.Remove(key, out T? value))
        {
            value = make();
            if (known.Count >= most)
            {
                known.RemoveAt(0);
            }
        }

        known.Add(key, value);
        return value;
    }

    private static string KeyOf(WorkerTool tool) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{tool.WireName}\n{tool.Source}\n{tool.Name}\n{tool.Description}\n{tool.Schema.GetRawText()}")));
}
