using System.Net;
using System.Text.Json.Nodes;
using Bridge.Configuration;
using Bridge.Http.Guards;
using Bridge.Http.Tests.Fixtures;
using Bridge.Identity;
using Bridge.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Http.Tests.Guards;

public sealed class TokenGuardTests : IAsyncLifetime
{
    private readonly TestIssuer _issuer = new();
    private readonly ManualTimeProvider _time = new();
    private TestHost _host = null!;

    private JsonObject Good => TestIssuer.Claims(_time.GetUtcNow());

    public async ValueTask InitializeAsync() => _host = await TestHost.StartAsync(
        options => Configure(options.Http.Tokens),
        services: services => services.AddSingleton<TimeProvider>(_time));

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _issuer.Dispose();
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    [InlineData("ES384")]
    public async Task Invoke_TokenOfTheIssuer_IsAdmitted(string algorithm) =>
        (await CodeAsync(_issuer.Sign(Good, algorithm))).Should().BeNull();

    [Theory]
    [InlineData("""{"alg":"none"}""", "")]
    [InlineData("""{"alg":"None","kid":"ES256"}""", "")]
    [InlineData("""{"kid":"ES256"}""", "ES256")]
    [InlineData("""{"alg":"HS256","kid":"RS256"}""", "HS256")]
    [InlineData("""{"alg":"RS512","kid":"RS256"}""", "RS512")]
    [InlineData("""{"alg":"es256","kid":"ES256"}""", "ES256")]
    [InlineData("""{"alg":256,"kid":"ES256"}""", "ES256")]
    [InlineData("""{"alg":"ES256","kid":1}""", "ES256")]
    [InlineData("""{"alg":"ES256","kid":"ES256","crit":["exp"]}""", "ES256")]
    [InlineData("""{"alg":"ES256","kid":"ES256","typ":"logout+jwt"}""", "ES256")]
    [Trait("Attack", "O3")]
    public async Task O3_Invoke_HeaderThatIsNotAllowed_Is401(string header, string signedWith) =>
        (await CodeAsync(_issuer.Sign(header, Good.ToJsonString(), signedWith))).Should().Be("invalid_token");

    [Theory]
    [InlineData("""{"alg":"RS256","kid":"ES256"}""", "RS256")]
    [InlineData("""{"alg":"ES256","kid":"RS256"}""", "ES256")]
    [InlineData("""{"alg":"ES384","kid":"ES256"}""", "ES384")]
    [InlineData("""{"alg":"ES256","kid":"es256"}""", "ES256")]
    [InlineData("""{"alg":"ES256","kid":""}""", "ES256")]
    [InlineData("""{"alg":"RS256","kid":"encrypts"}""", "RS256")]
    [InlineData("""{"alg":"ES256","kid":"../../dev/null"}""", "ES256")]
    [InlineData("""{"alg":"ES256","kid":"ES256"}""", "ES384")]
    [InlineData("""{"alg":"ES256","kid":"ES256"}""", "zero")]
    [InlineData("""{"alg":"ES256","kid":"ES256"}""", "")]
    [InlineData("""{"alg":"PS256","kid":"RS256"}""", "RS256")]
    [Trait("Attack", "O3")]
    public async Task O3_Invoke_WrongKeyOrSignature_Is401(string header, string signedWith) =>
        (await CodeAsync(_issuer.Sign(header, Good.ToJsonString(), signedWith))).Should().Be("invalid_token");

    [Fact]
    [Trait("Attack", "O3")]
    public async Task O3_Invoke_KeyOfTheTokenItself_IsNotBelieved()
    {
        using var attacker = new TestIssuer();
        JsonNode own = JsonNode.Parse(attacker.KeySet)!["keys"]![1]!;
        string header = new JsonObject { ["alg"] = "ES256", ["kid"] = "ES256", ["jwk"] = own.DeepClone(), ["jku"] = "http://127.0.0.1:9/keys" }.ToJsonString();

        (await CodeAsync(attacker.Sign(header, Good.ToJsonString(), "ES256"))).Should().Be("invalid_token");
        (await CodeAsync(_issuer.Sign(header, Good.ToJsonString(), "ES256"))).Should().BeNull("the same header with the issuer's signature is fine");
    }

