using System.Text.Json.Nodes;
using Bridge.Hosting;
using Bridge.Http.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Bridge.Http.Tests.Endpoints;

public sealed class ListEndpointTests
{
    [Fact]
    public async Task Models_Get_ListsWhatCanBeNamed()
    {
        await using TestHost server = await TestHost.StartAsync(options => options.Responder = "fake/a");

        (_, JsonNode body) = await server.GetAsync("/v1/models");

        body["object"]!.GetValue<string>().Should().Be("list");
        body["data"]!.AsArray().Select(model => $"{model!["id"]} of {model["owned_by"]}").Should().Equal("bridge of bridge", "fake/a of fake", "template of bridge");
        body["data"]!.AsArray().Select(model => model!["object"]!.GetValue<string>()).Should().OnlyContain(kind => kind == "model");
    }

    [Fact]
    public async Task Tools_Get_ListsToolsAndSources()
    {
        await using TestHost server = await TestHost.StartAsync(bridge: bridge => bridge.WithTool("add", "Adds two numbers.", (int a, int b) => a + b));

        (_, JsonNode body) = await server.GetAsync("/v1/tools");

        JsonNode tool = body["tools"]!.AsArray().Single()!;
        tool["id"]!.GetValue<string>().Should().Be("code/add");
        tool["name"]!.GetValue<string>().Should().Be("add");
        tool["input_schema"]!["properties"]!.AsObject().Select(property => property.Key).Should().Equal("a", "b");
        body["sources"]![0]!["state"]!.GetValue<string>().Should().Be("ready");
        body["catalog_version"]!.GetValue<string>().Should().NotBeEmpty();
    }

    [Fact]
    public async Task Metrics_Get_CountsRequestsByRoute()
    {
        await using TestHost server = await TestHost.StartAsync();
        await server.GetAsync("/v1/tools");
        await server.GetAsync("/made-up/path");

        using HttpResponseMessage response = await server.Client.GetAsync(new Uri("/metrics", UriKind.Relative));
        string text = await response.Content.ReadAsStringAsync();

        response.Content.Headers.ContentType!.ToString().Should().Be("text/plain; version=0.0.4; charset=utf-8");
        text.Should().Contain("bridge_http_request_duration_seconds_count{route=\"/v1/tools\",status=\"200\"}")
            .And.Contain("route=\"none\",status=\"404\"")
            .And.Contain("# TYPE process_resident_memory_bytes gauge")
            .And.NotContain("made-up");
    }

    [Fact]
    public async Task Ready_WhileStopping_Is503()
    {
        await using TestHost server = await TestHost.StartAsync();
        var readiness = server.App.Services.GetRequiredService<Bridge.Http.Endpoints.Readiness>();
        readiness.State.Should().Be("ready");

        server.App.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        readiness.State.Should().Be("stopping");
    }
}
