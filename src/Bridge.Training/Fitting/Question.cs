namespace Bridge.Training.Fitting;

/// <summary>Something to choose among.</summary>
/// <param name="Features">The features of each; none for what scores zero by definition.</param>
/// <param name="Right">Whether each is right; several may be.</param>
internal sealed record Question(uint[][] Features, bool[] Right)
{
    /// <summary>Whether there is anything to learn: something right, and something wrong.</summary>
    public bool Teaches => Array.Exists(Right, right => right) && Array.Exists(Right, right => !right);
}
