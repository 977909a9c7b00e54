using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Bridge.Calling;
using Bridge.Configuration;
using Bridge.Hosting;
using Bridge.Http.Guards;
using Bridge.Http.Hosting;
using Bridge.Identity;
using Bridge.Pipeline;
using Bridge.Storage;
using Bridge.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bridge.Http.Tests.Fixtures;

/// <summary>The HTTP faces on a real Kestrel at a free loopback port, with a bridge that does what the test says.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    private TestHost()
    {
    }

    public FakeBridge Pipeline { get; } = new();

    public FakeModels Models { get; } = new();

    public LogLines Log { get; } = new();

    public WebApplication App { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    /// <summary>Sends the key of this machine.</summary>
    public HttpClient Client { get; private set; } = null!;

    public string Key { get; private set; } = "";

    public KeyRing Keys => App.Services.GetRequiredService<KeyRing>();

    /// <summary>Starts a host.</summary>
    /// <param name="configure">Changes the settings.</param>
    /// <param name="access">What the command line says.</param>
    /// <param name="services">Adds services, before those of Bridge.</param>
    /// <param name="bridge">Adds parts; the real pipeline then serves.</param>
    /// <param name="map">Maps endpoints of the test.</param>
    public static async Task<TestHost> StartAsync(
        Action<BridgeOptions>? configure = null,
        Action<AccessOptions>? access = null,
        Action<IServiceCollection>? services = null,
        Action<IBridgeBuilder>? bridge = null,
        Action<WebApplication>? map = null)
    {
        var host = new TestHost();
        host.Build(configure, access, services, bridge);
        host.App.MapBridge();
        map?.Invoke(host.App);
        await host.App.StartBridgeAsync();
        host.Address = new Uri(host.App.Urls.First());
        host.Key = new LocalKeyFile(DataFolder.Open(host._folder.Path)).Read() ?? "";
        host.Client = new HttpClient { BaseAddress = host.Address };
        host.Client.DefaultRequestHeaders.Authorization = host.Key.Length > 0 ? new AuthenticationHeaderValue("Bearer", host.Key) : null;
        return host;
    }

    public async Task<(int Status, JsonNode Body)> PostAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await Client.PostAsync(new Uri(path, UriKind.Relative), content);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    public async Task<(int Status, JsonNode Body)> GetAsync(string path, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        using HttpResponseMessage response = await Client.SendAsync(request);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    /// <summary>Sends a request as it is, without the key.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var anonymous = new HttpClient { BaseAddress = Address };
        using var request = new HttpRequestMessage(method, path);
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await anonymous.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        await App.DisposeAsync();
        _folder.Dispose();
    }

    private void Build(
        Action<BridgeOptions>? configure, Action<AccessOptions>? access, Action<IServiceCollection>? services, Action<IBridgeBuilder>? bridge)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(Log);
        services?.Invoke(builder.Services);
        builder.Services.AddSingleton(DataFolder.Open(_folder.Path));
        builder.Services.AddSingleton<IModelProvider>(Models);
        if (bridge is null)
        {
            builder.Services.AddSingleton<IToolCallBridge>(Pipeline);
        }

        IBridgeBuilder parts = builder.Services.AddBridge().Configure(options =>
        {
            options.Http.Url = "http://127.0.0.1:0";
            configure?.Invoke(options);
        });
        bridge?.Invoke(parts);
        builder.Services.AddBridgeHttp(access);
        App = builder.Build();
    }
}
