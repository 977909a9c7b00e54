using Bridge.Http.Tests.Fixtures;

namespace Bridge.Http.Tests.Guards;

public sealed class HostGuardTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:1")]
    [InlineData("127.0.0.1:8787")]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:80")]
    [InlineData("localhost.")]
    [InlineData("localhost.:8787")]
    [InlineData("127.1.2.3")]
    [InlineData("[::1]")]
    [InlineData("[::1]:8787")]
    [InlineData("[0:0:0:0:0:0:0:1]")]
    [InlineData("bridge.example")]
    [InlineData("Bridge.Example.:443")]
    [InlineData("10.1.2.3")]
    [Trait("Attack", "H1")]
    public async Task Invoke_NameOfThisServer_Passes(string host)
    {
        await using TestHost server = await TestHost.StartAsync(AllowTwo);

        string response = await RawHttp.SendAsync(server.Address, "GET /healthz HTTP/1.1", $"Host: {host}");

        RawHttp.StatusOf(response).Should().Be(200, response);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:8787")]
    [InlineData("evil.example.")]
    [InlineData("localhost.evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("bridge.example.evil.example")]
    [InlineData("0.0.0.0")]
    [InlineData("0.0.0.0:8787")]
    [InlineData("[fe80::1]")]
    [InlineData("10.1.2.4")]
    [InlineData("localhost..")]
    [InlineData(".")]
    [InlineData("")]
    [Trait("Attack", "H1")]
    [Trait("Attack", "H3")]
    public async Task Invoke_OtherName_Is403OnEveryFace(string host)
    {
        await using TestHost server = await TestHost.StartAsync(AllowTwo);

        foreach (string path in (string[])["/healthz", "/readyz", "/metrics", "/v1/models", "/v1/tools", "/mcp", "/nowhere"])
        {
            string response = await RawHttp.SendAsync(server.Address, $"GET {path} HTTP/1.1", $"Host: {host}", $"x-api-key: {server.Key}");

            RawHttp.StatusOf(response).Should().Be(403, $"{path}: {response}");
            response.Should().Contain("host_not_allowed");
        }
    }

    [Theory]
    [InlineData("GET /metrics HTTP/1.1", "Host: 127.0.0.1/healthz")]
    [InlineData("GET /metrics HTTP/1.1", "Host: 127.0.0.1\r\nHost: evil.example")]
    [InlineData("GET /metrics HTTP/1.1", "Host: 127.0.0.1:port")]
    [InlineData("GET /metrics HTTP/1.1", "Host: evil@127.0.0.1")]
    [InlineData("GET /metrics HTTP/1.1", "Host: [::]")]
    [InlineData("GET /metrics HTTP/1.1", "X-Nothing: 1")]
    [InlineData("GET http://evil.example/metrics HTTP/1.1", "Host: 127.0.0.1")]
    [Trait("Attack", "H4")]
    public async Task Invoke_MalformedHost_IsRefusedBeforeAnythingRuns(string line, string host)
    {
        await using TestHost server = await TestHost.StartAsync();

        string response = await RawHttp.SendAsync(server.Address, line, host, $"x-api-key: {server.Key}");

        RawHttp.StatusOf(response).Should().BeOneOf(400, 403);
        response.Should().NotContain("process_cpu");
    }

    [Fact]
    [Trait("Attack", "H1")]
    [Trait("Attack", "H6")]
    public async Task Invoke_ForwardedHost_IsNotBelieved()
    {
        await using TestHost server = await TestHost.StartAsync();

        string response = await RawHttp.SendAsync(server.Address, "GET /healthz HTTP/1.1", "Host: evil.example", "X-Forwarded-Host: localhost");

        RawHttp.StatusOf(response).Should().Be(403);
    }

    private static void AllowTwo(Configuration.BridgeOptions options)
    {
        options.Http.AllowedHosts.Add("bridge.example");
        options.Http.AllowedHosts.Add("10.1.2.3:8787");
    }
}
