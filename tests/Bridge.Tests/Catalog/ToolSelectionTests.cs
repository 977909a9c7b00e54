using Bridge.Catalog;
using Bridge.Outcomes;
using Bridge.TestKit;
using Bridge.Tools;

namespace Bridge.Tests.Catalog;

public class ToolSelectionTests
{
    private static readonly CatalogSnapshot s_snapshot = Snapshot();

    [Theory]
    [InlineData("add", "math/add")]
    [InlineData("math/add", "math/add")]
    [InlineData("files/search", "files/search")]
    public void FindOne_IdOrUniqueName_FindsIt(string text, string id)
    {
        ToolSelection.FindOne(s_snapshot, text, out Reason? problem)!.Tool.Id.ToString().Should().Be(id);
        problem.Should().BeNull();
    }

    [Fact]
    public void FindOne_NameOfTwoSources_NamesBoth()
    {
        ToolSelection.FindOne(s_snapshot, "search", out Reason? problem).Should().BeNull();
        problem!.Kind.Should().Be(ReasonKind.AmbiguousTool);
        problem.Message.Should().Contain("'web/search' or 'files/search'");
    }

    [Fact]
    public void FindOne_UnknownName_SuggestsNearOnesAndNamesMissingServers()
    {
        ToolSelection.FindOne(s_snapshot, "addition", out Reason? problem).Should().BeNull();
        problem!.Kind.Should().Be(ReasonKind.UnknownTool);
        problem.Message.Should().Contain("Did you mean 'math/add'?").And.Contain("Not ready: 'mail'");
    }

    [Fact]
    public void FindOne_NothingNear_PointsToTheList()
    {
        ToolSelection.FindOne(s_snapshot, "zzz", out Reason? problem).Should().BeNull();
        problem!.Message.Should().Contain("`bridge tools`");
    }

    [Fact]
    public void FindOne_QuarantinedTool_SaysWhy()
    {
        ToolSelection.FindOne(s_snapshot, "web/broken", out Reason? problem).Should().BeNull();
        problem!.Message.Should().Contain("quarantined").And.Contain("schema");
    }

    [Theory]
    [InlineData("", "math/add web/search files/search")]
    [InlineData("*/search", "web/search files/search")]
    [InlineData("add web/*", "math/add web/search")]
    public void FindAll_Patterns_GivesToolsInCatalogOrder(string patterns, string expected)
    {
        string[] list = patterns.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var tools = ToolSelection.FindAll(s_snapshot, [.. list], out Reason? problem);
        problem.Should().BeNull();
        string.Join(' ', tools).Should().Be(expected);
    }

    [Fact]
    public void FindAll_UnknownName_IsAProblem()
    {
        ToolSelection.FindAll(s_snapshot, ["add", "nothing"], out Reason? problem).Should().BeEmpty();
        problem!.Kind.Should().Be(ReasonKind.UnknownTool);
    }

    private static CatalogSnapshot Snapshot()
    {
        var math = new FakeToolSource("math");
        math.Add("add");
        var web = new FakeToolSource("web");
        web.Add("search");
        var files = new FakeToolSource("files");
        files.Add("search");
        return new CatalogSnapshot(
            "1",
            [math.Entry("add"), web.Entry("search"), files.Entry("search")],
            [new QuarantinedTool(new ToolId("web", "broken"), "Its schema is too deep.")],
            [new CatalogSource("math", SourceStatus.Ready, 1), new CatalogSource("mail", new SourceStatus(SourceState.Failed), 0)]);
    }
}
