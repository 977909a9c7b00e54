using System.Collections.Immutable;

namespace Bridge.Llama.Runtimes;

/// <summary>Which native library is used, and why no better one.</summary>
/// <param name="Folder">The folder; <see langword="null"/> when there is none.</param>
/// <param name="Passed">Those that were passed over, the best first.</param>
public sealed record RuntimeChoice(RuntimeFolder? Folder, ImmutableArray<PassedRuntime> Passed);
