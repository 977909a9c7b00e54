using Bridge.Weights;

namespace Bridge.Training.Fitting;

/// <summary>A linear model over hashed features while it learns: AdaGrad (Duchi, Hazan and Singer 2011), a rate for each weight.</summary>
internal sealed class TrainableModel : IFeatureModel
{
    // As if so much had been seen already, so that what is learned on from moves slowly. With 1 in its place own records gained as much, and others lost more.
    private const float Experience = 100;

    private readonly float[]? _start;
    private readonly float[] _weights;
    private readonly float[] _squares;
    private readonly uint _mask;

    /// <summary>Makes a model that knows nothing.</summary>
    /// <param name="bits">The logarithm of the number of weights.</param>
    public TrainableModel(int bits)
    {
        _weights = new float[1 << bits];
        _squares = new float[1 << bits];
        _mask = (uint)_weights.Length - 1;
    }

    /// <summary>Makes a model that learns on from what it knows, and is pulled back to that where examples say nothing.</summary>
    /// <param name="start">What it knows.</param>
    public TrainableModel(QuantizedModel start)
    {
        _start = start.ToWeights();
        _weights = [.. _start];
        _squares = new float[_weights.Length];
        Array.Fill(_squares, Experience);
        _mask = (uint)_weights.Length - 1;
    }

    /// <inheritdoc/>
    public double Score(ReadOnlySpan<uint> features)
    {
        double sum = 0;
        foreach (uint feature in features)
        {
            sum += _weights[feature & _mask];
        }

        return sum;
    }

    /// <summary>Moves the weights of features.</summary>
    /// <param name="features">The features.</param>
    /// <param name="gradient">The gradient of the loss by the score.</param>
    /// <param name="rate">The rate of learning.</param>
    /// <param name="decay">How strongly weights are pulled to where they began: zero, where nothing was known.</param>
    public void Move(ReadOnlySpan<uint> features, double gradient, double rate, double decay)
    {
        foreach (uint feature in features)
        {
            uint at = feature & _mask;
            double slope = gradient + (decay * (_weights[at] - (_start?[at] ?? 0)));
            _squares[at] += (float)(slope * slope);
            _weights[at] -= (float)(rate * slope / (Math.Sqrt(_squares[at]) + 1e-6));
        }
    }

    /// <summary>The weights, a byte each.</summary>
    /// <returns>The weights in steps, and the size of a step.</returns>
    public (sbyte[] Weights, float Scale) Quantize()
    {
        float scale = Math.Max(_weights.Max(Math.Abs), 1e-6f) / sbyte.MaxValue;
        return ([.. _weights.Select(weight => (sbyte)Math.Clamp(MathF.Round(weight / scale), -sbyte.MaxValue, sbyte.MaxValue))], scale);
    }
}
