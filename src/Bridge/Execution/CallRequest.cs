using System.Collections.Immutable;
using Bridge.Catalog;
using Bridge.Tools;

namespace Bridge.Execution;

/// <summary>A call at the door: not trusted, whoever brings it.</summary>
/// <param name="Id">The call's id, unique within its prompt.</param>
/// <param name="Entry">The tool and its source.</param>
/// <param name="Arguments">The arguments as they came: UTF-8, supposedly a JSON object.</param>
public sealed record CallRequest(string Id, CatalogEntry Entry, ReadOnlyMemory<byte> Arguments)
{
    /// <summary>Where the call comes from, for policy and audit.</summary>
    public CallOrigin Origin { get; init; }

    /// <summary>The tool caller that proposed it; <see langword="null"/> when a person or a client wrote it.</summary>
    public string? Caller { get; init; }

    /// <summary>How sure the tool caller was; <see langword="null"/> when it does not say.</summary>
    public double? Confidence { get; init; }

    /// <summary>Whether lossless repairs are allowed.</summary>
    public bool AllowRepair { get; init; }

    /// <summary>What was repaired in the arguments before they came here, a sentence each.</summary>
    public ImmutableArray<string> Repairs { get; init; } = [];
}
