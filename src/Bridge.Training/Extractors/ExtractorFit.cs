using Bridge.Embedded;
using Bridge.Evaluation.Records;
using Bridge.Training.Examples;
using Bridge.Training.Fitting;
using Bridge.Training.Records;
using Bridge.Weights;

namespace Bridge.Training.Extractors;

/// <summary>Teaches the four models of the embedded tool caller.</summary>
internal static class ExtractorFit
{
    private const int OptionBits = 20;
    private const int ToolBits = 19;
    private const int SeveralBits = 16;

    private static readonly FitPlan s_options = new(Rounds: 15, Rate: 0.05, Decay: 1e-6, Seed: 1);
    private static readonly FitPlan s_tools = new(Rounds: 10, Rate: 0.05, Decay: 1e-5, Seed: 3);
    private static readonly FitPlan s_several = new(Rounds: 20, Rate: 0.05, Decay: 1e-4, Seed: 9);

    /// <summary>Teaches.</summary>
    /// <param name="lessons">The lessons.</param>
    /// <param name="rarity">The table of <see cref="Rarity"/>.</param>
    /// <param name="start">What it learns on from; <see langword="null"/> to begin with nothing.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static TrainedExtractor Teach(IReadOnlyList<Lesson> lessons, byte[] rarity, ExtractorWeights? start, CancellationToken cancellationToken)
    {
        TrainableModel options = TeachOptions(lessons, start, cancellationToken);

        // What chooses tools must know how well arguments are found in a text never seen: each half is filled by what the other taught.
        TrainableModel[] halves =
        [
            TeachOptions([.. lessons.Where(lesson => lesson.Record.Half == 1)], start, cancellationToken),
            TeachOptions([.. lessons.Where(lesson => lesson.Record.Half == 0)], start, cancellationToken),
        ];
        var words = new Rarity(rarity);
        TrainableModel tools = Begin(start?.Tools, ToolBits);
        Fit.ToChoose(tools, Teach(lessons, halves, words, WholeTexts), s_tools, cancellationToken);
        TrainableModel parts = Begin(start?.Parts, ToolBits);
        Fit.ToChoose(parts, Teach(lessons, halves, words, lesson => lesson.Parts), s_tools, cancellationToken);
        TrainableModel several = Begin(start?.Several, SeveralBits);
        var weights = new ExtractorWeights(options, tools, parts, several, words);
        Fit.ToAnswer(several, lessons.Where(lesson => lesson.Record.Record.Check == EvalCheck.Calls && lesson.Offered is not null)
            .Select(lesson => (FeaturesOf(lesson, weights, halves[lesson.Record.Half]), lesson.Record.IsSeveral)), s_several, cancellationToken);
        return new TrainedExtractor(options, tools, parts, several, rarity);
    }

    private static TrainableModel Begin(IFeatureModel? start, int bits) => start is QuantizedModel known ? new TrainableModel(known) : new TrainableModel(bits);

    private static TrainableModel TeachOptions(IEnumerable<Lesson> lessons, ExtractorWeights? start, CancellationToken cancellationToken)
    {
        TrainableModel model = Begin(start?.Options, OptionBits);
        Fit.ToChoose(model, lessons.SelectMany(lesson => lesson.Slots), s_options, cancellationToken);
        return model;
    }

    // Composed texts all ask for a tool: they would teach that every text does.
    private static IEnumerable<ToolLesson> WholeTexts(Lesson lesson) =>
        lesson.Offered is { } offered && lesson.Record.Origin != Origin.Composed ? [offered, .. lesson.Variants] : lesson.Variants;

    private static IEnumerable<Question> Teach(IReadOnlyList<Lesson> lessons, TrainableModel[] halves, Rarity rarity, Func<Lesson, IEnumerable<ToolLesson>> of) =>
        from lesson in lessons
        from tools in of(lesson)
        select tools.Teach(lesson.Reading, rarity, halves[lesson.Record.Half]);

    private static uint[] FeaturesOf(Lesson lesson, ExtractorWeights weights, TrainableModel options)
    {
        var whole = ToolShares.Weigh(weights.Tools, weights.Rarity, lesson.Reading, lesson.Offered!.Fill(options), part: null);
        FoundCalls found = new SeveralCalls(weights).Find(lesson.Reading, whole, (part, place) => lesson.ToolsFor(part)[place].Fill(options));
        var list = new FeatureList<SeveralSign>();
        SeveralFeatures.List(lesson.Reading, whole.Tools, found, list);
        return list.Span.ToArray();
    }
}
