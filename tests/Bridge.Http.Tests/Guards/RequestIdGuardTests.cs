using System.Text.Json.Nodes;
using Bridge.Http.Tests.Fixtures;

namespace Bridge.Http.Tests.Guards;

public sealed class RequestIdGuardTests
{
    [Theory]
    [InlineData("abc-1.2_3", true)]
    [InlineData("a b", false)]
    [InlineData("<script>", false)]
    [InlineData("", false)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    public async Task Invoke_IdOfTheClient_IsKeptWhenHarmless(string id, bool kept)
    {
        await using TestHost server = await TestHost.StartAsync();

        using HttpResponseMessage response = await server.SendAsync(HttpMethod.Get, "/v1/tools", ("x-request-id", id));

        string answered = response.Headers.GetValues("x-request-id").Single();
        (answered == id).Should().Be(kept);
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!["request_id"]!.GetValue<string>().Should().Be(answered);
    }
}
