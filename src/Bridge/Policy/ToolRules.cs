using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Bridge.Configuration;
using Bridge.Tools;

namespace Bridge.Policy;

/// <summary>The entries of <c>Bridge:Tools</c>, compiled. Immutable and thread-safe.</summary>
/// <remarks>
/// Configuration has no order of its own (layers merge, keys sort), so the first entry cannot win: the most specific one does,
/// for each setting on its own. An id is more specific than any glob; of two globs the one with more literal characters is;
/// a tie goes to the one that sorts first. So <c>files/*</c> may deny what <c>files/read_file</c> allows again.
/// </remarks>
internal sealed class ToolRules
{
    private readonly ImmutableArray<Entry> _entries;
    private readonly ConditionalWeakTable<Tool, ToolRule> _known = [];

    /// <summary>Compiles the entries.</summary>
    /// <param name="tools">Keys are ids or globs over ids.</param>
    public ToolRules(IEnumerable<KeyValuePair<string, ToolOptions>> tools) =>
        _entries = [.. tools.Select(tool => new Entry(new ToolPattern(tool.Key), Copy(tool.Value)))
            .OrderByDescending(entry => entry.Pattern.IsExact)
            .ThenByDescending(entry => entry.Pattern.Literals)
            .ThenBy(entry => entry.Pattern.Text, StringComparer.Ordinal)];

    /// <summary>The patterns that no id can match, such as a bare name.</summary>
    public IEnumerable<string> Unmatchable => _entries.Where(entry => !entry.Pattern.CanMatch).Select(entry => entry.Pattern.Text);

    /// <summary>What configuration says of a tool; remembered for as long as the tool lives.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>The rule.</returns>
    public ToolRule For(Tool tool)
    {
        if (_entries.IsEmpty)
        {
            return ToolRule.None;
        }

        return _known.TryGetValue(tool, out ToolRule? rule) ? rule : _known.GetValue(tool, Find);
    }

    /// <summary>What configuration says of an id, known to the catalog or not.</summary>
    /// <param name="id">The id.</param>
    /// <returns>The rule.</returns>
    public ToolRule For(ToolId id)
    {
        string text = id.ToString();
        List<ToolOptions> matching = [.. _entries.Where(entry => entry.Pattern.Matches(text)).Select(entry => entry.Options)];
        return matching.Count == 0 ? ToolRule.None : Merge(matching);
    }

    private static ToolRule Merge(List<ToolOptions> options) => new()
    {
        Deny = First(options, option => option.Deny) ?? false,
        ReadOnly = First(options, option => option.ReadOnly) ?? false,
        RunsBesideOthers = (First(options, option => option.ReadOnly) ?? false) || (First(options, option => option.Parallel) ?? false),
        Idempotent = First(options, option => option.Idempotent) ?? false,
        Repair = First(options, option => option.Repair) ?? true,
        Approval = First(options, option => option.Approval),
        Timeout = First(options, option => option.Timeout),
        ConcurrentCalls = First(options, option => option.ConcurrentCalls),
        CallsPerMinute = First(options, option => option.CallsPerMinute),
        MaxResultBytes = First(options, option => option.MaxResultBytes),
    };

    private static T? First<T>(List<ToolOptions> options, Func<ToolOptions, T?> setting)
        where T : struct => options.Select(setting).FirstOrDefault(value => value is not null);

    private static ToolOptions Copy(ToolOptions options) => new()
    {
        ReadOnly = options.ReadOnly,
        Parallel = options.Parallel,
        Idempotent = options.Idempotent,
        Approval = options.Approval,
        Deny = options.Deny,
        Repair = options.Repair,
        Timeout = options.Timeout,
        ConcurrentCalls = options.ConcurrentCalls,
        CallsPerMinute = options.CallsPerMinute,
        MaxResultBytes = options.MaxResultBytes,
    };

    private ToolRule Find(Tool tool) => For(tool.Id);

    private readonly record struct Entry(ToolPattern Pattern, ToolOptions Options);
}
