using System.Buffers;
using System.Collections.Immutable;
using Bridge.Shortlisting;
using Bridge.Tools;

namespace Bridge.Embedded;

/// <summary>Works out a call for each of the best ranked tools.</summary>
/// <param name="assigner">Chooses arguments.</param>
internal sealed class CallPlanner(Assigner assigner)
{
    /// <summary>So many tools are looked at closely; the ranking alone rules out the others.</summary>
    private const int MaxTools = 10;

    /// <summary>Works out calls.</summary>
    /// <param name="reading">The text.</param>
    /// <param name="tools">The tools.</param>
    /// <param name="ranked">The places of the tools to look at, best ranked first or in catalog order.</param>
    /// <param name="whole">The calls of the whole text when this is a part of it: what the whole says of a tool counts for its parts.</param>
    /// <returns>The calls, the most probable that can be called first.</returns>
    public List<PlannedCall> Plan(RequestReading reading, ImmutableArray<Tool> tools, ReadOnlySpan<int> ranked, List<PlannedCall>? whole = null)
    {
        var calls = new List<PlannedCall>(ranked.Length);
        foreach (int place in ranked)
        {
            var card = ToolCard.Of(tools[place]);
            calls.Add(Plan(reading, card, whole?.Find(call => ReferenceEquals(call.Card, card))));
        }

        // Stable: of equals, the first in catalog order.
        return [.. calls.OrderByDescending(call => call.IsCallable).ThenByDescending(call => call.Confidence)];
    }

    /// <summary>Ranks tools.</summary>
    /// <param name="tools">The tools.</param>
    /// <param name="addScores">Adds the scores of what is asked.</param>
    /// <returns>The places of the best, in catalog order.</returns>
    public static int[] Rank(ImmutableArray<Tool> tools, Action<Bm25Index, Memory<float>> addScores)
    {
        int count = Math.Min(MaxTools, tools.Length);
        int[] best = new int[count];
        if (tools.Length <= MaxTools)
        {
            for (int i = 0; i < count; i++)
            {
                best[i] = i;
            }

            return best;
        }

        float[] scores = ArrayPool<float>.Shared.Rent(tools.Length);
        Memory<float> used = scores.AsMemory(0, tools.Length);
        used.Span.Clear();
        addScores(Bm25Index.For(tools), used);
        Bm25Index.PickBest(used.Span, best);
        ArrayPool<float>.Shared.Return(scores);
        return best;
    }

    private PlannedCall Plan(RequestReading reading, ToolCard card, PlannedCall? whole)
    {
        Assignment assignment = assigner.Assign(reading, card);
        ToolEvidence evidence = ToolEvidence.Weigh(reading, card, assignment).With(whole?.Evidence);
        double confidence = Confidence.Of(evidence);
        ReadOnlyMemory<byte>? arguments = assignment.IsComplete ? ArgumentWriter.Write(card.Tool.Schema, assignment.Chosen) : null;
        return new PlannedCall(card, assignment, confidence, arguments) { Evidence = evidence };
    }
}
