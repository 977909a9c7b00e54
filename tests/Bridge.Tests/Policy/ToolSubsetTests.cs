using Bridge.Policy;
using Bridge.Tools;

namespace Bridge.Tests.Policy;

public class ToolSubsetTests
{
    [Theory]
    [InlineData("files/*", "files", true)]
    [InlineData("files/read", "files", true)]
    [InlineData("files/*", "file", false)]
    [InlineData("file*", "files", true)]
    [InlineData("*/read", "files", true)]
    [InlineData("f?les/x", "files", true)]
    [InlineData("files", "files", false)]
    [InlineData("mail/*", "files", false)]
    public void MayInclude_OfASource_IsTrueWhereAToolOfItCanFit(string pattern, string source, bool expected) =>
        ToolSubset.Of([pattern]).MayInclude(source).Should().Be(expected);

    [Fact]
    public void And_TwoSubsets_HoldsWhatIsInBoth()
    {
        ToolSubset both = ToolSubset.Of(["files/*", "mail/send"]).And(ToolSubset.Of(["*/read", "mail/*"]));

        both.Includes(new ToolId("files", "read")).Should().BeTrue();
        both.Includes(new ToolId("mail", "send")).Should().BeTrue();
        both.Includes(new ToolId("files", "write")).Should().BeFalse();
        both.Includes(new ToolId("mail", "list")).Should().BeFalse();
    }

    [Fact]
    public void Equals_SamePatterns_WhateverTheirOrder()
    {
        ToolSubset.Of(["a/*", "b/*"]).Should().Be(ToolSubset.Of(["b/*", "a/*", "a/*"]));
        ToolSubset.Of(["a/*"]).Should().NotBe(ToolSubset.Of(["b/*"]));
        ToolSubset.Of([]).Should().Be(ToolSubset.All);
        ToolSubset.All.And(ToolSubset.Of(["a/*"])).Should().Be(ToolSubset.Of(["a/*"]));
    }
}
