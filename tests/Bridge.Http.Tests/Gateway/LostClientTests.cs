using System.Net;
using Bridge.Http.Tests.Fixtures;
using Bridge.Mcp.Gateway;
using Bridge.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Http.Tests.Gateway;

/// <summary>Clients that break off and say nothing more, as those that are killed do.</summary>
public sealed class LostClientTests
{
    private const string Initialize = """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{}}}""";
    private const string Ping = """{"jsonrpc":"2.0","id":1,"method":"ping"}""";

    [Fact]
    [Trait("Attack", "P6")]
    public async Task Session_OfAClientThatBrokeOff_GivesItsPlaceToTheNext()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(options => options.Gateway.MaxSessions = 1);
        using (RawMcp first = await RawMcp.OpenAsync(gateway.Host))
        {
            (await first.ListenAsync()).Dispose();
        }

        using RawMcp next = RawMcp.Create(gateway.Host);
        await Within(async () =>
        {
            using HttpResponseMessage response = await next.SendAsync(HttpMethod.Post, Initialize);
            return response.StatusCode == HttpStatusCode.OK;
        });
    }

    [Fact]
    public async Task Session_OfAClientThatBrokeOff_EndsSoonerThanAnIdleOne()
    {
        var clock = new ManualTimeProvider();
        await using GatewayHost gateway = await GatewayHost.StartAsync(static _ => { }, services => services.AddSingleton<TimeProvider>(clock));
        McpGateway sessions = gateway.Host.App.Services.GetRequiredService<McpGateway>();
        using RawMcp idle = await RawMcp.OpenAsync(gateway.Host);
        using (RawMcp lost = await RawMcp.OpenAsync(gateway.Host))
        {
            (await lost.ListenAsync()).Dispose();
        }

        // The end of a connection is noticed in the server's own time.
        await Within(() =>
        {
            clock.Advance(TimeSpan.FromMinutes(2) / 10);
            return Task.FromResult(sessions.SessionCount == 1);
        });

        (await idle.PostAsync(Ping)).Single()["result"].Should().NotBeNull("its client did not break off");
    }

    [Fact]
    public async Task Session_OfAClientThatCameBack_IsNotLost()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(options => options.Gateway.MaxSessions = 1);
        using RawMcp client = await RawMcp.OpenAsync(gateway.Host);
        (await client.ListenAsync()).Dispose();
        await client.PostAsync(Ping);
        using StreamReader again = await client.ListenAsync();
        using RawMcp next = RawMcp.Create(gateway.Host);

        using HttpResponseMessage refused = await next.SendAsync(HttpMethod.Post, Initialize);

        refused.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await client.PostAsync(Ping)).Single()["result"].Should().NotBeNull();
    }

    private static async Task Within(Func<Task<bool>> isSo)
    {
        for (int turn = 0; turn < 100; turn++)
        {
            if (await isSo())
            {
                return;
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Fail("It did not happen.");
    }
}
