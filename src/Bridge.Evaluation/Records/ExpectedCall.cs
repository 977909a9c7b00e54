using System.Collections.Immutable;
using System.Text.Json;

namespace Bridge.Evaluation.Records;

/// <summary>A call that is right.</summary>
/// <param name="Name">The tool's name.</param>
/// <param name="Arguments">Its arguments, in the order written.</param>
public sealed record ExpectedCall(string Name, ImmutableArray<ExpectedArgument> Arguments);

/// <summary>An argument of an expected call.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Accepted">The values that are right; an empty string among them allows the argument to be left out.</param>
public sealed record ExpectedArgument(string Name, ImmutableArray<JsonElement> Accepted);
