using System.Collections.Immutable;
using Bridge.Configuration;

namespace Bridge.Http.Hosting;

/// <summary>Whether the HTTP faces may start.</summary>
/// <param name="Problems">What forbids it.</param>
/// <param name="Warnings">What a person should know, a sentence each.</param>
public sealed record StartVerdict(ImmutableArray<ConfigProblem> Problems, ImmutableArray<string> Warnings);
