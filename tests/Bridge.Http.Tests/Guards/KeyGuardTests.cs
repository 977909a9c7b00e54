using System.Net;
using System.Text.Json.Nodes;
using Bridge.Http.Guards;
using Bridge.Http.Tests.Fixtures;
using Bridge.Identity;
using Bridge.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Http.Tests.Guards;

public sealed class KeyGuardTests
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    private static async Task<string> CodeAsync(HttpResponseMessage response)
    {
        JsonNode body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        return (body["code"] ?? body["error"]!["code"])!.GetValue<string>();
    }

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/v1/tools")]
    [InlineData("/v1/models")]
    [InlineData("/nowhere")]
    [Trait("Attack", "H5")]
    public async Task Invoke_NoKey_Is401OnLoopbackToo(string path)
    {
        await using TestHost server = await TestHost.StartAsync();

        using HttpResponseMessage response = await server.SendAsync(HttpMethod.Get, path);

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.Single().Scheme.Should().Be("Bearer");
        (await CodeAsync(response)).Should().Be("missing_key");
    }

    [Theory]
    [InlineData("Authorization", "Bearer {0}")]
    [InlineData("Authorization", "bearer   {0} ")]
    [InlineData("x-api-key", "{0}")]
    public async Task Invoke_KeyOfThisMachine_IsAdmitted(string header, string form)
    {
        await using TestHost server = await TestHost.StartAsync();

        using HttpResponseMessage response = await server.SendAsync(
            HttpMethod.Get, "/v1/tools", (header, form.Replace("{0}", server.Key, StringComparison.Ordinal)));

        response.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Authorization", "Bearer wrong", "invalid_api_key")]
    [InlineData("Authorization", "Bearer bridge_0123456789ab_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "invalid_api_key")]
    [InlineData("Authorization", "Basic dXNlcjpwYXNz", "missing_key")]
    [InlineData("x-api-key", "", "invalid_api_key")]
    public async Task Invoke_BadKey_Is401(string header, string value, string code)
    {
        await using TestHost server = await TestHost.StartAsync();

        using HttpResponseMessage response = await server.SendAsync(HttpMethod.Get, "/v1/tools", (header, value));

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        (await CodeAsync(response)).Should().Be(code);
    }

    [Fact]
    public async Task Invoke_TwoKeys_AreAmbiguous()
    {
        await using TestHost server = await TestHost.StartAsync();

        using HttpResponseMessage two = await server.SendAsync(
            HttpMethod.Get, "/v1/tools", ("Authorization", $"Bearer {server.Key}"), ("x-api-key", "another"));
        using HttpResponseMessage same = await server.SendAsync(
            HttpMethod.Get, "/v1/tools", ("Authorization", $"Bearer {server.Key}"), ("x-api-key", server.Key));

        (await CodeAsync(two)).Should().Be("ambiguous_key");
        same.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Invoke_ExpiredOrRevokedKey_SaysSo()
    {
        var time = new ManualTimeProvider();
        await using TestHost server = await TestHost.StartAsync(services: services => services.AddSingleton<TimeProvider>(time));
        CreatedKey brief = await server.Keys.CreateAsync("brief", [], TimeSpan.FromMinutes(1), s_none);
        CreatedKey bad = await server.Keys.CreateAsync("bad", [], null, s_none);
        (await server.GetAsync("/v1/tools", brief.Text)).Status.Should().Be(200);
        await server.Keys.RevokeAsync(bad.Key.Id, s_none);
        time.Advance(TimeSpan.FromMinutes(1));

        (int expired, JsonNode expiredBody) = await server.GetAsync("/v1/tools", brief.Text);
        (int revoked, JsonNode revokedBody) = await server.GetAsync("/v1/tools", bad.Text);

        (expired, expiredBody["code"]!.GetValue<string>()).Should().Be((401, "expired_key"));
        (revoked, revokedBody["code"]!.GetValue<string>()).Should().Be((401, "revoked_key"));
    }

    [Fact]
    public async Task Invoke_KeyWithoutTheScope_Is403AndNamesIt()
    {
        await using TestHost server = await TestHost.StartAsync();
        CreatedKey key = await server.Keys.CreateAsync("metrics", [KeyScopes.Metrics], null, s_none);

        (int status, JsonNode body) = await server.GetAsync("/v1/models", key.Text);

        status.Should().Be(403);
        body["error"]!["type"]!.GetValue<string>().Should().Be("permission_error");
        body["error"]!["message"]!.GetValue<string>().Should().Contain("'read'").And.Contain(key.Key.Id);
    }

    [Fact]
    public async Task Invoke_EndpointThatSaysNothing_DemandsAdmin()
    {
        await using TestHost server = await TestHost.StartAsync(map: app => app.MapGet("/other", (HttpContext http) => $"\"{http.BridgeIdentity().Id}\""));
        CreatedKey key = await server.Keys.CreateAsync("ci", [KeyScopes.Prompts, KeyScopes.Read, KeyScopes.Metrics], null, s_none);

        (await server.GetAsync("/other", key.Text)).Status.Should().Be(403);
        (await server.GetAsync("/other")).Body.GetValue<string>().Should().Be("local");
    }

    [Fact]
    public async Task Invoke_HealthFaces_AreOpenAndSayOneWord()
    {
        await using TestHost server = await TestHost.StartAsync();

        using HttpResponseMessage health = await server.SendAsync(HttpMethod.Get, "/healthz");
        using HttpResponseMessage ready = await server.SendAsync(HttpMethod.Get, "/readyz");

        (await health.Content.ReadAsStringAsync()).Should().Be("""{"status":"alive"}""");
        (await ready.Content.ReadAsStringAsync()).Should().Be("""{"status":"ready"}""");
    }

    [Fact]
    public async Task Invoke_NoAuth_AdmitsEverybodyAsTheLocalUserAndWarns()
    {
        await using TestHost server = await TestHost.StartAsync(access: access => access.NoAuth = true);

        await server.PostAsync("/v1/prompts/tool-call", """{"messages": [{"role": "user", "content": "a"}]}""");

        server.Key.Should().BeEmpty("no key is made that nobody needs");
        server.Pipeline.Requests.Single().Context!.Identity.Id.Should().Be("local");
        server.Log.All.Should().Contain(line => line.StartsWith("Warning OpenAccess", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Attack", "R7")]
    public async Task Invoke_AnyKey_IsNeverLogged()
    {
        await using TestHost server = await TestHost.StartAsync();
        CreatedKey key = await server.Keys.CreateAsync("ci", [KeyScopes.Metrics], null, s_none);
        await server.GetAsync("/v1/tools");
        await server.GetAsync("/v1/tools", key.Text);
        (await server.SendAsync(HttpMethod.Get, "/v1/tools", ("x-api-key", key.Text + "x"))).Dispose();

        string log = string.Join('\n', server.Log.All);

        log.Should().Contain("NotAdmitted").And.NotContain(server.Key[^43..]).And.NotContain(key.Text[^43..]);
    }
}
