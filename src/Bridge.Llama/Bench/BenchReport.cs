namespace Bridge.Llama.Bench;

/// <summary>What the engine was measured to do.</summary>
/// <param name="Model">The model.</param>
/// <param name="Runtime">The library and where it computed.</param>
/// <param name="Calls">How many reference calls were written, each in every way.</param>
/// <param name="PromptTokens">The tokens of a prompt, on average.</param>
/// <param name="OwnTokens">Those of them that no prompt before had: what had to be read.</param>
/// <param name="CallTokens">The tokens of a call, on average.</param>
/// <param name="Costs">What batches of one prompt cost: what limits every way.</param>
/// <param name="Ways">The ways of writing, the first the one the others are held against.</param>
/// <param name="Throughput">Calls a second, one after the other and many at once.</param>
/// <param name="Drafts">How far guesses came true.</param>
/// <param name="Masks">What masks take.</param>
/// <param name="MemoryBytes">The memory that the model took, in bytes.</param>
public sealed record BenchReport(
    string Model,
    string Runtime,
    int Calls,
    double PromptTokens,
    double OwnTokens,
    double CallTokens,
    IReadOnlyList<BatchCost> Costs,
    IReadOnlyList<BenchWay> Ways,
    IReadOnlyList<BenchThroughput> Throughput,
    BenchDrafts Drafts,
    BenchMasks Masks,
    long MemoryBytes);

/// <summary>What a batch costs.</summary>
/// <param name="Tokens">Its tokens, all of one prompt.</param>
/// <param name="Milliseconds">The median time.</param>
public sealed record BatchCost(int Tokens, double Milliseconds);

/// <summary>A way of writing calls.</summary>
/// <param name="Name">Its name.</param>
/// <param name="WritingMilliseconds">The mean time of a call whose prompt has been read.</param>
/// <param name="WholeMilliseconds">The mean time of a call with the reading of its question; its tools have been read.</param>
/// <param name="Batches">The batches of a call whose prompt has been read, on average.</param>
public sealed record BenchWay(string Name, double WritingMilliseconds, double WholeMilliseconds, double Batches);

/// <summary>Calls a second.</summary>
/// <param name="Way">The way of writing.</param>
/// <param name="AtOnce">How many prompts ran at once.</param>
/// <param name="CallsPerSecondAlone">One after the other.</param>
/// <param name="CallsPerSecondTogether">Many at once.</param>
/// <param name="TokensPerSecondTogether">Tokens of prompts and calls that were computed in a second, many at once.</param>
public sealed record BenchThroughput(string Way, int AtOnce, double CallsPerSecondAlone, double CallsPerSecondTogether, double TokensPerSecondTogether);

/// <summary>How far guesses came true: of reference calls, not of what a trained model writes.</summary>
/// <param name="Guessed">The tokens that were guessed.</param>
/// <param name="Accepted">Those that came true.</param>
public sealed record BenchDrafts(int Guessed, int Accepted);

/// <summary>What a mask takes, with the search for the best token under it.</summary>
/// <param name="Choices">The choices.</param>
/// <param name="ColdMicroseconds">The mean time when most masks had not been made.</param>
/// <param name="WarmMicroseconds">The mean time when all had.</param>
public sealed record BenchMasks(int Choices, double ColdMicroseconds, double WarmMicroseconds);
