using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Bridge.Slots;

/// <summary>A value that a schema or a description offers.</summary>
/// <param name="Value">The value.</param>
/// <param name="Spellings">The ways to say it, each as stems in order.</param>
internal sealed record Choice(JsonNode Value, ImmutableArray<ImmutableArray<string>> Spellings);
