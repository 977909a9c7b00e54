using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Bridge.Mcp.Messages;
using Bridge.Tools;

namespace Bridge.Mcp.Mirroring;

/// <summary>The parameters of a tool that headers repeat (<c>x-mcp-header</c> of 2026-07-28), so that who stands between need not read messages. Immutable.</summary>
internal sealed class MirroredParameters
{
    private static readonly ConditionalWeakTable<Tool, MirroredParameters> s_known = [];
    private static readonly MirroredParameters s_none = new([]);

    private readonly ImmutableArray<MirroredParameter> _parameters;

    private MirroredParameters(ImmutableArray<MirroredParameter> parameters) => _parameters = parameters;

    /// <summary>Whether there are none, as for nearly every tool.</summary>
    public bool IsEmpty => _parameters.IsEmpty;

    /// <summary>Those of a tool, read once.</summary>
    /// <param name="tool">The tool; one with annotations that are not allowed has none.</param>
    public static MirroredParameters Of(Tool tool) => s_known.GetValue(tool, static tool => Of(tool.InputSchema));

    /// <summary>Those of an input schema; one with annotations that are not allowed has none.</summary>
    /// <param name="schema">The schema.</param>
    public static MirroredParameters Of(JsonElement schema) =>
        new MirroringReader().Read(schema, out ImmutableArray<MirroredParameter> found) is null && !found.IsEmpty ? new MirroredParameters(found) : s_none;

    /// <summary>The headers of a call.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <returns>Every name, with its value as a header holds it, or <see langword="null"/> where the call has no such header.</returns>
    public IReadOnlyList<KeyValuePair<string, string?>> Headers(JsonElement arguments) =>
        [.. _parameters.Select(parameter => KeyValuePair.Create(parameter.Header, parameter.TextOf(arguments) is { } text ? HeaderText.Encode(text) : null))];

    /// <summary>Holds the headers of a call against its arguments.</summary>
    /// <param name="arguments">The arguments; undefined for none.</param>
    /// <param name="headers">The headers that came, by name.</param>
    /// <exception cref="RpcException">They say something else, or not all.</exception>
    public void Check(JsonElement arguments, Func<string, IReadOnlyList<string?>> headers)
    {
        foreach (MirroredParameter parameter in _parameters)
        {
            if (parameter.Check(arguments, headers(parameter.Header)) is { } wrong)
            {
                throw new RpcException(RpcCodes.HeaderMismatch, wrong);
            }
        }
    }
}
