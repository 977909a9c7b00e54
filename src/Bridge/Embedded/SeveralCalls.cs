using Bridge.Extraction;
using Bridge.Reading;
using Bridge.Weights;

namespace Bridge.Embedded;

/// <summary>Finds several calls in one text: part by part, then list by list.</summary>
/// <param name="weights">What was learned.</param>
internal sealed class SeveralCalls(ExtractorWeights weights)
{
    /// <summary>Finds the calls of a text, supposing that it asks for several.</summary>
    /// <param name="reading">The text.</param>
    /// <param name="whole">The tools by the whole text; not empty.</param>
    /// <param name="fill">Fills the tool at a place among the same tools for a part of the text.</param>
    public FoundCalls Find(RequestReading reading, ToolShares whole, Func<TextPart, int, FilledTool> fill)
    {
        List<TextPart> segments = CallSegments.Of(reading);
        var calls = new CallCollector(reading);
        var called = new HashSet<string>(StringComparer.Ordinal);
        var asking = new List<(TextPart Part, ToolShares Shares)>();
        foreach (TextPart part in segments.Count > 1 ? segments : [])
        {
            var shares = ToolShares.Weigh(weights.Parts, weights.Rarity, reading, [.. whole.Tools.Select((_, place) => fill(part, place))], part);
            if (shares.Shares[shares.Best] >= shares.None)
            {
                asking.Add((part, shares));
                called.Add(shares.Tools[shares.Best].Card.Tool.Id.ToString());
            }
        }

        // "Book a room in Paris. I prefer a suite": what asks for nothing belongs to what was asked before.
        List<TextPart> wide = CallSegments.Widen(segments, [.. asking.Select(one => one.Part)]);
        for (int i = 0; i < asking.Count; i++)
        {
            (TextPart part, ToolShares shares) = asking[i];
            calls.Add(wide[i] == part ? shares.Tools[shares.Best] : fill(wide[i], shares.Best), shares.Shares[shares.Best]);
        }

        if (calls.Calls.Count < 2)
        {
            calls = new CallCollector(reading);
            calls.Add(whole.Tools[whole.Best], whole.Shares[whole.Best]);
        }

        return new FoundCalls(calls.Calls, segments.Count, asking.Count, called.Count, calls.Listed);
    }

    /// <summary>The probability that a text asks for several calls.</summary>
    /// <param name="reading">The text.</param>
    /// <param name="whole">The tools by the whole text.</param>
    /// <param name="found">The calls it would become.</param>
    public double ShareOf(RequestReading reading, ToolShares whole, FoundCalls found)
    {
        var list = new FeatureList<SeveralSign>();
        SeveralFeatures.List(reading, whole.Tools, found, list);
        return 1 / (1 + Math.Exp(-weights.Several.Score(list.Span)));
    }
}
