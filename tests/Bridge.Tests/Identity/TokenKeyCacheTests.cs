using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Bridge.Configuration;
using Bridge.Identity;
using Bridge.TestKit;

namespace Bridge.Tests.Identity;

public sealed class TokenKeyCacheTests : IDisposable
{
    private static readonly TokenAlgorithm s_algorithm = TokenAlgorithm.Find("ES256")!;

    private readonly ManualTimeProvider _time = new();
    private readonly Issuer _issuer = new();
    private readonly BridgeOptions _options = new();
    private readonly TokenKeyCache _cache;

    public TokenKeyCacheTests()
    {
        _options.Http.Tokens.KeysUrl = "https://issuer.test/keys";
        _cache = new TokenKeyCache(new ChangingOptions<BridgeOptions>(_options), _issuer, _time, new RecordingLogger<TokenKeyCache>());
    }

    public void Dispose() => _cache.Dispose();

    [Fact]
    public async Task Find_KeysAreFresh_AreReadOnce()
    {
        for (int time = 0; time < 5; time++)
        {
            (await FindAsync("a")).Should().Be(1);
        }

        _issuer.Asked.Should().Be(1);
    }

    [Fact]
    public async Task Find_UnknownIds_AreAskedForAtABoundedRate()
    {
        await FindAsync("a");
        _time.Advance(TokenKeyCache.Pause);
        for (int id = 0; id < 50; id++)
        {
            (await FindAsync($"unknown-{id}")).Should().Be(0);
        }

        _issuer.Asked.Should().Be(2);
        _issuer.Ids = ["a", "b"];
        (await FindAsync("b")).Should().Be(0, "the issuer was asked a moment ago");
        _time.Advance(TokenKeyCache.Pause);
        (await FindAsync("b")).Should().Be(1, "a new key is found by its first token");
        _issuer.Asked.Should().Be(3);
    }

    [Fact]
    [Trait("Attack", "S6")]
    public async Task S6_Find_KeyWasWithdrawn_CountsNoLongerThanFreshness()
    {
        _issuer.Ids = ["a", "b"];
        await FindAsync("b");
        _issuer.Ids = ["a"];

        _time.Advance(TokenKeyCache.Freshness - TimeSpan.FromSeconds(1));
        (await FindAsync("b")).Should().Be(1);
        _time.Advance(TimeSpan.FromSeconds(1));
        (await FindAsync("b")).Should().Be(0);
    }

    [Fact]
    public async Task Find_IssuerFails_OldKeysDoForAWhileAndThenNone()
    {
        await FindAsync("a");
        _issuer.Fails = true;

        _time.Advance(TokenKeyCache.Patience - TimeSpan.FromSeconds(1));
        (await FindAsync("a")).Should().Be(1);
        _time.Advance(TimeSpan.FromSeconds(1));
        (await FindAsync("a")).Should().BeNull();
        int asked = _issuer.Asked;
        (await FindAsync("a")).Should().BeNull();
        _issuer.Asked.Should().Be(asked, "a failure is not repeated at once");

        _issuer.Fails = false;
        _time.Advance(TokenKeyCache.Pause);
        (await FindAsync("a")).Should().Be(1);
    }

    [Fact]
    public async Task Find_ManyAtOnceAtTheStart_AskOnceAndAllAreServed()
    {
        _issuer.Gate = new TaskCompletionSource();
        Task<int?>[] all = [.. Enumerable.Range(0, 20).Select(_ => FindAsync("a"))];
        _issuer.Gate.SetResult();

        (await Task.WhenAll(all)).Should().AllBeEquivalentTo(1);
        _issuer.Asked.Should().Be(1);
    }

    [Fact]
    public async Task Find_TheFirstGoesAway_TheOthersAreServed()
    {
        _issuer.Gate = new TaskCompletionSource();
        using var gone = new CancellationTokenSource();
        Task<int?> first = FindAsync("a", gone.Token), second = FindAsync("a");
        await gone.CancelAsync();
        _issuer.Gate.SetResult();

        (await second).Should().Be(1);
        (await first).Should().Be(1, "it had begun to read for all");
    }

