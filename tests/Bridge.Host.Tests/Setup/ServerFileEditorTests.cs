using System.Text.Json.Nodes;
using Bridge.Configuration;
using Bridge.Host.Setup;

namespace Bridge.Host.Tests.Setup;

public sealed class ServerFileEditorTests
{
    [Theory]
    [InlineData("{\"mcpServers\": {}}")]
    [InlineData("{\"servers\": {\n  }\n}")]
    [InlineData("{\"x\": {\"mcpServers\": {}}, \"mcpServers\": {\"a\": {}, /* c */ \"b\": [1],}, \"y\": 2}")]
    [InlineData("{\"mcpServers\": {\"é\": {}}}")]
    public void AddThenRemove_AnyLayout_GivesTheSameServers(string text)
    {
        IReadOnlyList<string> before = ServerFileEditor.Names(text);

        string added = ServerFileEditor.Add(text, "new", new JsonObject { ["command"] = "c" })!;
        ConfigFile.Parse("x.json", added).Root.Should().NotBeNull(added);
        ServerFileEditor.Names(added).Should().Equal([.. before, "new"]);

        string removed = ServerFileEditor.Remove(added, "new")!;
        ConfigFile.Parse("x.json", removed).Root.Should().NotBeNull(removed);
        ServerFileEditor.Names(removed).Should().Equal(before);
    }

    [Theory]
    [InlineData("a", "b,c")]
    [InlineData("b", "a,c")]
    [InlineData("c", "a,b")]
    public void Remove_EachPlace_LeavesTheOthers(string name, string left)
    {
        const string Text = "{\n  \"mcpServers\": {\n    \"a\": {},\n    // about b\n    \"b\": {},\n    \"c\": {}\n  }\n}\n";

        string removed = ServerFileEditor.Remove(Text, name)!;

        ConfigFile.Parse("x.json", removed).Root.Should().NotBeNull(removed);
        ServerFileEditor.Names(removed).Should().Equal(left.Split(','));
        removed.Should().Contain("// about b");
    }

    [Fact]
    public void Edit_NoList_GivesNothing()
    {
        ServerFileEditor.Add("{}", "a", []).Should().BeNull();
        ServerFileEditor.Remove("{\"mcpServers\": 1}", "a").Should().BeNull();
        ServerFileEditor.Names("{}").Should().BeEmpty();
    }
}
