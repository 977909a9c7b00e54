using Bridge.Shortlisting;

namespace Bridge.Tests.Shortlisting;

public sealed class TopScoresTests
{
    [Fact]
    public void Pick_ManyScores_IsWhatSortingGives()
    {
        var random = new Random(5);
        for (int round = 0; round < 200; round++)
        {
            // Few different values, so that many are equal.
            float[] scores = [.. Enumerable.Range(0, random.Next(1, 60)).Select(_ => (float)random.Next(8))];
            int[] picked = new int[random.Next(scores.Length + 1)];

            TopScores.Pick(scores, picked);

            picked.Should().Equal(Enumerable.Range(0, scores.Length).OrderByDescending(place => scores[place]).Take(picked.Length).Order());
        }
    }
}
