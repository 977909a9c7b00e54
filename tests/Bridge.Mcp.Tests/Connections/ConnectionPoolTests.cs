using Bridge.Mcp.Configuration;
using Bridge.Mcp.Connections;
using Bridge.Mcp.Tests.Fixtures;
using Bridge.TestKit;
using Bridge.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.Mcp.Tests.Connections;

public sealed class ConnectionPoolTests
{
    private static readonly ClientIdentity s_ann = new("ann");

    [Fact]
    public void For_SharedScope_IsOneConnectionForAll()
    {
        var pool = new ConnectionPool(TestServers.Calculator(), new ConnectionOptions(), NullLoggerFactory.Instance, new ManualTimeProvider());

        pool.For(s_ann).Should().BeSameAs(pool.For(ClientIdentity.Local));
    }

    [Fact]
    public async Task For_IdleIdentity_IsClosedAndTheLocalOneStays()
    {
        var time = new ManualTimeProvider();
        McpServerConfig config = TestServers.Calculator() with { Scope = SourceScope.PerIdentity };
        await using var pool = new ConnectionPool(config, new ConnectionOptions(), NullLoggerFactory.Instance, time);
        McpConnection local = pool.For(ClientIdentity.Local);
        McpConnection anns = pool.For(s_ann);
        (await anns.SettleAsync(CancellationToken.None).WaitAsync(Servers.Patience)).Status.Should().Be(SourceStatus.Ready);

        time.Advance(TimeSpan.FromMinutes(9));
        pool.Count.Should().Be(2);
        time.Advance(TimeSpan.FromMinutes(9));

        pool.Count.Should().Be(1);
        pool.For(ClientIdentity.Local).Should().BeSameAs(local);
        pool.For(s_ann).Should().NotBeSameAs(anns);
    }

    [Fact]
    public async Task For_AfterDispose_SaysThatTheServerWasStopped()
    {
        var pool = new ConnectionPool(TestServers.Calculator() with { Scope = SourceScope.PerIdentity }, new ConnectionOptions(), NullLoggerFactory.Instance, TimeProvider.System);
        McpConnection local = pool.For(ClientIdentity.Local);
        await pool.DisposeAsync();

        FluentActions.Invoking(() => pool.For(s_ann)).Should().Throw<ToolSourceException>().WithMessage("*stopped or removed*");
        await FluentActions.Awaiting(() => local.AcquireAsync(CancellationToken.None).AsTask()).Should().ThrowAsync<ToolSourceException>();
    }

    [Fact]
    [Trait("Attack", "P4")]
    public void Next_Backoff_GrowsWithinItsBoundsAndResets()
    {
        var options = new ConnectionOptions();
        var backoff = new Backoff(options);

        TimeSpan[] waits = [.. Enumerable.Range(0, 40).Select(_ => backoff.Next())];
        backoff.Reset();

        waits[0].Should().BeGreaterThanOrEqualTo(options.FirstRetry / 2).And.BeLessThanOrEqualTo(options.FirstRetry);
        waits[39].Should().BeGreaterThanOrEqualTo(options.LastRetry / 2).And.BeLessThanOrEqualTo(options.LastRetry);
        backoff.Next().Should().BeLessThanOrEqualTo(options.FirstRetry);
    }
}
