using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Bridge.Http.Tests.Fixtures;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Bridge.Http.Tests.Guards;

public sealed class BodyTests
{
    private const string Path = "/v1/prompts/tool-call";

    private static async Task<(HttpStatusCode Status, string Code)> PostAsync(TestHost server, byte[] body, string? contentType, string? encoding = null)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        using HttpResponseMessage response = await server.Client.PostAsync(new Uri(Path, UriKind.Relative), content);
        JsonNode problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        return (response.StatusCode, problem["code"]?.GetValue<string>() ?? "");
    }

    [Theory]
    [InlineData("text/plain", null)]
    [InlineData("application/x-www-form-urlencoded", null)]
    [InlineData("multipart/form-data; boundary=x", null)]
    [InlineData("application/jsonx", null)]
    [InlineData("application/json; charset=utf-16", null)]
    [InlineData(null, null)]
    [InlineData("application/json", "gzip")]
    [Trait("Attack", "H10")]
    public async Task Post_NotPlainJson_Is415(string? contentType, string? encoding)
    {
        await using TestHost server = await TestHost.StartAsync();

        (await PostAsync(server, "{}"u8.ToArray(), contentType, encoding)).Should().Be((HttpStatusCode.UnsupportedMediaType, "unsupported_media_type"));
        server.Pipeline.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("Application/JSON; charset=UTF-8")]
    [InlineData("application/json; charset=\"utf-8\"")]
    public async Task Post_PlainJson_IsRead(string contentType)
    {
        await using TestHost server = await TestHost.StartAsync();

        (await PostAsync(server, """{"messages": [{"role": "user", "content": "a"}]}"""u8.ToArray(), contentType)).Status.Should().Be(HttpStatusCode.OK);
    }

    /// <summary>One character is one byte.</summary>
    public static TheoryData<string> BadBodies =>
    [
        "",
        "null",
        "[]",
        "{",
        "{} {}",
        "{\"messages\": [],}",
        "{/* no */}",
        "{\"messages\": [], \"messages\": []}",
        "{\"messages\": [{\"role\": \"user\", \"content\": \"a\", \"content\": \"b\"}]}",
        "{\"\u00ff\": 1}",
        "\u00ef\u00bb\u00bf{}",
        "{\"\0\": 1}",
        "{\"messages\": " + new string('[', 10_000) + new string(']', 10_000) + "}",
    ];

    [Theory]
    [MemberData(nameof(BadBodies))]
    [Trait("Attack", "J2")]
    [Trait("Attack", "J4")]
    public async Task Post_NotStrictJson_Is400(string body)
    {
        await using TestHost server = await TestHost.StartAsync();

        (await PostAsync(server, Encoding.Latin1.GetBytes(body), "application/json")).Should().Be((HttpStatusCode.BadRequest, "invalid_json"));
        server.Pipeline.Requests.Should().BeEmpty();
    }

    [Fact]
    [Trait("Attack", "H9")]
    public async Task Post_TooLarge_Is413WithOrWithoutALength()
    {
        await using TestHost server = await TestHost.StartAsync(options => options.Http.MaxBodyBytes = 1000);

        string told = await RawHttp.SendAsync(
            server.Address, $"POST {Path} HTTP/1.1", "Host: localhost", $"x-api-key: {server.Key}", "Content-Type: application/json", "Content-Length: 5000");
        string chunked = await RawHttp.SendAsync(
            server.Address,
            $"POST {Path} HTTP/1.1",
            "Host: localhost",
            $"x-api-key: {server.Key}",
            "Content-Type: application/json",
            "Transfer-Encoding: chunked",
            "Connection: close",
            "",
            "1000",
            new string(' ', 0x1000));

        foreach (string response in (string[])[told, chunked])
        {
            RawHttp.StatusOf(response).Should().Be(413);
            response.Should().Contain("Bridge:Http:MaxBodyBytes");
        }
    }

    [Fact]
    [Trait("Attack", "H9")]
    public async Task Start_Limits_BoundWhatOneClientTakes()
    {
        await using TestHost server = await TestHost.StartAsync(options => options.Http.MaxBodyBytes = 1000);

        KestrelServerLimits limits = server.App.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;

        limits.MaxRequestBodySize.Should().Be(1000);
        limits.RequestHeadersTimeout.Should().BeLessThanOrEqualTo(TimeSpan.FromSeconds(10));
        limits.MinRequestBodyDataRate!.BytesPerSecond.Should().BePositive();
        limits.MaxConcurrentConnections.Should().BePositive();
    }

    [Fact]
    [Trait("Category", "Soak")]
    [Trait("Attack", "H9")]
    public async Task Post_BodyThatNeverComes_IsGivenUp()
    {
        await using TestHost server = await TestHost.StartAsync();

        string response = await RawHttp.SendAsync(
            server.Address, $"POST {Path} HTTP/1.1", "Host: localhost", $"x-api-key: {server.Key}", "Content-Type: application/json", "Content-Length: 50");

        RawHttp.StatusOf(response).Should().Be(408);
    }
}
