using Microsoft.Extensions.AI;

namespace Bridge.Tokens;

/// <summary>Estimates the tokens of requests to one model, corrected by the usage its server reports. Thread-safe.</summary>
public sealed class TokenEstimator
{
    private const int PerMessage = 8;    // role and separators of a chat template
    private const int PerTool = 16;      // the wrapping a chat template puts around a tool
    private const int PerImage = 1600;
    private const double Floor = 0.5;
    private const double Ceiling = 4;

    // Below this, the server has counted only what was not in its cache.
    private const double Implausible = 0.3;

    private readonly Lock _gate = new();
    private double _factor = 1;

    /// <summary>By how much estimates are multiplied: 1 until usage was reported.</summary>
    public double Correction
    {
        get
        {
            lock (_gate)
            {
                return _factor;
            }
        }
    }

    /// <summary>Estimates a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Rather too many tokens than too few.</returns>
    public TokenCount Estimate(string text) => Corrected(TextTokens.Estimate(text));

    /// <summary>Estimates a request.</summary>
    /// <param name="messages">Its messages.</param>
    /// <param name="tools">Its tools, where they are sent beside the messages.</param>
    /// <returns>Rather too many tokens than too few.</returns>
    public TokenCount Estimate(IEnumerable<ChatMessage> messages, IEnumerable<AITool>? tools = null) =>
        Corrected(Count(messages, tools));

    /// <summary>Learns from what a server counted: more than estimated at once, less only slowly.</summary>
    /// <param name="messages">The messages that were sent.</param>
    /// <param name="tools">The tools that were sent beside them.</param>
    /// <param name="reported">The tokens the server read.</param>
    public void Observe(IEnumerable<ChatMessage> messages, IEnumerable<AITool>? tools, long reported)
    {
        double ratio = reported / (double)Math.Max(1, Count(messages, tools));
        if (ratio < Implausible)
        {
            return;
        }

        lock (_gate)
        {
            double next = ratio > _factor ? ratio : (0.9 * _factor) + (0.1 * ratio);
            _factor = Math.Clamp(next, Floor, Ceiling);
        }
    }

    private static int Count(IEnumerable<ChatMessage> messages, IEnumerable<AITool>? tools)
    {
        int sum = 0;
        foreach (ChatMessage message in messages)
        {
            sum += PerMessage + message.Contents.Sum(Count);
        }

        foreach (AITool tool in tools ?? [])
        {
            sum += PerTool + TextTokens.Estimate(tool.Name) + TextTokens.Estimate(tool.Description);
            sum += tool is AIFunctionDeclaration function ? TextTokens.Estimate(function.JsonSchema.GetRawText()) : 0;
        }

        return sum;
    }

    private static int Count(AIContent content) => content switch
    {
        TextContent text => TextTokens.Estimate(text.Text),
        TextReasoningContent => 0, // not sent again
        FunctionCallContent call => PerTool + TextTokens.Estimate(call.Name)
            + (call.Arguments?.Sum(argument => 2 + TextTokens.Estimate(argument.Key) + TextTokens.Estimate($"{argument.Value}")) ?? 0),
        FunctionResultContent { Result: IEnumerable<AIContent> parts } => PerTool + parts.Sum(Count),
        FunctionResultContent result => PerTool + TextTokens.Estimate($"{result.Result}"),
        DataContent data when data.HasTopLevelMediaType("image") => PerImage,
        _ => PerTool,
    };

    private TokenCount Corrected(int tokens) => new((int)Math.Min(int.MaxValue, Math.Ceiling(tokens * Correction)), IsEstimate: true);
}
