using Bridge.Calling;
using Bridge.Outcomes;
using Bridge.Profiles;
using Bridge.Tokens;

namespace Bridge.ChatCalling;

/// <summary>Refuses requests that do not fit a model's context, before the server cuts them off without a word.</summary>
internal static class TokenBudget
{
    /// <exception cref="ToolCallerException">The request does not fit.</exception>
    public static void EnsureFits(ChatRequest request, TokenEstimator estimator, ModelName name, ModelProfile profile)
    {
        if (profile.ContextTokens is not { } context)
        {
            return;
        }

        TokenCount needed = estimator.Estimate(request.Messages, request.Options.Tools);
        int output = request.Options.MaxOutputTokens ?? profile.OutputTokens;
        long over = (long)needed.Tokens + output - context;
        if (over > 0)
        {
            throw new ToolCallerException(
                ReasonKind.ContextOverflow,
                $"The prompt with its tools takes {needed} tokens and {output} are kept for the answer: {over} more than the context of "
                + $"'{name}', which is {context}. Shorten the prompt, allow fewer tools, or raise 'contextTokens' in the model's profile.");
        }
    }
}
