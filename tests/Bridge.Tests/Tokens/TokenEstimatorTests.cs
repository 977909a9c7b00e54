using Bridge.Tokens;
using Microsoft.Extensions.AI;

namespace Bridge.Tests.Tokens;

public sealed class TokenEstimatorTests
{
    private static readonly ChatMessage[] s_messages = [new(ChatRole.User, "Add 2 to 3 using available tools.")];

    // The second number is what common tokenizers need for the text; the estimate is not to be below it.
    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("The quick brown fox jumps over the lazy dog.", 10, 20)]
    [InlineData("""{"type":"object","properties":{"a":{"type":"number"}}}""", 16, 40)]
    [InlineData("3.14159265358979", 10, 18)]
    [InlineData("Большой привет из Москвы", 8, 20)]
    [InlineData("天気はどうですか", 8, 14)]
    [InlineData("안녕하세요", 5, 10)]
    [InlineData("🙂🙂", 4, 8)]
    [InlineData("ไทย", 3, 6)]
    public void Estimate_Text_IsEnoughAndNotAbsurd(string text, int least, int most)
    {
        TokenCount count = new TokenEstimator().Estimate(text);

        count.Tokens.Should().BeInRange(least, most);
        count.IsEstimate.Should().BeTrue();
        count.ToString().Should().EndWith("(estimated)");
    }

    [Fact]
    public void ToString_CountedTokens_DoNotClaimToBeEstimated() => new TokenCount(5, IsEstimate: false).ToString().Should().Be("5");

    [Fact]
    public void Estimate_Request_CountsEverythingThatIsSent()
    {
        var estimator = new TokenEstimator();
        AITool tool = AIFunctionFactory.Create((int a) => a, "add", "Adds.");
        AIContent[] contents =
        [
            new TextContent("text"), new FunctionCallContent("1", "add", new Dictionary<string, object?> { ["a"] = 2 }),
            new FunctionResultContent("1", "five"), new FunctionResultContent("2", new AIContent[] { new TextContent("five") }),
            new DataContent(new byte[] { 1 }, "image/png"), new DataContent(new byte[] { 1 }, "audio/wav"),
        ];
        int before = 0;
        for (int i = 0; i <= contents.Length; i++)
        {
            int now = estimator.Estimate([new ChatMessage(ChatRole.User, contents[..i])]).Tokens;
            now.Should().BeGreaterThan(before);
            before = now;
        }

        estimator.Estimate(s_messages, [tool]).Tokens.Should().BeGreaterThan(estimator.Estimate(s_messages).Tokens + 16);
        estimator.Estimate([new ChatMessage(ChatRole.Assistant, [new TextReasoningContent("long thoughts")])]).Tokens
            .Should().Be(estimator.Estimate([new ChatMessage(ChatRole.Assistant, [])]).Tokens);
    }

    [Fact]
    public void Observe_MoreThanEstimated_CorrectsAtOnce()
    {
        var estimator = new TokenEstimator();
        int before = estimator.Estimate(s_messages).Tokens;

        estimator.Observe(s_messages, null, before * 2);

        estimator.Estimate(s_messages).Tokens.Should().Be(before * 2);
        estimator.Observe(s_messages, null, before * 100);
        estimator.Correction.Should().Be(4);
    }

    [Fact]
    public void Observe_LessThanEstimated_CorrectsSlowly()
    {
        var estimator = new TokenEstimator();
        int before = estimator.Estimate(s_messages).Tokens;

        estimator.Observe(s_messages, null, (long)(before * 0.6));
        estimator.Correction.Should().BeInRange(0.9, 0.99);
        for (int i = 0; i < 200; i++)
        {
            estimator.Observe(s_messages, null, (long)(before * 0.4));
        }

        estimator.Correction.Should().Be(0.5);
    }

    [Fact]
    public void Observe_OnlyWhatWasNotCached_IsNotBelieved()
    {
        var estimator = new TokenEstimator();
        estimator.Observe(s_messages, null, 1);
        estimator.Correction.Should().Be(1);
    }
}
