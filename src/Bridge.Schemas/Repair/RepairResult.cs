using System.Collections.Immutable;
using System.Text.Json;

namespace Bridge.Schemas.Repair;

/// <summary>An instance after repair.</summary>
/// <param name="Instance">The instance; the one that came in when <paramref name="Repairs"/> is empty.</param>
/// <param name="Repairs">What was changed, a sentence each, in document order.</param>
public sealed record RepairResult(JsonElement Instance, ImmutableArray<string> Repairs);
