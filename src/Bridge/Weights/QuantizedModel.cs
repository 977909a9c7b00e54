namespace Bridge.Weights;

/// <summary>A linear model whose weights are a byte each. Immutable.</summary>
internal sealed class QuantizedModel : IFeatureModel
{
    private readonly sbyte[] _weights;
    private readonly float _scale;

    /// <summary>Makes a model.</summary>
    /// <param name="weights">The weights in steps; their count is a power of two.</param>
    /// <param name="scale">The size of a step.</param>
    public QuantizedModel(sbyte[] weights, float scale)
    {
        _weights = weights;
        _scale = scale;
    }

    /// <summary>The weights, to learn on from.</summary>
    public float[] ToWeights() => [.. _weights.Select(weight => weight * _scale)];

    /// <inheritdoc/>
    public double Score(ReadOnlySpan<uint> features)
    {
        int sum = 0;
        uint mask = (uint)_weights.Length - 1;
        foreach (uint feature in features)
        {
            sum += _weights[feature & mask];
        }

        return sum * (double)_scale;
    }
}
