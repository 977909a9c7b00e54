using System.Net;
using System.Text.Json.Nodes;
using Bridge.Http.Tests.Fixtures;
using Bridge.Identity;
using Bridge.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Http.Tests.Guards;

public sealed class RateGuardTests
{
    [Fact]
    public async Task Invoke_ClientUsedUpItsRequests_Is429WithATimeToWait()
    {
        var time = new ManualTimeProvider();
        await using TestHost host = await TestHost.StartAsync(
            options => options.Http.RequestsPerMinutePerClient = 3, services: services => services.AddSingleton<TimeProvider>(time));
        CreatedKey other = await host.Keys.CreateAsync("other", [], null, CancellationToken.None);
        for (int request = 0; request < 3; request++)
        {
            (await host.GetAsync("/v1/tools")).Status.Should().Be(200);
        }

        using HttpResponseMessage refused = await host.SendAsync(HttpMethod.Get, "/v1/tools", ("Authorization", $"Bearer {host.Key}"));
        (int openAi, JsonNode error) = await host.GetAsync("/v1/models");

        refused.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(20));
        JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["code"]!.GetValue<string>().Should().Be("rate_limited");
        (openAi, error["error"]!["type"]!.GetValue<string>()).Should().Be((429, "rate_limit_error"));
        (await host.GetAsync("/v1/tools", other.Text)).Status.Should().Be(200);
        time.Advance(TimeSpan.FromSeconds(20));
        (await host.GetAsync("/v1/tools")).Status.Should().Be(200);
    }

    [Fact]
    public async Task Invoke_OpenAddressOrNoKey_CostsNothing()
    {
        await using TestHost host = await TestHost.StartAsync(options => options.Http.RequestsPerMinutePerClient = 1);
        for (int request = 0; request < 3; request++)
        {
            using HttpResponseMessage open = await host.SendAsync(HttpMethod.Get, "/healthz");
            using HttpResponseMessage anonymous = await host.SendAsync(HttpMethod.Get, "/v1/tools");
            open.StatusCode.Should().Be(HttpStatusCode.OK);
            anonymous.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        }

        (await host.GetAsync("/v1/tools")).Status.Should().Be(200);
        (await host.GetAsync("/v1/tools")).Status.Should().Be(429);
    }
}
