using System.Text;
using Bridge.Shortlisting;

namespace Bridge.Tests.Shortlisting;

public sealed class RankModelTests
{
    [Fact]
    public void Shipped_Weights_AreForTheFeaturesThatAreComputed()
    {
        RankModel.Shipped.Weights.Select(weight => weight.Name).Should().Equal(RankFeatures.Names).And.OnlyHaveUniqueItems();
        RankModel.Shipped.Weights.Should().AllSatisfy(weight =>
        {
            weight.Spread.Should().BePositive();
            weight.Weight.Should().BeInRange(-10, 10);
        });
        RankModel.Shipped.Weights.Should().Contain(weight => weight.Weight != 0);
    }

    [Fact]
    public void Score_FeatureFarOutOfRange_CountsNoMoreThanTheBound()
    {
        float[] row = [.. RankModel.Shipped.Weights.Select(weight => weight.Mean)];
        float usual = RankModel.Shipped.Score(row);
        float Score(float value) => RankModel.Shipped.Score([value, .. row[1..]]) - usual;

        usual.Should().BeApproximately(0, 0.01f);
        Score(1e6f).Should().Be(Score(1e9f)).And.NotBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"features":[{"name":"score"}]}""")]
    [InlineData("""{"features":[{"name":"score","mean":"x","spread":1,"weight":1}]}""")]
    [InlineData("""{"features":[{"name":"score","mean":0,"spread":1,"weight":1}]}""")]
    public void Read_NoModelOfThisVersion_SaysSo(string json) =>
        FluentActions.Invoking(() => RankModel.Read(Encoding.UTF8.GetBytes(json))).Should().Throw<InvalidDataException>().WithMessage("The ranker's weights*");
}
