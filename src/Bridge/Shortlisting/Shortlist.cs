using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Bridge.Tools;

namespace Bridge.Shortlisting;

/// <summary>The few tools a tool caller sees, in catalog order. Immutable, and the same instance for the same tools where that is cheap to know.</summary>
public sealed class Shortlist
{
    private static readonly ConditionalWeakTable<Tool[], Shortlist> s_known = [];

    private readonly FrozenDictionary<string, ShortlistedTool> _byWireName;

    /// <summary>Makes a shortlist.</summary>
    /// <param name="tools">The tools in catalog order, wire names unique.</param>
    public Shortlist(ImmutableArray<ShortlistedTool> tools)
        : this(tools, [.. tools.Select(tool => tool.Tool)])
    {
    }

    private Shortlist(ImmutableArray<ShortlistedTool> tools, ImmutableArray<Tool> plain)
    {
        Tools = tools;
        ToolArray = plain;
        _byWireName = tools.ToFrozenDictionary(tool => tool.WireName, StringComparer.Ordinal);
    }

    /// <summary>Makes a shortlist, giving every tool its wire name: bare where unique, else <c>source__name</c>.</summary>
    /// <param name="tools">The tools in catalog order.</param>
    /// <returns>The shortlist; the same instance for the same array.</returns>
    public static Shortlist Of(ImmutableArray<Tool> tools) =>
        s_known.GetValue(ImmutableCollectionsMarshal.AsArray(tools)!, static array => Name(ImmutableCollectionsMarshal.AsImmutableArray(array)));

    /// <summary>The tools in catalog order.</summary>
    public ImmutableArray<ShortlistedTool> Tools { get; }

    /// <summary>The tools without their names: one array, so that what is made from it is made once.</summary>
    internal ImmutableArray<Tool> ToolArray { get; }

    /// <summary>Finds a tool by the name a model was shown.</summary>
    /// <param name="wireName">The name, exactly.</param>
    /// <returns>The tool; <see langword="null"/> when the model made the name up.</returns>
    public Tool? Find(string wireName) => _byWireName.GetValueOrDefault(wireName)?.Tool;

    private static Shortlist Name(ImmutableArray<Tool> tools)
    {
        ImmutableArray<string> names = WireNames.Of(tools);
        return new Shortlist([.. tools.Select((tool, i) => new ShortlistedTool(tool, names[i]))], tools);
    }
}

/// <summary>A tool under the name a model sees.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="WireName">The name, <c>[A-Za-z0-9_-]{1,64}</c>, unique in its shortlist.</param>
public sealed record ShortlistedTool(Tool Tool, string WireName);
