namespace Bridge.Llama.Inference;

/// <summary>What an engine has done since it began.</summary>
/// <param name="Prompts">The prompts that were begun.</param>
/// <param name="PromptTokens">Their tokens.</param>
/// <param name="SharedTokens">Those of them that did not have to be computed, since others began alike.</param>
/// <param name="Batches">The batches that were computed.</param>
/// <param name="ComputedTokens">The tokens in them.</param>
/// <param name="Active">The prompts that are running.</param>
/// <param name="Waiting">The prompts that wait.</param>
public sealed record EngineStatistics(
    long Prompts, long PromptTokens, long SharedTokens, long Batches, long ComputedTokens, int Active, int Waiting)
{
    /// <summary>The share of the prompts' tokens that did not have to be computed, 0 to 1.</summary>
    public double HitRate => PromptTokens == 0 ? 0 : (double)SharedTokens / PromptTokens;
}
