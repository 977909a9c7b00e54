using Bridge.Mcp.Sources;
using Bridge.Mcp.Tests.Fixtures;
using Bridge.TestKit;
using Bridge.Tools;

namespace Bridge.Mcp.Tests.Sources;

public sealed class ReloadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Reload_AddedChangedRemoved_KeepsTheUnchangedProcess()
    {
        string file = _folder.Write("mcp.json", Json(("kept", "good"), ("changed", "good"), ("removed", "good")));
        await using McpServers servers = Servers.OfFile(file, TimeProvider.System);
        McpToolSource kept = await servers.ReadyAsync("kept");
        string before = (await kept.CallAsync("echo", "{}")).ToText();
        McpToolSource changed = servers.Find("changed")!;

        await ChangedBy(servers, () => File.WriteAllText(file, Json(("kept", "good"), ("changed", "pages"), ("added", "good"))));

        servers.Servers.Select(server => server.Id).Should().Equal("kept", "changed", "added");
        servers.Find("kept").Should().BeSameAs(kept);
        (await kept.CallAsync("echo", "{}")).ToText().Should().Be(before);
        servers.Find("changed").Should().NotBeSameAs(changed);
        (await (await servers.ReadyAsync("changed")).ListAsync()).Tools.Should().HaveCount(2);
        await servers.ReadyAsync("added");
        await FluentActions.Awaiting(() => changed.CallAsync(null!, CallContext.Local, default)).Should().ThrowAsync<ArgumentNullException>();
        changed.Status.State.Should().Be(SourceState.Disabled);
    }

    [Fact]
    public async Task Reload_BrokenFile_KeepsTheLastGoodStateAndSaysSo()
    {
        string file = _folder.Write("mcp.json", Json(("kept", "good")));
        var time = new ManualTimeProvider();
        await using McpServers servers = Servers.OfFile(file, time);
        await servers.WaitUntilSettledAsync(CancellationToken.None).WaitAsync(Servers.Patience);
        McpToolSource kept = servers.Find("kept")!;

        File.WriteAllText(file, "{ \"mcpServers\": { ");
        SpinWait.SpinUntil(() => { time.Advance(TimeSpan.FromSeconds(5)); return !servers.Problems.IsEmpty; }, TimeSpan.FromSeconds(10));

        servers.Problems.Should().ContainSingle().Which.Code.Should().Be("invalid-json");
        servers.Servers.Should().Equal(kept);
        (await kept.CallAsync("echo", """{"text":"still here"}""")).ToText().Should().Be("still here");

        File.WriteAllText(file, Json(("other", "good")));
        SpinWait.SpinUntil(() => { time.Advance(TimeSpan.FromSeconds(5)); return servers.Find("other") is not null; }, TimeSpan.FromSeconds(10));
        servers.Problems.Should().BeEmpty();
    }

    [Fact]
    public async Task Reload_ConfigMapLinkSwapped_Counts()
    {
        _folder.Write("v1/mcp.json", Json(("one", "good")));
        _folder.Write("v2/mcp.json", Json(("two", "good")));
        string data = Path.Combine(_folder.Path, "..data");
        string file = Path.Combine(_folder.Path, "mcp.json");
        Directory.CreateSymbolicLink(data, "v1");
        File.CreateSymbolicLink(file, Path.Combine("..data", "mcp.json"));
        await using McpServers servers = Servers.OfFile(file, TimeProvider.System);
        await servers.ReadyAsync("one");

        await ChangedBy(servers, () =>
        {
            string next = Path.Combine(_folder.Path, "..next");
            Directory.CreateSymbolicLink(next, "v2");
            Directory.Delete(data);
            Directory.Move(next, data);
        });

        await servers.ReadyAsync("two");
        servers.Find("one").Should().BeNull();
    }

    [Fact]
    public async Task Start_FileAbsentThenWritten_IsFollowed()
    {
        string file = Path.Combine(_folder.Path, "mcp.json");
        await using McpServers servers = Servers.OfFile(file, TimeProvider.System);
        await servers.WaitUntilSettledAsync(CancellationToken.None);
        servers.Problems.Should().ContainSingle().Which.Code.Should().Be("file-not-found");

        await ChangedBy(servers, () => File.WriteAllText(file, Json(("new", "good"))));

        await servers.ReadyAsync("new");
    }

    [Fact]
    public async Task Start_DisabledAndBrokenEntries_AreShownAndNotStarted()
    {
        string file = _folder.Write("mcp.json", """
            {"mcpServers": {"off": {"command": "x", "disabled": true}, "bad": {"command": "x", "args": ["${BRIDGE_TEST_UNSET}"]}}}
            """);
        await using McpServers servers = Servers.OfFile(file, TimeProvider.System);
        await servers.WaitUntilSettledAsync(CancellationToken.None);

        servers.Sources.Should().HaveCount(2).And.OnlyContain(source => source.Status.State == SourceState.Disabled);
        servers.Find("off")!.Status.Detail.Should().Contain("switched off");
        servers.Find("bad")!.Status.Detail.Should().Contain("BRIDGE_TEST_UNSET").And.Contain("export");
        (await servers.Find("bad")!.ListAsync()).Should().BeSameAs(ToolListing.Empty);
    }

    [Fact]
    public async Task Start_ServersOfCodeAndFile_FileReplacesItsNamesake()
    {
        string file = _folder.Write("mcp.json", Json(("one", "pages")));
        var options = new McpServersOptions { File = file };
        options.Servers.Add(TestServers.Calculator("one"));
        options.Servers.Add(TestServers.Calculator("two"));
        await using var servers = new McpServers(
            Microsoft.Extensions.Options.Options.Create(options), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);

        await servers.StartAsync(CancellationToken.None);

        servers.Servers.Select(server => server.Id).Should().Equal("two", "one");
        servers.Find("one")!.Config.Arguments.Should().EndWith("pages");
    }

    private static async Task ChangedBy(McpServers servers, Action change)
    {
        var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        servers.Changed += () => changed.TrySetResult();
        change();
        await changed.Task.WaitAsync(Servers.Patience);
    }

    private static string Json(params (string Name, string Mode)[] servers) =>
        "{\"mcpServers\": {" + string.Join(",\n", servers.Select(server =>
            $"\"{server.Name}\": {{\"command\": \"dotnet\", \"args\": [\"{TestServers.Dll("Hostile")}\", \"{server.Mode}\"]}}")) + "}}";
}
