using System.Text.Json;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.Prompts;
using Bridge.Mcp.Resources;
using Bridge.Mcp.Sources;
using Bridge.Mcp.Tests.Fixtures;
using Bridge.TestKit;
using Bridge.Tools;

namespace Bridge.Mcp.Tests.Sources;

/// <summary>Servers that others wrote.</summary>
public sealed class NpmServerTests
{
    [Theory]
    [InlineData("stdio")]
    [InlineData("sse")]
    [InlineData("streamableHttp")]
    public async Task Everything_OverEachTransport_ListsAndAnswers(string transport)
    {
        string script = NpmPackages.Server("server-everything");
        await using ChildServer? remote = transport == "stdio" ? null : await ChildServer.NodeAsync(script, transport, ChildServer.FreePort());
        McpServerConfig config = remote is null
            ? McpServerConfig.Stdio("everything", "node", script)
            : McpServerConfig.Http("everything", new Uri(remote.Url + (transport == "sse" ? "/sse" : "/mcp")));
        await using McpServers servers = Servers.Of(config);
        McpToolSource source = await servers.ReadyAsync("everything");

        ToolListing listing = await source.ListAsync();
        ToolResult echo = await source.CallAsync("echo", """{"message":"hello"}""");

        listing.Tools.Length.Should().BeGreaterThan(10);
        listing.Quarantined.Should().BeEmpty();
        echo.ToText().Should().Contain("hello");
        var progress = new Progress();
        ToolResult slow = await source.CallAsync(
            "trigger-long-running-operation", """{"duration":1,"steps":4}""", CallContext.Local with { Progress = progress }, CancellationToken.None);
        slow.IsError.Should().BeFalse();
        progress.Seen.Should().NotBeEmpty().And.OnlyContain(seen => seen.Total == 4);
        var prompts = new McpPrompts(servers);
        (await prompts.ListAsync("everything")).Should().NotBeEmpty();
        var resources = new McpResources(servers);
        (await resources.ListAsync("everything")).Should().NotBeEmpty();
    }

    [Fact]
    public async Task Filesystem_OnAFolder_WritesAndReads()
    {
        string script = NpmPackages.Server("server-filesystem");
        using var folder = new TemporaryFolder();
        await using McpServers servers = Servers.Of(McpServerConfig.Stdio("files", "node", script, folder.Path));
        McpToolSource source = await servers.ReadyAsync("files");
        string file = JsonSerializer.Serialize(Path.Combine(folder.Path, "a.txt"));

        (await source.CallAsync("write_file", $$"""{"path":{{file}},"content":"olá"}""")).IsError.Should().BeFalse();
        ToolResult read = await source.CallAsync("read_text_file", $$"""{"path":{{file}}}""");

        read.ToText().Should().Contain("olá");
        (await source.ListAsync()).Tools.Should().Contain(tool => tool.Annotations.ReadOnly == true);
        (await source.CallAsync("read_text_file", """{"path":"/etc/hostname"}""")).IsError.Should().BeTrue();
    }

    [Fact]
    public async Task Memory_ItsOwnFile_Remembers()
    {
        string script = NpmPackages.Server("server-memory");
        using var folder = new TemporaryFolder();
        McpServerConfig config = McpServerConfig.Stdio("memory", "node", script);
        await using McpServers servers = Servers.Of(config with { Environment = config.Environment.Add("MEMORY_FILE_PATH", Path.Combine(folder.Path, "m.jsonl")) });
        McpToolSource source = await servers.ReadyAsync("memory");

        await source.CallAsync("create_entities", """{"entities":[{"name":"Lisbon","entityType":"city","observations":["has trams"]}]}""");

        (await source.CallAsync("search_nodes", """{"query":"trams"}""")).ToText().Should().Contain("Lisbon");
    }
}
