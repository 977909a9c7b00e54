namespace Bridge.Shortlisting;

/// <summary>What a ranker learned of one feature.</summary>
/// <param name="Name">The feature's name.</param>
/// <param name="Mean">Its mean over the training rows.</param>
/// <param name="Spread">Its standard deviation there, above zero.</param>
/// <param name="Weight">What it adds to the score for each standard deviation above the mean.</param>
internal readonly record struct RankWeight(string Name, float Mean, float Spread, float Weight);
