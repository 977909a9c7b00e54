using System.Collections.Immutable;
using Bridge.Extraction;
using Bridge.Reading;
using Bridge.Weights;

namespace Bridge.Embedded;

/// <summary>How probable it is that a text, or a part of it, asks for each tool, or for none.</summary>
/// <param name="Tools">The tools with what was found for them.</param>
/// <param name="Shares">The probability of each, and of none, which stands last; they sum to 1.</param>
internal sealed record ToolShares(ImmutableArray<FilledTool> Tools, ImmutableArray<double> Shares)
{
    /// <summary>The probability that no tool is asked for.</summary>
    public double None => Shares[^1];

    /// <summary>The place of the likeliest tool; -1 when there are no tools.</summary>
    public int Best { get; } = Tools.IsEmpty ? -1 : Shares.IndexOf(Shares[..^1].Max());

    /// <summary>Weighs tools.</summary>
    /// <param name="model">The model for whole texts, or for parts.</param>
    /// <param name="rarity">How rare words are.</param>
    /// <param name="reading">The text.</param>
    /// <param name="tools">The tools.</param>
    /// <param name="part">The part of the text; <see langword="null"/> for the whole.</param>
    public static ToolShares Weigh(IFeatureModel model, Rarity rarity, RequestReading reading, ImmutableArray<FilledTool> tools, TextPart? part)
    {
        var features = new ToolFeatures(reading, rarity, tools, part);
        var list = new FeatureList<ToolSign>();
        double[] scores = new double[tools.Length + 1]; // none scores 0
        for (int i = 0; i < tools.Length; i++)
        {
            features.List(i, list);
            scores[i] = model.Score(list.Span);
        }

        double highest = scores.Max();
        double sum = scores.Sum(score => Math.Exp(score - highest));
        return new ToolShares(tools, [.. scores.Select(score => Math.Exp(score - highest) / sum)]);
    }
}
