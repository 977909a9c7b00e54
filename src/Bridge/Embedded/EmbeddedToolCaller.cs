using System.Collections.Immutable;
using Bridge.Calling;
using Bridge.Prompts;
using Bridge.Shortlisting;
using Bridge.Tools;

namespace Bridge.Embedded;

/// <summary>The tool caller that ships with Bridge: no model, no download; it ranks tools by their words and fills arguments from the text.</summary>
public sealed class EmbeddedToolCaller : IToolCaller
{
    private const float SynonymWeight = 0.4f;

    private readonly ImmutableArray<ICandidateScanner> _scanners;
    private readonly CallPlanner _planner = new(new Assigner(Assigner.AllSources));
    private readonly SeveralCalls _several;

    /// <summary>Makes the caller.</summary>
    /// <param name="clock">Says what day <c>tomorrow</c> is.</param>
    public EmbeddedToolCaller(TimeProvider clock)
    {
        _scanners = RequestReading.Scanners(clock);
        _several = new SeveralCalls(_planner, _scanners);
    }

    /// <inheritdoc/>
    public CallerCapabilities Capabilities { get; } = new() { Deterministic = true };

    /// <inheritdoc/>
    public Task<Proposal> ProposeAsync(ProposalRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Propose(request));
    }

    private Proposal Propose(ProposalRequest request)
    {
        ImmutableArray<ShortlistedTool> shortlist = request.Shortlist.Tools;
        if (shortlist.IsEmpty || request.Choice.Mode == ToolChoiceMode.None || request.MaxCalls < 1)
        {
            return Proposal.NoCall with { Confidence = 1, Explanation = "There is no tool that may be called." };
        }

        ImmutableArray<Tool> tools = request.Shortlist.ToolArray;
        RequestReading reading = RequestReading.Read(request.Prompt.UserText, _scanners);
        int[] ranked = CallPlanner.Rank(tools, (index, scores) => AddScores(index, request.Prompt, reading.Text, scores.Span));
        List<PlannedCall> calls = _planner.Plan(reading, tools, ranked);
        PlannedCall best = calls[0];
        bool demanded = request.Choice.Mode != ToolChoiceMode.Auto;
        if (!best.IsCallable || (best.Confidence < Confidence.Threshold && !demanded))
        {
            return Refuse(calls, demanded);
        }

        List<PlannedCall> wanted = _several.Find(reading, tools, calls, ranked);
        return new Proposal
        {
            Calls = [.. wanted.Select(call => Write(request.Shortlist, call))],
            Confidence = wanted.Min(call => call.Confidence),
        };
    }

    // A tool may be looked at closely for what the user means and does not say: 'add' for a tool that returns a sum.
    private static void AddScores(Bm25Index index, Prompt prompt, RequestText text, Span<float> scores)
    {
        PromptQuery.AddScores(index, prompt, scores);
        string synonyms = string.Join(' ', text.Words.Where(word => word.IsContent).SelectMany(word => Concepts.Synonyms(word.Stem)).Distinct());
        index.AddScores(synonyms, SynonymWeight, scores);
    }

    private static Proposal Refuse(List<PlannedCall> calls, bool demanded)
    {
        PlannedCall likeliest = calls.MaxBy(call => call.Confidence)!;
        string explanation = !likeliest.IsCallable && (demanded || likeliest.Confidence >= Confidence.Threshold)
            ? likeliest.Obstacle
            : $"No tool fits the text well; the nearest is '{likeliest.Card.Tool.Id.Name}'.";
        return Proposal.NoCall with { Confidence = 1 - (likeliest.IsCallable ? likeliest.Confidence : 0), Explanation = explanation };
    }

    private static ProposedCall Write(Shortlist shortlist, PlannedCall call)
    {
        string wireName = shortlist.Tools.First(tool => ReferenceEquals(tool.Tool, call.Card.Tool)).WireName;
        return new ProposedCall(wireName, call.Arguments!.Value) { Confidence = call.Confidence };
    }
}
