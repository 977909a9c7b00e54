namespace Bridge.Weights;

/// <summary>A linear model over hashed features.</summary>
internal interface IFeatureModel
{
    /// <summary>Scores features.</summary>
    /// <param name="features">The features.</param>
    /// <returns>The sum of their weights.</returns>
    double Score(ReadOnlySpan<uint> features);
}