    [Fact]
    public async Task Find_OldKeysAndASlowIssuer_OnlyOneWaits()
    {
        await FindAsync("a");
        _time.Advance(TokenKeyCache.Freshness);
        _issuer.Gate = new TaskCompletionSource();
        Task<int?> reads = FindAsync("a");

        (await FindAsync("a")).Should().Be(1);
        reads.IsCompleted.Should().BeFalse();
        _issuer.Gate.SetResult();
        (await reads).Should().Be(1);
    }

    [Fact]
    public async Task Find_SettingsChange_KeysOfTheOldPlaceAreForgotten()
    {
        await FindAsync("a");
        _issuer.Ids = ["other"];
        _options.Http.Tokens.KeysUrl = "https://other.test/keys";

        (await FindAsync("a")).Should().Be(0);
        (await FindAsync("other")).Should().Be(1);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"keys":{}}""")]
    [InlineData("""{"keys":[]}""")]
    [InlineData("""{"keys":[1,{"kty":"oct","k":"AQID"},{"kty":"OKP","crv":"Ed25519","x":"AQID"}]}""")]
    [InlineData("""{"keys":[{"kty":"EC","crv":"P-256","x":"AQID","y":"AQID"}]}""")]
    [InlineData("""{"keys":[{"kty":"EC","crv":"P-256","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","y":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}]}""")]
    [InlineData("""{"keys":[{"kty":"RSA","n":"!","e":"AQAB"}]}""")]
    [InlineData("""{"keys":[{"kty":"RSA","e":"AQAB"}]}""")]
    public async Task Find_KeySetIsUnusable_ThereAreNoKeys(string json)
    {
        _issuer.Answer = json;

        (await FindAsync("a")).Should().BeNull();
    }

    [Fact]
    public async Task Find_RsaKeyIsShort_IsNotUsed()
    {
        using var rsa = RSA.Create(1024);
        RSAParameters key = rsa.ExportParameters(false);
        _issuer.Answer = $$"""{"keys":[{"kty":"RSA","n":"{{Base64Url.EncodeToString(key.Modulus)}}","e":"AQAB"}]}""";

        (await _cache.FindAsync(null, TokenAlgorithm.Find("RS256")!, CancellationToken.None)).Should().BeNull();
    }

    [Fact]
    public async Task Find_TokenNamesNoKey_TheOnlyOneThatSuitsIsTaken()
    {
        (await FindAsync(null)).Should().Be(1);

        _issuer.Ids = ["a", "b"];
        _time.Advance(TokenKeyCache.Freshness);
        (await FindAsync(null)).Should().Be(0);
    }

    private async Task<int?> FindAsync(string? id, CancellationToken cancellationToken = default)
    {
        ImmutableArray<TokenKey>? keys = await _cache.FindAsync(id, s_algorithm, cancellationToken);
        return keys?.Length;
    }

    private sealed class Issuer : ITokenKeyLoader
    {
        private readonly string _point;

        public Issuer()
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            ECPoint point = key.ExportParameters(false).Q;
            _point = $"\"x\":\"{Base64Url.EncodeToString(point.X)}\",\"y\":\"{Base64Url.EncodeToString(point.Y)}\"";
        }

        public string[] Ids { get; set; } = ["a"];

        public string? Answer { get; set; }

        public bool Fails { get; set; }

        public TaskCompletionSource? Gate { get; set; }

        public int Asked { get; private set; }

        public async Task<byte[]> LoadAsync(TokenKeyPlace place, CancellationToken cancellationToken)
        {
            Asked++;
            await (Gate?.Task ?? Task.CompletedTask);
            return Fails ? throw new HttpRequestException("The issuer is down.") : Encoding.UTF8.GetBytes(
                Answer ?? $$"""{"keys":[{{string.Join(',', Ids.Select(id => $$"""{"kty":"EC","crv":"P-256","kid":"{{id}}",{{_point}}}"""))}}]}""");
        }
    }
}
