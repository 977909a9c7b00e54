using System.Text.Json;
using Bridge.Tools;

namespace Bridge.Http.Contracts;

/// <summary>The answer of <c>GET /v1/tools</c> and of <c>bridge tools --json</c>.</summary>
public sealed record ToolListContract
{
    /// <summary>The tools that can be called, in catalog order.</summary>
    public required IReadOnlyList<ToolContract> Tools { get; init; }

    /// <summary>The tools that cannot be offered, and why.</summary>
    public IReadOnlyList<QuarantinedContract> Quarantined { get; init; } = [];

    /// <summary>How each source is.</summary>
    public IReadOnlyList<SourceContract> Sources { get; init; } = [];

    /// <summary>A text that changes whenever the list does.</summary>
    public string CatalogVersion { get; init; } = "";
}

/// <summary>A tool, as JSON.</summary>
/// <param name="Id">Its id, <c>SOURCE/NAME</c>.</param>
/// <param name="Source">Its source.</param>
/// <param name="Name">Its name as the source spells it.</param>
/// <param name="Description">What it does; empty when the source does not say.</param>
/// <param name="InputSchema">The JSON Schema of its arguments.</param>
public sealed record ToolContract(string Id, string Source, string Name, string Description, JsonElement InputSchema)
{
    /// <summary>A title for people; absent when the source gave none.</summary>
    public string? Title { get; init; }

    /// <summary>The JSON Schema of the structured result; absent when the source gave none.</summary>
    public JsonElement? OutputSchema { get; init; }

    /// <summary>What the source says about the tool's behaviour; absent when it says nothing.</summary>
    public AnnotationsContract? Annotations { get; init; }
}

/// <summary>What a source says about a tool's behaviour, as JSON; absent members were not said.</summary>
/// <param name="ReadOnly">The tool changes nothing.</param>
/// <param name="Destructive">The tool may destroy what is there.</param>
/// <param name="Idempotent">Calling again changes nothing more.</param>
/// <param name="OpenWorld">The tool reaches an open world.</param>
public sealed record AnnotationsContract(bool? ReadOnly, bool? Destructive, bool? Idempotent, bool? OpenWorld);

/// <summary>A tool that cannot be offered, as JSON.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Reason">Why.</param>
public sealed record QuarantinedContract(string Id, string Reason);

/// <summary>A source, as JSON.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">How it is.</param>
/// <param name="ToolCount">How many of its tools can be called.</param>
public sealed record SourceContract(string Id, SourceState State, int ToolCount)
{
    /// <summary>Why, and the cure; absent when the source is ready.</summary>
    public string? Detail { get; init; }
}
