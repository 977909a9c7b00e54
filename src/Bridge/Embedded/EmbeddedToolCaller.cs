using System.Buffers;
using System.Collections.Immutable;
using Bridge.Calling;
using Bridge.Extraction;
using Bridge.Prompts;
using Bridge.Reading;
using Bridge.Shortlisting;
using Bridge.Slots;
using Bridge.Tools;
using Bridge.Weights;

namespace Bridge.Embedded;

/// <summary>The tool caller that ships with Bridge: no download, no language model. A learned extractor chooses the tool, and each argument among the parts of the prompt.</summary>
/// <remarks>Every proposal is valid by construction, every argument has its evidence, and a text that asks for no tool is answered by no call.</remarks>
public sealed class EmbeddedToolCaller : IToolCaller
{
    /// <summary>So many tools are looked at closely; their words alone rule out the others.</summary>
    private const int MaxTools = 10;

    private const float SynonymWeight = 0.4f;

    private readonly ImmutableArray<ICandidateScanner> _scanners;
    private readonly Lazy<ExtractorWeights> _weights; // unpacked when first asked: most starts of a program ask nothing

    /// <summary>Makes the caller with the weights that ship with Bridge.</summary>
    /// <param name="clock">Says what day <c>tomorrow</c> is.</param>
    public EmbeddedToolCaller(TimeProvider clock)
        : this(clock, ExtractorWeights.Shipped)
    {
    }

    internal EmbeddedToolCaller(TimeProvider clock, Lazy<ExtractorWeights> weights)
    {
        _scanners = RequestReading.Scanners(clock);
        _weights = weights;
    }

    /// <inheritdoc/>
    public CallerCapabilities Capabilities { get; } = new() { Deterministic = true };

    /// <inheritdoc/>
    public Task<Proposal> ProposeAsync(ProposalRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        ImmutableArray<Tool> tools = request.Shortlist.ToolArray;
        return Task.FromResult(tools.IsEmpty || request.Choice.Mode == ToolChoiceMode.None || request.MaxCalls < 1
            ? Proposal.NoCall with { Confidence = 1, Explanation = "There is no tool that may be called." }
            : new ConfidenceScale(_weights.Value.Confidence).Apply(Propose(request, tools)));
    }

    private Proposal Propose(ProposalRequest request, ImmutableArray<Tool> tools)
    {
        RequestReading reading = RequestReading.Read(request.Prompt.UserText, _scanners);
        var facts = new TextFacts(reading);
        ExtractorWeights weights = _weights.Value;
        var extractor = new Extractor(weights.Options);
        ImmutableArray<OpenTool> open =
            [.. Likeliest(request.Prompt, reading.Text, tools).Select(place => extractor.Open(reading, facts, ToolCard.Of(tools[place])))];
        var whole = ToolShares.Weigh(weights.Tools, weights.Rarity, reading, [.. open.Select(tool => tool.Fill(part: null))], part: null);
        if (whole.None > 0.5 && request.Choice.Mode == ToolChoiceMode.Auto)
        {
            string nearest = whole.Tools[whole.Best].Card.Tool.Id.Name;
            return Proposal.NoCall with { Confidence = whole.None, Explanation = $"No tool fits the text well; the nearest is '{nearest}'." };
        }

        return Write(request.Shortlist, reading, Plan(weights, reading, whole, (part, place) => open[place].Fill(part)));
    }

    private static List<PlannedCall> Plan(ExtractorWeights weights, RequestReading reading, ToolShares whole, Func<TextPart, int, FilledTool> fill)
    {
        var several = new SeveralCalls(weights);
        FoundCalls found = several.Find(reading, whole, fill);
        if (found.Calls.Count > 1 && several.ShareOf(reading, whole, found) > 0.5)
        {
            List<PlannedCall> calls = [.. found.Calls.Select(PlannedCall.Of).Where(call => call.Arguments is not null)];
            if (calls.Count > 1)
            {
                return calls;
            }
        }

        FilledTool best = whole.Tools[whole.Best];
        return [PlannedCall.Of(new FoundCall(best, [.. best.Options], whole.Shares[whole.Best]))];
    }

    private static Proposal Write(Shortlist shortlist, RequestReading reading, List<PlannedCall> calls)
    {
        if (calls.Find(call => call.Arguments is null) is { } blocked)
        {
            return Proposal.NoCall with { Confidence = 1, Explanation = blocked.Obstacle };
        }

        return new Proposal
        {
            Calls = [.. calls.Select(call => new ProposedCall(WireNameOf(shortlist, call.Found.Filled.Card.Tool), call.Arguments!.Json)
            {
                Confidence = call.Found.Share,
                ArgumentConfidence = call.ArgumentConfidence(),
                Evidence = call.Evidence(reading.Text),
            })],
            Confidence = calls.Min(call => call.Found.Share),
        };
    }

    private static string WireNameOf(Shortlist shortlist, Tool tool) => shortlist.Tools.First(listed => ReferenceEquals(listed.Tool, tool)).WireName;

    // The places of the tools whose words fit best, in catalog order. One may be meant by what the user means and does not say: 'add' for a tool that returns a sum.
    private static int[] Likeliest(Prompt prompt, RequestText text, ImmutableArray<Tool> tools)
    {
        if (tools.Length <= MaxTools)
        {
            return [.. Enumerable.Range(0, tools.Length)];
        }

        int[] best = new int[MaxTools];
        float[] rented = ArrayPool<float>.Shared.Rent(tools.Length);
        Span<float> scores = rented.AsSpan(0, tools.Length);
        scores.Clear();
        var index = Bm25Index.For(tools);
        PromptQuery.AddScores(index, prompt, scores);
        string synonyms = string.Join(' ', text.Words.Where(word => word.IsContent).SelectMany(word => Concepts.Synonyms(word.Stem)).Distinct());
        index.AddScores(synonyms, SynonymWeight, scores);
        Bm25Index.PickBest(scores, best);
        ArrayPool<float>.Shared.Return(rented);
        return best;
    }
}
