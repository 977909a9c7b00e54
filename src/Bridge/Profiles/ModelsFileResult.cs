using System.Collections.Immutable;
using Bridge.Configuration;

namespace Bridge.Profiles;

/// <summary>What reading <c>models.json</c> gave.</summary>
/// <param name="Config">The configuration; <see langword="null"/> when anything is wrong with the file.</param>
/// <param name="Problems">Everything that is wrong with it.</param>
/// <param name="Text">The text that was read.</param>
public sealed record ModelsFileResult(ModelsConfig? Config, ImmutableArray<ConfigProblem> Problems, string Text);
