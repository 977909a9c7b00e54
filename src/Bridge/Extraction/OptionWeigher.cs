using Bridge.Weights;

namespace Bridge.Extraction;

/// <summary>Weighs the options of one slot: what many of them have in common, such as the words before, is added up once.</summary>
internal sealed class OptionWeigher
{
    private readonly OptionFeatures _features;
    private readonly IFeatureModel _model;
    private readonly FeatureList<OptionSign> _list;
    private readonly Dictionary<uint, double> _kinds = [];
    private readonly double[] _before;
    private readonly double[] _after;
    private readonly double[] _inside;

    /// <summary>Prepares.</summary>
    /// <param name="features">What the model sees.</param>
    /// <param name="words">How many words the text has.</param>
    /// <param name="model">The model.</param>
    /// <param name="list">Room for features.</param>
    public OptionWeigher(OptionFeatures features, int words, IFeatureModel model, FeatureList<OptionSign> list)
    {
        (_features, _model, _list) = (features, model, list);
        _before = new double[words + 1];
        _after = new double[words + 1];
        _inside = new double[words + 1];
        Array.Fill(_before, double.NaN);
        Array.Fill(_after, double.NaN);
        for (int i = 0; i < words; i++)
        {
            list.Clear();
            features.AddInside(i, list);
            _inside[i + 1] = _inside[i] + model.Score(list.Span);
        }
    }

    /// <summary>Weighs an option.</summary>
    /// <returns>What the model gives for <see cref="OptionFeatures.Add"/>.</returns>
    public double Weigh(Option option)
    {
        double sum = WeighKind(option);
        if (!option.IsEvident)
        {
            return sum;
        }

        (int first, int behind) = _features.WordsOf(option);
        sum += WeighBefore(first) + WeighAfter(behind) + _inside[behind] - _inside[first];
        _list.Clear();
        _features.AddRun(option, first, behind, _list);
        return sum + _model.Score(_list.Span);
    }

    /// <summary>Weighs leaving the slot out.</summary>
    /// <param name="options">The options.</param>
    public double WeighOmission(List<Option> options)
    {
        _list.Clear();
        _features.AddOmission(options, _list);
        return _model.Score(_list.Span);
    }

    private double WeighKind(Option option)
    {
        uint kind = OptionFeatures.KindOf(option);
        if (!_kinds.TryGetValue(kind, out double sum))
        {
            _list.Clear();
            _features.AddKind(option, _list);
            sum = _model.Score(_list.Span);
            _kinds.Add(kind, sum);
        }

        return sum;
    }

    private double WeighBefore(int first)
    {
        if (double.IsNaN(_before[first]))
        {
            _list.Clear();
            _features.AddBefore(first, _list);
            _before[first] = _model.Score(_list.Span);
        }

        return _before[first];
    }

    private double WeighAfter(int behind)
    {
        if (double.IsNaN(_after[behind]))
        {
            _list.Clear();
            _features.AddAfter(behind, _list);
            _after[behind] = _model.Score(_list.Span);
        }

        return _after[behind];
    }
}
