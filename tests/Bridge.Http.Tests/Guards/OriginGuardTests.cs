using Bridge.Http.Tests.Fixtures;

namespace Bridge.Http.Tests.Guards;

public sealed class OriginGuardTests
{
    private static Task<TestHost> StartAsync() => TestHost.StartAsync(options => options.Http.AllowedOrigins.Add("https://app.example/"));

    [Theory]
    [InlineData("null")]
    [InlineData("https://evil.example")]
    [InlineData("http://app.example")]
    [InlineData("https://app.example:444")]
    [InlineData("https://app.example.evil.example")]
    [InlineData("http://127.0.0.1:8787")]
    [InlineData("")]
    [Trait("Attack", "H2")]
    [Trait("Attack", "H3")]
    public async Task Invoke_OriginNotListed_Is403OnEveryFace(string origin)
    {
        await using TestHost server = await StartAsync();

        foreach (string path in (string[])["/healthz", "/readyz", "/metrics", "/v1/models", "/v1/chat/completions", "/nowhere"])
        {
            string response = await RawHttp.SendAsync(server.Address, $"GET {path} HTTP/1.1", "Host: localhost", $"Origin: {origin}");

            RawHttp.StatusOf(response).Should().Be(403, path);
            response.Should().Contain("origin_not_allowed").And.NotContain("Access-Control");
        }
    }

    [Fact]
    [Trait("Attack", "H2")]
    public async Task Invoke_OwnOrigin_IsServed()
    {
        await using TestHost server = await StartAsync();

        string own = await RawHttp.SendAsync(server.Address, "GET /healthz HTTP/1.1", "Host: localhost:81", "Origin: http://localhost:81");
        string otherPort = await RawHttp.SendAsync(server.Address, "GET /healthz HTTP/1.1", "Host: localhost:81", "Origin: http://localhost:82");
        string rebound = await RawHttp.SendAsync(server.Address, "GET /healthz HTTP/1.1", "Host: evil.example", "Origin: http://evil.example");

        RawHttp.StatusOf(own).Should().Be(200);
        RawHttp.StatusOf(otherPort).Should().Be(403);
        RawHttp.StatusOf(rebound).Should().Be(403);
    }

    [Fact]
    [Trait("Attack", "H2")]
    public async Task Invoke_TwoOrigins_Is403()
    {
        await using TestHost server = await StartAsync();

        string response = await RawHttp.SendAsync(
            server.Address, "GET /healthz HTTP/1.1", "Host: localhost", "Origin: https://app.example", "Origin: https://evil.example");

        RawHttp.StatusOf(response).Should().Be(403);
    }

    [Fact]
    public async Task Invoke_ListedOrigin_IsServedAndTheBrowserIsTold()
    {
        await using TestHost server = await StartAsync();

        using HttpResponseMessage response = await server.SendAsync(HttpMethod.Get, "/healthz", ("Origin", "https://app.example"));

        response.IsSuccessStatusCode.Should().BeTrue();
        response.Headers.GetValues("Access-Control-Allow-Origin").Should().Equal("https://app.example");
        response.Headers.Vary.Should().Equal("Origin");
    }

    [Fact]
    public async Task Invoke_PreflightOfListedOrigin_IsAnsweredWithoutAKey()
    {
        await using TestHost server = await StartAsync();

        using HttpResponseMessage response = await server.SendAsync(
            HttpMethod.Options,
            "/v1/chat/completions",
            ("Origin", "https://app.example"),
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "authorization,content-type"));

        ((int)response.StatusCode).Should().Be(204);
        response.Headers.GetValues("Access-Control-Allow-Headers").Should().Equal("authorization,content-type");
        response.Headers.GetValues("Access-Control-Allow-Methods").Single().Should().Contain("POST");
    }
}
