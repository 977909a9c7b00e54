using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Bridge.Configuration;
using Bridge.Http.Guards;
using Bridge.Http.Hosting;
using Bridge.Http.Tests.Fixtures;
using Bridge.Identity;
using Bridge.Storage;
using Bridge.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Bridge.Http.Tests.Hosting;

public sealed class StartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private async Task<StartVerdict> CheckAsync(Action<HttpOptions> configure, AccessOptions? access = null, Func<KeyRing, Task>? prepare = null)
    {
        var options = new BridgeOptions();
        configure(options.Http);
        var keys = new KeyRing(new InMemoryBridgeStore(), new LocalKeyFile(DataFolder.Open(_folder.Path)), TimeProvider.System);
        await (prepare?.Invoke(keys) ?? Task.CompletedTask);
        var check = new StartCheck(new ChangingOptions<BridgeOptions>(options), Options.Create(access ?? new AccessOptions()), keys, TimeProvider.System);
        return await check.CheckAsync(CancellationToken.None);
    }

    private static Task CreateKeyAsync(KeyRing keys) => keys.CreateAsync("ci", [], null, CancellationToken.None);

    private (string Pem, string Key, string Pfx) WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        string pfx = Path.Combine(_folder.Path, "bridge.pfx");
        File.WriteAllBytes(pfx, certificate.Export(X509ContentType.Pkcs12));
        return (_folder.Write("bridge.pem", certificate.ExportCertificatePem()), _folder.Write("bridge.key", key.ExportPkcs8PrivateKeyPem()), pfx);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8787")]
    [InlineData("http://localhost:8787")]
    [InlineData("http://[::1]:8787")]
    public async Task Check_Loopback_IsSafe(string url)
    {
        StartVerdict verdict = await CheckAsync(http => http.Url = url);

        verdict.Problems.Should().BeEmpty();
        verdict.Warnings.Should().BeEmpty();
    }

    [Theory]
    [InlineData("http-tokens-incomplete", "i", null, null, null)]
    [InlineData("http-tokens-incomplete", null, "a", null, null)]
    [InlineData("http-tokens-incomplete", null, null, "{}", null)]
    [InlineData("http-tokens-incomplete", "i", "a", null, null)]
    [InlineData("http-tokens-incomplete", "i", "a", "{}", "https://issuer.test/keys")]
    [InlineData("http-token-keys-unusable", "i", "a", "{}", null)]
    [InlineData("http-token-keys-insecure", "i", "a", null, "http://issuer.test/keys")]
    [InlineData(null, "i", "a", null, "https://issuer.test/keys")]
    [InlineData(null, "i", "a", null, "http://127.0.0.1:1/keys")]
    public async Task Check_Tokens_AreConfiguredWholeAndSafe(string? code, string? issuer, string? audience, string? keys, string? url)
    {
        StartVerdict verdict = await CheckAsync(http =>
            (http.Tokens.Issuer, http.Tokens.Audience, http.Tokens.Keys, http.Tokens.KeysUrl) = (issuer, audience, keys, url));

        verdict.Problems.Select(problem => problem.Code).Should().Equal(code is null ? [] : [code]);
    }

    [Fact]
    public async Task Check_TokenKeysInAFile_AreRead()
    {
        using var issuer = new TestIssuer();
        string file = _folder.Write("keys.json", issuer.KeySet);

        (await CheckAsync(http => Take(http, file))).Problems.Should().BeEmpty();
        (await CheckAsync(http => Take(http, file + "x"))).Problems.Single().Code.Should().Be("http-token-keys-unusable");
        (await CheckAsync(http =>
        {
            http.Url = "http://0.0.0.0:8787";
            Take(http, file);
        })).Problems.Select(problem => problem.Code).Should().Equal("http-tls-missing");

        static void Take(HttpOptions http, string file) =>
            (http.Tokens.Issuer, http.Tokens.Audience, http.Tokens.KeysFile) = (TestIssuer.Name, TestIssuer.Audience, file);
    }

    [Theory]
    [InlineData("http://0.0.0.0:8787")]
    [InlineData("http://*:8787")]
    [InlineData("http://+:8787")]
    [InlineData("http://[::]:8787")]
    [InlineData("http://10.0.0.1:8787")]
    [Trait("Attack", "H5")]
    public async Task Check_OpenToOthers_NeedsKeyAndEncryption(string url)
    {
        StartVerdict verdict = await CheckAsync(http => http.Url = url);

        verdict.Problems.Select(problem => problem.Code).Should().Equal("http-key-missing", "http-tls-missing");
        verdict.Problems.Should().OnlyContain(problem => problem.Message.Contains(url) && problem.Cure.Length > 0);
    }

    [Fact]
    public async Task Check_OpenWithKeyAndInsecureHttp_Warns()
    {
        StartVerdict verdict = await CheckAsync(http => http.Url = "http://0.0.0.0:1", new AccessOptions { InsecureHttp = true }, CreateKeyAsync);

        verdict.Problems.Should().BeEmpty();
        verdict.Warnings.Single().Should().Contain("--insecure-http");
    }

    [Fact]
    [Trait("Attack", "H5")]
    public async Task Check_OpenWithOnlyADeadKey_IsRefused()
    {
        StartVerdict verdict = await CheckAsync(
            http => http.Url = "http://0.0.0.0:1",
            new AccessOptions { InsecureHttp = true },
            async keys => await keys.RevokeAsync((await keys.CreateAsync("ci", [], null, CancellationToken.None)).Key.Id, CancellationToken.None));

        verdict.Problems.Single().Code.Should().Be("http-key-missing");
    }

    [Fact]
    [Trait("Attack", "H5")]
    public async Task Check_NoAuth_IsForLoopbackOnly()
    {
        var access = new AccessOptions { NoAuth = true, InsecureHttp = true };

        (await CheckAsync(http => http.Url = "http://0.0.0.0:1", access, CreateKeyAsync)).Problems.Single().Code.Should().Be("http-no-auth-open");
        StartVerdict loopback = await CheckAsync(_ => { }, access);
        loopback.Problems.Should().BeEmpty();
        loopback.Warnings.Single().Should().Contain("--no-auth");
    }

    [Theory]
    [InlineData("bridge")]
    [InlineData("ftp://127.0.0.1:1")]
    [InlineData("http://127.0.0.1:1/path")]
    [InlineData("http://my-machine:8787")]
    [InlineData("http://unix:/tmp/socket")]
    public async Task Check_Malformed_IsRefused(string url) =>
        (await CheckAsync(http => http.Url = url)).Problems.Single().Should()
            .Match<ConfigProblem>(problem => problem.Code == "http-url-invalid" && problem.Message.Contains(url));

    [Fact]
    public async Task Check_Certificate_MustBeThereAndReadable()
    {
        (string pem, string key, string pfx) = WriteCertificate();

        async Task<string?> CodeAsync(string? file, string? keyFile)
        {
            StartVerdict verdict = await CheckAsync(http => (http.Url, http.CertificateFile, http.CertificateKeyFile) = ("https://127.0.0.1:1", file, keyFile));
            return verdict.Problems.SingleOrDefault()?.Code;
        }

        (await CodeAsync(null, null)).Should().Be("http-certificate-missing");
        (await CodeAsync(Path.Combine(_folder.Path, "not-there.pem"), null)).Should().Be("http-certificate-unreadable");
        (await CodeAsync(_folder.Write("garbage.pfx", "garbage"), null)).Should().Be("http-certificate-unreadable");
        (await CodeAsync(pem, null)).Should().Be("http-certificate-unreadable");
        (await CodeAsync(pem, key)).Should().BeNull();
        (await CodeAsync(pfx, null)).Should().BeNull();
    }

    [Fact]
    public async Task Start_Https_ServesEncrypted()
    {
        (_, _, string pfx) = WriteCertificate();
        await using TestHost server = await TestHost.StartAsync(options => (options.Http.Url, options.Http.CertificateFile) = ("https://127.0.0.1:0", pfx));
        using var trusting = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true };
        using var client = new HttpClient(trusting);

        server.Address.Scheme.Should().Be("https");
        (await client.GetStringAsync(new Uri(server.Address, "/healthz"))).Should().Contain("alive");
    }

    [Theory]
    [InlineData("http://localhost:0", "127.0.0.1")]
    [InlineData("http://[::1]:0", "[::1]")]
    public async Task Start_OtherLoopbackNames_Listen(string url, string host)
    {
        Assert.SkipUnless(System.Net.Sockets.Socket.OSSupportsIPv6, "This machine has no IPv6.");
        await using TestHost server = await TestHost.StartAsync(options => options.Http.Url = url);

        server.Address.Host.Should().Be(host);
        (await server.GetAsync("/healthz")).Status.Should().Be(200);
    }

    [Fact]
    public async Task Start_TakenPort_NamesItAndTheCure()
    {
        await using TestHost first = await TestHost.StartAsync();

        Func<Task> second = () => TestHost.StartAsync(options => options.Http.Url = $"http://127.0.0.1:{first.Address.Port}");

        (await second.Should().ThrowAsync<BridgeConfigurationException>()).Which.Problems.Single().Should().Match<ConfigProblem>(problem =>
            problem.Code == "http-port-taken" && problem.Message.Contains($"{first.Address.Port}") && problem.Cure.Contains("another port"));
    }

    [Fact]
    public async Task Start_AddressOfAnotherMachine_NamesItAndTheCure()
    {
        Func<Task> start = () => TestHost.StartAsync(
            options => options.Http.Url = "http://192.0.2.1:8787",
            access => access.InsecureHttp = true,
            services => services.AddSingleton<IBridgeStore>(provider =>
            {
                var store = new InMemoryBridgeStore();
                CreateKeyAsync(new KeyRing(store, provider.GetRequiredService<LocalKeyFile>(), TimeProvider.System)).GetAwaiter().GetResult();
                return store;
            }));

        (await start.Should().ThrowAsync<BridgeConfigurationException>()).Which.Problems.Single().Code.Should().Be("http-address-refused");
    }

    [Fact]
    [Trait("Attack", "H5")]
    public async Task Start_Unsafe_IsRefusedBeforeAnythingListens()
    {
        Func<Task> start = () => TestHost.StartAsync(options => options.Http.Url = "http://0.0.0.0:0");

        (await start.Should().ThrowAsync<BridgeConfigurationException>()).Which.Problems.Should().HaveCount(2);
    }

    [Fact]
    public void Map_MissingRegistration_SaysTheLineToAdd()
    {
        WebApplication bare = WebApplication.CreateSlimBuilder().Build();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddBridgeHttp();
        WebApplication half = builder.Build();

        ((Action)(() => bare.MapBridge())).Should().Throw<InvalidOperationException>().WithMessage("*AddBridgeHttp()*");
        ((Action)(() => half.MapBridge())).Should().Throw<InvalidOperationException>().WithMessage("*AddBridge(builder.Configuration)*");
    }

    [Fact]
    public void Parse_Localhost_IsBothLoopbackAddresses()
    {
        ListenAddress.Parse("http://localhost:80").Should().Be(new ListenAddress(null, 80, false));
        ListenAddress.Parse("https://127.0.0.1:443").Should().Be(new ListenAddress(IPAddress.Loopback, 443, true));
        ListenAddress.Parse("http://localhost:80").IsLoopback.Should().BeTrue();
        ListenAddress.Parse("http://*:80").IsLoopback.Should().BeFalse();
    }
}
