using Bridge.Llama.Masks;

namespace Bridge.Llama.Tests.Masks;

public class TokenMaskTests
{
    private const int Vocabulary = 5003;

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(3000)]
    [InlineData(Vocabulary)]
    public void Mask_OfSomeTokens_ChoosesAndWeighsAsTheDefinitionDoes(int count)
    {
        var random = new Random(count);
        int[] all = [.. Enumerable.Range(0, Vocabulary)];
        random.Shuffle(all);
        int[] allowed = all[..count];
        float[] logits = [.. Enumerable.Range(0, Vocabulary).Select(_ => (float)(random.NextDouble() * 20))];
        var mask = new TokenMask(allowed, Vocabulary);

        int best = allowed.MaxBy(token => logits[token]);
        double sum = allowed.Sum(token => Math.Exp(logits[token] - logits[best]));

        mask.Count.Should().Be(count);
        mask.ToEnumerable().Should().Equal(allowed.Order());
        all[count..].Should().NotContain(token => mask.Allows(token));
        mask.Best(logits).Should().Be(best);
        foreach (int token in allowed.Take(20))
        {
            mask.LogProbability(logits, token, best).Should().BeApproximately(logits[token] - logits[best] - Math.Log(sum), 1e-4);
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(2000)]
    public void Draw_OverManyPoints_IsAsOftenAsLikely(int count)
    {
        float[] logits = [.. Enumerable.Range(0, Vocabulary).Select(token => token % 5 == 0 ? 3f : 0f)];
        int[] allowed = [.. Enumerable.Range(0, count)];
        var mask = new TokenMask(allowed, Vocabulary);
        double likely = allowed.Count(token => token % 5 == 0) * Math.Exp(3 / 0.7);
        double expected = likely / (likely + allowed.Count(token => token % 5 != 0));

        var random = new Random(3);
        int[] drawn = [.. Enumerable.Range(0, 20_000).Select(_ => mask.Draw(logits, 0.7, random.NextDouble()))];

        drawn.Should().OnlyContain(token => mask.Allows(token));
        (drawn.Count(token => token % 5 == 0) / 20_000.0).Should().BeApproximately(expected, 0.01);
    }
}
