using Bridge.Catalog;
using Bridge.Hosting;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.Hosting;
using Bridge.Mcp.Prompts;
using Bridge.Mcp.Sources;
using Bridge.Mcp.Tests.Fixtures;
using Bridge.Storage;
using Bridge.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Bridge.Mcp.Tests.Hosting;

public sealed class McpBridgeBuilderExtensionsTests
{
    [Fact]
    public async Task Server_SeveralWays_AreAllThere()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("mcp.json", """{"mcpServers": {"written": {"command": "cat"}}}""");
        var builder = new Builder();
        builder.WithMcpServers(file)
            .Server("http://localhost:8080", [KeyValuePair.Create("Authorization", "Bearer x")])
            .Server("My Tool", "cat", "-u");
        await using ServiceProvider services = builder.Services.BuildServiceProvider();
        var servers = services.GetRequiredService<McpServers>();

        await servers.StartAsync(CancellationToken.None);

        servers.Servers.Select(server => server.Id).Should().Equal("localhost-8080", "my-tool", "written");
        servers.Find("localhost-8080")!.Config.Transport.Should().Be(McpTransport.Http);
        servers.Find("localhost-8080")!.Config.Headers.Should().ContainKey("Authorization");
        services.GetServices<IToolSourceProvider>().Should().ContainSingle().Which.Should().BeSameAs(servers);
        services.GetServices<IHostedService>().Should().ContainSingle().Which.Should().BeSameAs(servers);
        services.GetRequiredService<McpPrompts>().Should().NotBeNull();
    }

    [Fact]
    public async Task Server_UrlOfAServerWithoutPath_IsDetected()
    {
        await using ChildServer weather = await ChildServer.WeatherAsync();
        var builder = new Builder();
        builder.Server(weather.Url);
        await using ServiceProvider services = builder.Services.BuildServiceProvider();
        var servers = services.GetRequiredService<McpServers>();

        await servers.WaitUntilSettledAsync(CancellationToken.None).WaitAsync(Servers.Patience);

        (await servers.Servers[0].CallAsync("get_weather", """{"city":"Oslo"}""")).IsError.Should().BeFalse();
    }

    [Theory]
    [InlineData("calculator")]
    [InlineData("ftp://x")]
    public void Server_NoAddress_SaysWhatToDo(string url) =>
        FluentActions.Invoking(() => new Builder().Server(url)).Should().Throw<ArgumentException>().WithMessage($"*'{url}'*command*");

    private sealed class Builder : IBridgeBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection().AddSingleton<IBridgeStore, InMemoryBridgeStore>();
    }
}
