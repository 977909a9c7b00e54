namespace Bridge.Architecture.Tests.Attacks;

/// <summary>One attack of <c>docs/security.md</c>.</summary>
/// <param name="Id">Its id, which the trait <c>Attack</c> of a test names.</param>
/// <param name="Attack">What is tried.</param>
/// <param name="Answer">What Bridge does; <see langword="null"/> where nothing shows it.</param>
/// <param name="Open">What no test shows, and why; <see langword="null"/> where all is shown.</param>
internal sealed record AttackCase(string Id, string Attack, string? Answer, string? Open = null);
