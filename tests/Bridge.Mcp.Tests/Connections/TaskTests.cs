using Bridge.Mcp.Configuration;
using Bridge.Mcp.Sources;
using Bridge.Mcp.Tests.Fixtures;
using Bridge.Tools;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Tests.Connections;

/// <summary>Tools that run as tasks, in both forms of the protocol: whoever calls need not know.</summary>
public sealed class TaskTests(TaskTests.BothRevisions both) : IClassFixture<TaskTests.BothRevisions>
{
    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task CallAsync_OfTasks_WaitsForWhatTheyComeTo(string revision)
    {
        McpToolSource source = await both.ReadyAsync(revision);
        var person = new Interaction("""{"confirm":true,"name":"Ada"}""");
        CallContext asked = CallContext.Local with { Interaction = person };

        ToolResult failing = await source.CallAsync("failing_job", "{}");
        ToolResult protocolError = await FollowedAsync(source, "protocol_error_job", "{}", CallContext.Local);
        ToolResult followed = await FollowedAsync(source, "slow_compute", """{"seconds":0.2,"label":"it"}""", CallContext.Local);
        ToolResult confirmed = await FollowedAsync(source, "confirm_delete", """{"filename":"a.txt"}""", asked);
        ToolResult several = await FollowedAsync(source, "multi_input", "{}", asked);
        ToolResult before = await source.CallAsync("test_tool_with_task", "{}", asked, TestContext.Current.CancellationToken);

        (failing.IsError, failing.ToText()).Should().Be((true, "The job failed."), "a tool that runs as a task alone works for those who know no tasks");
        protocolError.RawRepresentation.Should().BeOfType<JsonRpcErrorDetail>().Which.Message.Should().Be("The job panicked.");
        (followed.IsError, followed.ToText()).Should().Be((false, "Computed it."));
        followed.RawRepresentation!.ToString().Should().NotContain("related-task", "the server's id of the task says nothing to anybody else");
        confirmed.ToText().Should().Be("Deleted a.txt.");
        several.ToText().Should().Be("Ada and Ada");
        before.ToText().Should().Be("Hello, Ada!");
        person.Questions.Should().BeEquivalentTo(
            [.. ((string[])["Delete a.txt? confirm", "The first name? name", "The second name? name", "What is your name? name"]).Select(question => $"{source.Id}: {question}")]);
    }

    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task CallAsync_OfATaskThatIsCancelledOrLost_SaysSo(string revision)
    {
        McpToolSource source = await both.ReadyAsync(revision);
        using var stop = new CancellationTokenSource();
        var follower = new Follower();

        Task<ToolResult> cancelled = source.CallAsync("slow_compute", """{"seconds":600,"label":"it"}""", CallContext.Local with { Task = follower }, stop.Token);
        TimeSpan? interval = await follower.Began.WaitAsync(Servers.Patience, TestContext.Current.CancellationToken);
        await stop.CancelAsync();

        interval.Should().Be(TimeSpan.FromMilliseconds(100), "the server said so");
        await FluentActions.Awaiting(() => cancelled).Should().ThrowAsync<OperationCanceledException>();
        (await FluentActions.Awaiting(() => source.CallAsync("crash_job", "{}")).Should().ThrowAsync<ToolSourceException>())
            .Which.Should().Match<ToolSourceException>(error => error.Sent && error.Message.Contains("its answer was lost"));
    }

    private static async Task<ToolResult> FollowedAsync(McpToolSource source, string tool, string arguments, CallContext context)
    {
        var follower = new Follower();
        ToolResult result = await source.CallAsync(tool, arguments, context with { Task = follower }, TestContext.Current.CancellationToken);
        follower.Began.IsCompletedSuccessfully.Should().BeTrue($"'{tool}' runs as a task");
        follower.Messages.Should().Contain($"{tool} is working.");
        return result;
    }

    /// <summary>A server of each revision, for all tests of the class.</summary>
    public sealed class BothRevisions : IAsyncDisposable
    {
        private readonly McpServers _servers = Servers.Of(Of("2025-11-25"), Of("2026-07-28"));

        internal async Task<McpToolSource> ReadyAsync(string revision)
        {
            await _servers.WaitUntilSettledAsync(TestContext.Current.CancellationToken);
            McpToolSource source = _servers.Find($"fixture-{revision}")!;
            await source.UntilAsync(() => source.Status == SourceStatus.Ready); // one that crashed is started again
            return source;
        }

        public ValueTask DisposeAsync() => _servers.DisposeAsync();

        private static McpServerConfig Of(string revision) => McpServerConfig.Stdio($"fixture-{revision}", "dotnet", TestServers.Dll("Fixture"), revision);
    }
}
