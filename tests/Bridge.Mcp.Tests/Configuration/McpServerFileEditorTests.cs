using System.Text.Json.Nodes;
using Bridge.Configuration;
using Bridge.Mcp.Configuration;
using Bridge.TestKit;

namespace Bridge.Mcp.Tests.Configuration;

public sealed class McpServerFileEditorTests : IDisposable
{
    private const string Written = """
        {
          // what I use
          "mcpServers": {
            "first": { "command": "a" }, // the good one
            /* the other */
            "second": {
              "command": "b" // b
            }
          },
          "other": [1, 2,]
        }

        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Add_ToAFileWithComments_TouchesNothingElse()
    {
        string file = _folder.Write("mcp.json", Written);

        McpServerConfig added = McpServerFileEditor.Add(file, "third", new JsonObject { ["command"] = "c", ["args"] = new JsonArray("é") });

        added.Command.Should().Be("c");
        File.ReadAllText(file).Should().Be(Written.Replace(
            "\"command\": \"b\" // b\n    }",
            "\"command\": \"b\" // b\n    },\n    \"third\": {\n      \"command\": \"c\",\n      \"args\": [\n        \"é\"\n      ]\n    }",
            StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{ \"x\": 1 }")]
    [InlineData("{\n  \"servers\": {\n  }\n}")]
    [InlineData("{\"mcpServers\":{\"a\":{\"command\":\"x\"},}}")]
    [InlineData("{ // c\n}")]
    public void Add_ToAnyShape_IsReadBack(string text)
    {
        string file = _folder.Write("mcp.json", text);

        McpServerFileEditor.Add(file, "new one", new JsonObject { ["command"] = "c" });

        McpServerFile read = McpServerFile.Load(file);
        read.Problems.Should().BeEmpty();
        read.Servers.Should().Contain(server => server.Name == "new one" && server.Command == "c");
    }

    [Fact]
    public void Add_NoFile_CreatesIt()
    {
        string file = Path.Combine(_folder.Path, "deep", "mcp.json");

        McpServerFileEditor.Add(file, "a", new JsonObject { ["command"] = "${UNSET_VARIABLE_OF_TEST}" }).Errors.Should().ContainSingle();

        File.ReadAllText(file).Should().Be("{\n  \"mcpServers\": {\n    \"a\": {\n      \"command\": \"${UNSET_VARIABLE_OF_TEST}\"\n    }\n  }\n}\n");
    }

    [Fact]
    public void Add_ThroughALink_WritesTheFileAndKeepsItsMode()
    {
        string file = _folder.Write("real.json", Written);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        string link = Path.Combine(_folder.Path, "mcp.json");
        File.CreateSymbolicLink(link, file);

        McpServerFileEditor.Add(link, "third", new JsonObject { ["command"] = "c" });

        new FileInfo(link).LinkTarget.Should().NotBeNull();
        File.GetUnixFileMode(file).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        McpServerFile.Load(file).Servers.Should().HaveCount(3);
    }

    [Theory]
    [InlineData("first", "second")]
    [InlineData("second", "first")]
    [InlineData("SECOND", "first")]
    public void Remove_OneOfTwo_LeavesTheOther(string removed, string left)
    {
        string file = _folder.Write("mcp.json", Written.Replace("second", "Second", StringComparison.Ordinal).Replace("Second", removed == "SECOND" ? "Second" : "second", StringComparison.Ordinal));
        string name = removed == "SECOND" ? "second" : removed;

        McpServerFileEditor.Remove(file, name);

        McpServerFile.Load(file).Servers.Should().ContainSingle().Which.Id.Should().Be(left);
        File.ReadAllText(file).Should().Contain("// what I use").And.Contain("[1, 2,]");
    }

    [Fact]
    public void Remove_AllAndAddAgain_IsAFileStill()
    {
        string file = _folder.Write("mcp.json", Written);

        McpServerFileEditor.Remove(file, "first");
        McpServerFileEditor.Remove(file, "second");
        McpServerFile.Load(file).Servers.Should().BeEmpty();
        McpServerFileEditor.Add(file, "first", new JsonObject { ["command"] = "a" });

        McpServerFile.Load(file).Servers.Should().ContainSingle();
    }

    [Fact]
    public void Edit_WhatCannotBe_IsRefusedWithTheCure()
    {
        string file = _folder.Write("mcp.json", Written);
        string broken = _folder.Write("broken.json", "{");
        string yaml = _folder.Write("mcp.yaml", "mcpServers: {}");
        string array = _folder.Write("array.json", "{\"mcpServers\": []}");
        var entry = new JsonObject { ["command"] = "a" };

        CodeOf(() => McpServerFileEditor.Add(file, "first", entry)).Should().Be("server-exists");
        CodeOf(() => McpServerFileEditor.Add(broken, "first", entry)).Should().Be("invalid-json");
        CodeOf(() => McpServerFileEditor.Add(yaml, "first", entry)).Should().Be("yaml-not-edited");
        CodeOf(() => McpServerFileEditor.Add(array, "first", entry)).Should().Be("duplicate-key");
        CodeOf(() => McpServerFileEditor.Remove(file, "third")).Should().Be("unknown-server");
        CodeOf(() => McpServerFileEditor.Remove(Path.Combine(_folder.Path, "no.json"), "x")).Should().Be("file-not-found");
        File.ReadAllText(file).Should().Be(Written);
    }

    private static string CodeOf(Action edit) =>
        edit.Should().Throw<BridgeConfigurationException>().Which.Problems.Should().ContainSingle().Subject.Code;
}
