using System.Collections.Immutable;
using Bridge.Tools;

namespace Bridge.Training.Ranking;

/// <summary>Tools, and what people asked of them.</summary>
/// <param name="Name">What the set is called.</param>
/// <param name="Tools">The tools.</param>
/// <param name="Queries">What was asked.</param>
public sealed record RankerSet(string Name, ImmutableArray<Tool> Tools, ImmutableArray<RankerQuery> Queries);

/// <summary>A text and the tools it is for.</summary>
/// <param name="Number">Which query of its set it is.</param>
/// <param name="Kind">The kind it is reported under.</param>
/// <param name="Text">The text.</param>
/// <param name="Relevant">The places of the tools it is for, at least one.</param>
public sealed record RankerQuery(int Number, string Kind, string Text, ImmutableArray<int> Relevant);
