using System.Collections.Immutable;

namespace Bridge.Profiles;

/// <summary>The profiles Bridge ships: small models measured as tool callers, with the attempts they needed on one RTX 3090.</summary>
/// <remarks>All of them now and then answer from memory instead of calling, hence <see cref="ModelProfile.RetryNoCall"/>.</remarks>
public static class BuiltInProfiles
{
    private const long Megabyte = 1_000_000;

    /// <summary>The profiles, best cost/benefit first.</summary>
    public static ImmutableArray<ModelProfile> All { get; } =
    [
        Measured("llama3-groq-tool-use*", rank: 1, attempts: 5, sizeMegabytes: 4700, memoryMegabytes: 5800),
        Measured("qwen2.5:0.5b*", rank: 2, attempts: 15, sizeMegabytes: 398, memoryMegabytes: 1000),
        Measured("qwen3:0.6b*", rank: 3, attempts: 8, sizeMegabytes: 523, memoryMegabytes: 1800),
        Measured("cogito:3b*", rank: 4, attempts: 5, sizeMegabytes: 2200, memoryMegabytes: 3400),
        Measured("hermes3:3b*", rank: 5, attempts: 50, sizeMegabytes: 2000, memoryMegabytes: 3400) with
        {
            TotalTimeout = TimeSpan.FromMinutes(4), // fifty attempts do not fit the usual two
        },
        Measured("llama3.2:3b*", rank: 6, attempts: 10, sizeMegabytes: 2000, memoryMegabytes: 3400),
    ];

    private static ModelProfile Measured(string match, int rank, int attempts, long sizeMegabytes, long memoryMegabytes) => new()
    {
        Match = match,
        Attempts = attempts,
        RetryNoCall = true,
        SizeBytes = sizeMegabytes * Megabyte,
        MemoryBytes = memoryMegabytes * Megabyte,
        Rank = rank,
    };
}
