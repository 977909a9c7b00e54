using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using Bridge.Calling;
using Bridge.Profiles;
using Bridge.Prompts;
using Bridge.Shortlisting;
using Bridge.Tools;

namespace Bridge.Proposing;

/// <summary>How many tools a caller is shown: all where they fit, else the best, in catalog order so that common beginnings stay cached.</summary>
/// <remarks>Tokens are estimated generously (three bytes each): the caller itself counts again, and refuses what does not fit.</remarks>
internal sealed class ToolBudget(IShortlister shortlister)
{
    private const int BytesPerToken = 3;
    private const int TokensPerTool = 16;

    public async ValueTask<Shortlist> FitAsync(
        Prompt prompt, ImmutableArray<Tool> tools, CallerCapabilities capabilities, ModelProfile profile, CancellationToken cancellationToken)
    {
        int most = Math.Min(profile.MaxTools ?? int.MaxValue, capabilities.MaxTools ?? int.MaxValue);
        ImmutableArray<Tool> picked = tools.Length <= most
            ? tools
            : await shortlister.PickAsync(prompt, tools, most, cancellationToken).ConfigureAwait(false);
        if ((profile.ContextTokens ?? capabilities.ContextTokens) is { } context)
        {
            long available = Math.Max(0, context - profile.OutputTokens - TokensOf(prompt));
            for (long needed = TokensOf(picked); needed > available && picked.Length > 1; needed = TokensOf(picked))
            {
                int fewer = (int)Math.Clamp(picked.Length * available / needed, 1, picked.Length - 1);
                picked = await shortlister.PickAsync(prompt, tools, fewer, cancellationToken).ConfigureAwait(false);
            }
        }

        return Shortlist.Of(picked);
    }

    private static long TokensOf(Prompt prompt)
    {
        long bytes = 0;
        foreach (PromptMessage message in prompt.Messages)
        {
            bytes += Encoding.UTF8.GetByteCount(message.Text);
        }

        return bytes / BytesPerToken;
    }

    private static long TokensOf(ImmutableArray<Tool> tools)
    {
        long tokens = 0;
        foreach (Tool tool in tools)
        {
            int bytes = tool.Id.Name.Length + Encoding.UTF8.GetByteCount(tool.Description)
                + JsonMarshal.GetRawUtf8Value(tool.InputSchema).Length;
            tokens += (bytes / BytesPerToken) + TokensPerTool;
        }

        return tokens;
    }
}