    [Theory]
    [InlineData("iss", "\"https://issuer.test/\"", "invalid_token")]
    [InlineData("iss", "[\"https://issuer.test\"]", "invalid_token")]
    [InlineData("iss", null, "invalid_token")]
    [InlineData("aud", "\"https://other.test\"", "invalid_token")]
    [InlineData("aud", "[\"https://other.test\", 1]", "invalid_token")]
    [InlineData("aud", "[]", "invalid_token")]
    [InlineData("aud", null, "invalid_token")]
    [InlineData("exp", "1", "expired_token")]
    [InlineData("exp", "\"9999999999\"", "expired_token")]
    [InlineData("exp", "1e999", "invalid_token")]
    [InlineData("exp", "-1e300", "expired_token")]
    [InlineData("sub", "\"\\ud800\"", "invalid_token")]
    [InlineData("exp", null, "expired_token")]
    [InlineData("nbf", "9999999999", "token_not_yet_valid")]
    [InlineData("nbf", "\"1\"", "token_not_yet_valid")]
    [InlineData("sub", "\"\"", "invalid_token")]
    [InlineData("sub", "\"a\\nb\"", "invalid_token")]
    [InlineData("sub", "7", "invalid_token")]
    [InlineData("sub", null, "invalid_token")]
    [InlineData("aud", "[\"https://other.test\", \"https://bridge.test\"]", null)]
    [InlineData("exp", "1767225900.5", null)]
    [InlineData("nbf", null, null)]
    [Trait("Attack", "O3")]
    public async Task O3_Invoke_Claim_DecidesWhoIsLetIn(string claim, string? value, string? code)
    {
        JsonObject claims = Good;
        claims.Remove(claim);
        string json = claims.ToJsonString();
        json = value is null ? json : $"{json[..^1]},\"{claim}\":{value}}}";

        (await CodeAsync(_issuer.Sign("""{"alg":"ES256","kid":"ES256"}""", json, "ES256"))).Should().Be(code);
    }

    [Fact]
    public async Task Invoke_TimePasses_TokenCountsUntilItsEndAndTheSkew()
    {
        string token = _issuer.Sign(Good);
        _time.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(29));
        (await CodeAsync(token)).Should().BeNull();
        _time.Advance(TimeSpan.FromSeconds(1));
        (await CodeAsync(token)).Should().Be("expired_token");

