using System.Collections.Immutable;
using System.Text.Json;

namespace Bridge.Schemas.Compilation;

/// <summary>How a schema is read.</summary>
public sealed record SchemaOptions
{
    /// <summary>What the standard says: <c>format</c> only annotates, and names that differ in case are different names.</summary>
    public static SchemaOptions Standard { get; } = new();

    /// <summary>What tools want: formats are asserted, and a name that differs from a declared one only in case is refused.</summary>
    public static SchemaOptions ForTools { get; } = new() { AssertFormat = true, RefuseCaseVariants = true };

    /// <summary>Whether <c>format</c> is checked. The default is <see langword="false"/>, as the standard has it.</summary>
    /// <remarks>Checked are date, date-time, time, duration, email, hostname, ipv4, ipv6, uri, uuid and regex; others pass.</remarks>
    public bool AssertFormat { get; init; }

    /// <summary>Whether a member whose name differs from a declared one only in case is an error. The default is <see langword="false"/>.</summary>
    public bool RefuseCaseVariants { get; init; }

    /// <summary>Other schemas that references may lead to, by absolute URI. The default is none; nothing is ever fetched.</summary>
    public ImmutableDictionary<string, JsonElement> Documents { get; init; } = ImmutableDictionary<string, JsonElement>.Empty;
}
