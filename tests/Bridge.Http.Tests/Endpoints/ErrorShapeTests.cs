using System.Text.Json.Nodes;
using Bridge.Http.Tests.Fixtures;

namespace Bridge.Http.Tests.Endpoints;

public sealed class ErrorShapeTests
{
    private const string Prompt = """{"model": "fake/a", "messages": [{"role": "user", "content": "a"}]}""";

    [Fact]
    public async Task Any_OwnFace_AnswersProblemDetails()
    {
        await using TestHost server = await TestHost.StartAsync();

        using HttpResponseMessage response = await server.Client.GetAsync(new Uri("/nowhere", UriKind.Relative));

        response.Content.Headers.ContentType!.MediaType.Should().Be("application/problem+json");
        JsonNode body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        body["type"]!.GetValue<string>().Should().Be("urn:bridge:error:not_found");
        body["title"]!.GetValue<string>().Should().Be("Not Found");
        body["status"]!.GetValue<int>().Should().Be(404);
    }

    [Fact]
    public async Task Any_OpenAiFace_AnswersInItsShape()
    {
        await using TestHost server = await TestHost.StartAsync();

        (int status, JsonNode body) = await server.GetAsync("/v1/chat/completions");

        status.Should().Be(405);
        body["error"]!["type"]!.GetValue<string>().Should().Be("invalid_request_error");
        body["error"]!["code"]!.GetValue<string>().Should().Be("method_not_allowed");
        body["error"]!.AsObject().ContainsKey("param").Should().BeTrue();
    }

    [Fact]
    public async Task Head_OfAnError_HasNoBody()
    {
        await using TestHost server = await TestHost.StartAsync();

        using HttpResponseMessage response = await server.SendAsync(HttpMethod.Head, "/v1/tools");

        ((int)response.StatusCode).Should().Be(401);
        (await response.Content.ReadAsStringAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData("/v1/prompts/tool-call")]
    [InlineData("/v1/chat/completions")]
    public async Task Any_Fault_IsAFixedTextAndTheDetailIsInTheLog(string path)
    {
        await using TestHost server = await TestHost.StartAsync();
        server.Pipeline.Handler = (_, _) => throw new InvalidOperationException("the secret detail");

        (int status, JsonNode body) = await server.PostAsync(path, path.Contains("chat", StringComparison.Ordinal) ? Prompt : """{"messages": [{"role": "user", "content": "a"}]}""");

        status.Should().Be(500);
        body.ToJsonString().Should().Contain("internal_error").And.NotContain("secret").And.NotContain("   at ");
        server.Log.All.Should().Contain(line => line.StartsWith("Error RequestFailed", StringComparison.Ordinal) && line.Contains("the secret detail", StringComparison.Ordinal));
    }
}