        JsonObject early = Good;
        early["nbf"] = _time.GetUtcNow().AddSeconds(31).ToUnixTimeSeconds();
        string waits = _issuer.Sign(early);
        (await CodeAsync(waits)).Should().Be("token_not_yet_valid");
        _time.Advance(TimeSpan.FromSeconds(1));
        (await CodeAsync(waits)).Should().BeNull();
    }

    [Fact]
    [Trait("Attack", "O3")]
    public async Task O3_Invoke_TamperedToken_Is401()
    {
        string token = _issuer.Sign(Good);
        string[] parts = token.Split('.');
        JsonObject more = Good;
        more["scope"] = "bridge:admin";

        (await CodeAsync($"{parts[0]}.{TestIssuer.Text(more.ToJsonString())}.{parts[2]}")).Should().Be("invalid_token");
        (await CodeAsync($"{parts[0]}.{parts[1]}.")).Should().Be("invalid_token");
        (await CodeAsync($"{parts[0]}.{parts[1]}.{parts[2][..^4]}")).Should().Be("invalid_token");
        (await CodeAsync($"{parts[0]}.{parts[1]}.{parts[2]}=")).Should().Be("invalid_token");
        (await CodeAsync($"{parts[0]}.{parts[1]}")).Should().Be("invalid_api_key");
        (await CodeAsync($"{token}.{parts[2]}.{parts[2]}")).Should().Be("invalid_api_key", "five parts are an encrypted token");
    }

    [Fact]
    [Trait("Attack", "J2")]
    public async Task J2_Invoke_MemberTwice_Is401()
    {
        string claims = Good.ToJsonString();

        (await CodeAsync(_issuer.Sign("""{"alg":"none","alg":"ES256","kid":"ES256"}""", claims, "ES256"))).Should().Be("invalid_token");
        (await CodeAsync(_issuer.Sign("""{"alg":"ES256","kid":"ES256"}""", $"{claims[..^1]},\"sub\":\"root\"}}", "ES256"))).Should().Be("invalid_token");
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a.b.c")]
    [InlineData("W10.W10.")]
    [InlineData("e30.e30.e30")]
    public async Task Invoke_NotAToken_Is401(string text) => (await CodeAsync(text)).Should().Be("invalid_token");

    [Fact]
    public async Task Invoke_HugeToken_Is401()
    {
        JsonObject claims = Good;
        claims["groups"] = new string('x', 16 * 1024);

        (await CodeAsync(_issuer.Sign(claims))).Should().Be("invalid_token");
    }

    [Fact]
    public async Task Invoke_Scopes_AllowWhatTheyNameAndNothingElse()
    {
        JsonObject none = Good, wrong = Good, list = Good, admin = Good;
        none.Remove("scope");
        wrong["scope"] = "read admin bridge:Read bridge:metrics xbridge:read";
        list["scope"] = "openid";
        list["scp"] = new JsonArray("bridge:prompts", "bridge:read");
        admin["scope"] = "bridge:admin";

        (await CodeAsync(_issuer.Sign(none))).Should().Be("scope_missing");
        (await CodeAsync(_issuer.Sign(wrong))).Should().Be("scope_missing");
        (await CodeAsync(_issuer.Sign(list))).Should().BeNull();
        (await CodeAsync(_issuer.Sign(admin))).Should().BeNull();
        using HttpResponseMessage refused = await SendAsync(_issuer.Sign(wrong));
        refused.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        refused.Headers.WwwAuthenticate.ToString().Should().Be("Bearer realm=\"bridge\", error=\"insufficient_scope\", scope=\"bridge:read\"");
        (await refused.Content.ReadAsStringAsync()).Should().Contain("user:ada").And.Contain("bridge:read");
    }

    [Fact]
    [Trait("Attack", "R7")]
    public async Task Invoke_Refused_TellsHowToGetInAndNeverTheToken()
    {
        JsonObject claims = Good;
        claims["aud"] = "somebody";
        string token = _issuer.Sign(claims);

        using HttpResponseMessage refused = await SendAsync(token);

        refused.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        refused.Headers.WwwAuthenticate.ToString().Should().Be("Bearer realm=\"bridge\", error=\"invalid_token\"");
        (await refused.Content.ReadAsStringAsync()).Should().NotContain(TestIssuer.Audience).And.NotContain(TestIssuer.Name);
        string.Join('\n', _host.Log.All).Should().NotContain(token.Split('.')[1]);
    }

    [Fact]
    public async Task Invoke_TokensAndKeys_AreTakenBesideEachOther()
    {
        CreatedKey key = await _host.Keys.CreateAsync("beside", [], null, CancellationToken.None);

        (await CodeAsync(key.Text)).Should().BeNull();
        using HttpResponseMessage two = await _host.SendAsync(
            HttpMethod.Get, "/v1/tools", ("Authorization", $"Bearer {_issuer.Sign(Good)}"), ("x-api-key", key.Text));
        two.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Invoke_TokensNotConfigured_AreUnknownKeys()
    {
        await using TestHost plain = await TestHost.StartAsync(services: services => services.AddSingleton<TimeProvider>(_time));

        (int status, JsonNode body) = await plain.GetAsync("/v1/tools", _issuer.Sign(Good));

        (status, body["code"]!.GetValue<string>()).Should().Be((401, "invalid_api_key"));
    }

    [Theory]
    [InlineData("file", null)]
    [InlineData("/keys", null)]
    [InlineData("/elsewhere", "token_keys_unavailable")]
    [InlineData("/nothing", "token_keys_unavailable")]
    [Trait("Attack", "H8")]
    public async Task Invoke_KeysInAFileOrAtAnAddress_AreReadAndRedirectsAreNotFollowed(string place, string? code)
    {
        using var folder = new TemporaryFolder();
        await using TestHost publisher = await TestHost.StartAsync(map: app =>
        {
            app.MapGet("/keys", () => Results.Text(_issuer.KeySet)).OpenToAll();
            app.MapGet("/elsewhere", () => Results.Redirect("/keys")).OpenToAll();
        });
        await using TestHost host = await TestHost.StartAsync(
            options =>
            {
                (options.Http.Tokens.Issuer, options.Http.Tokens.Audience) = (TestIssuer.Name, TestIssuer.Audience);
                options.Http.Tokens.KeysFile = place == "file" ? folder.Write("keys.json", _issuer.KeySet) : null;
                options.Http.Tokens.KeysUrl = place == "file" ? null : new Uri(publisher.Address, place).ToString();
            },
            services: services => services.AddSingleton<TimeProvider>(_time));

        (int status, JsonNode body) = await host.GetAsync("/v1/tools", _issuer.Sign(Good));

        status.Should().Be(code is null ? 200 : 503);
        body["code"]?.GetValue<string>().Should().Be(code);
    }

    private void Configure(TokenOptions tokens) =>
        (tokens.Issuer, tokens.Audience, tokens.Keys) = (TestIssuer.Name, TestIssuer.Audience, _issuer.KeySet);

    private Task<HttpResponseMessage> SendAsync(string token) =>
        _host.SendAsync(HttpMethod.Get, "/v1/tools", ("Authorization", $"Bearer {token}"));

    private async Task<string?> CodeAsync(string token)
    {
        using HttpResponseMessage response = await SendAsync(token);
        return response.IsSuccessStatusCode ? null : JsonNode.Parse(await response.Content.ReadAsStringAsync())!["code"]!.GetValue<string>();
    }
}
