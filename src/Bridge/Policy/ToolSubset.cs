using System.Collections.Immutable;
using Bridge.Tools;

namespace Bridge.Policy;

/// <summary>Some of the tools, by ids or globs over ids: <c>*</c> for any run of characters, <c>?</c> for one. Immutable; equal to another of the same patterns.</summary>
public sealed class ToolSubset : IEquatable<ToolSubset>
{
    private readonly ImmutableArray<ImmutableArray<ToolPattern>> _all;
    private readonly string _text;

    private ToolSubset(ImmutableArray<ImmutableArray<ToolPattern>> all)
    {
        _all = all;
        _text = string.Join('&', all.Select(any => string.Join(',', any.Select(pattern => pattern.Text))));
    }

    /// <summary>All tools.</summary>
    public static ToolSubset All { get; } = new([]);

    /// <summary>Whether it leaves nothing out.</summary>
    public bool IsAll => _all.IsEmpty;

    /// <summary>The tools that any of some patterns fits.</summary>
    /// <param name="patterns">Ids or globs over ids; none for all tools.</param>
    /// <returns>The subset.</returns>
    public static ToolSubset Of(IEnumerable<string> patterns)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        ImmutableArray<ToolPattern> any = [.. patterns.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(text => new ToolPattern(text))];
        return any.IsEmpty ? All : new ToolSubset([any]);
    }

    /// <summary>The tools that are in both.</summary>
    /// <param name="other">The other.</param>
    /// <returns>The smaller subset.</returns>
    public ToolSubset And(ToolSubset other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return IsAll || Equals(other) ? other : other.IsAll ? this : new ToolSubset(_all.AddRange(other._all));
    }

    /// <summary>Whether a tool belongs to it.</summary>
    /// <param name="id">The tool's id.</param>
    /// <returns>Whether it does.</returns>
    public bool Includes(ToolId id) => IsAll || IncludesText(id.ToString());

    /// <summary>Whether tools of a source can belong to it.</summary>
    /// <param name="source">The source's id.</param>
    /// <returns><see langword="false"/> when none can, whatever their names.</returns>
    public bool MayInclude(string source) => _all.All(any => any.Any(pattern => pattern.MayMatch(source)));

    /// <inheritdoc/>
    public bool Equals(ToolSubset? other) => other is not null && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ToolSubset);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => IsAll ? "*" : _text;

    private bool IncludesText(string id) => _all.All(any => any.Any(pattern => pattern.Matches(id)));
}
