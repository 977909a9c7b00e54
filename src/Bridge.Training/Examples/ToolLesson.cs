using System.Collections.Immutable;
using Bridge.Embedded;
using Bridge.Extraction;
using Bridge.Reading;
using Bridge.Training.Fitting;
using Bridge.Weights;

namespace Bridge.Training.Examples;

/// <summary>A text, or a part of it, with tools of which some are right, or none.</summary>
/// <param name="Tools">The tools.</param>
/// <param name="Part">The part; <see langword="null"/> for the whole text.</param>
/// <param name="Right">Whether each tool is right.</param>
internal sealed record ToolLesson(ImmutableArray<PreparedTool> Tools, TextPart? Part, ImmutableArray<bool> Right)
{
    /// <summary>Fills the tools as a model would.</summary>
    /// <param name="options">The model.</param>
    public ImmutableArray<FilledTool> Fill(IFeatureModel options) => [.. Tools.Select(tool => tool.Fill(options))];

    /// <summary>The question that it teaches.</summary>
    /// <param name="reading">The text.</param>
    /// <param name="rarity">How rare words are.</param>
    /// <param name="options">Fills the slots.</param>
    public Question Teach(RequestReading reading, Rarity rarity, IFeatureModel options)
    {
        ImmutableArray<FilledTool> filled = Fill(options);
        var features = new ToolFeatures(reading, rarity, filled, Part);
        var list = new FeatureList<ToolSign>();
        uint[][] lists = new uint[filled.Length + 1][];
        for (int i = 0; i < filled.Length; i++)
        {
            features.List(i, list);
            lists[i] = list.Span.ToArray();
        }

        lists[^1] = []; // no tool scores zero
        return new Question(lists, [.. Right, !Right.Contains(true)]);
    }
}
