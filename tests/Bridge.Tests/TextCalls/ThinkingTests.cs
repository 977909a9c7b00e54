using Bridge.TextCalls;

namespace Bridge.Tests.TextCalls;

public sealed class ThinkingTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData(" a < b ", " a < b ")]
    [InlineData("<think>x</think>answer", "answer")]
    [InlineData("<THINK>x</THINK> answer", "answer")]
    [InlineData("before <think>x</think> after <think>y</think>", "before  after")]
    [InlineData("<think>never closed", "")]
    [InlineData("opened by the template</think>answer", "answer")]
    [InlineData("<reasoning>x</reasoning><thinking>y</thinking>z", "z")]
    public void Remove_Text_LeavesTheAnswer(string text, string expected) => Thinking.Remove(text).Should().Be(expected);
}
