using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Hosting;
using Bridge.Models.Hosting;
using Bridge.Prompts;
using Bridge.Shortlisting;
using Bridge.TestKit;
using Bridge.Tools;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Models.Tests.Hosting;

public sealed class EmbeddingShortlistTests : IAsyncDisposable
{
    private const string Wet = "Will I get wet tomorrow?";

    private static readonly ImmutableArray<Tool> s_tools =
    [
        .. Enumerable.Range(0, 20).Select(number => Make($"ledger_{number}", "Sums of an account")),
        Make("forecast", "Rain and sun of the coming days"),
    ];

    private readonly FakeOpenAi _server = new();
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentBag<string[]> _asked = [];
    private readonly ManualResetEventSlim _toolsMayCome = new(initialState: true);
    private readonly ServiceProvider _services;
    private readonly IShortlister _shortlister;

    public EmbeddingShortlistTests()
    {
        _server.Embeddings = request =>
        {
            if (request.GetProperty("input").GetArrayLength() > 1)
            {
                _toolsMayCome.Wait(TestContext.Current.CancellationToken);
            }

            return Answer(request);
        };
        string file = _folder.Write("models.json", """{"providers": {"local": {"url": "URL"}}}""".Replace("URL", _server.Url.ToString(), StringComparison.Ordinal));
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Bridge:Shortlisting:Embeddings"] = "local/bge-small",
            ["Bridge:Shortlisting:EmbeddingTimeout"] = "00:00:20",
        }).Build();
        var services = new ServiceCollection();
        services.AddBridge(configuration).WithModels(file);
        _services = services.BuildServiceProvider();
        _shortlister = _services.GetRequiredService<IShortlister>();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
        _toolsMayCome.Dispose();
    }

    [Fact]
    public async Task Pick_WordsThatNoToolHas_AreFoundByTheirVector()
    {
        _toolsMayCome.Reset(); // else the tools' vectors may be there already
        (await PickAsync(3)).Should().NotContain("forecast", "no word of the prompt is in it");
        _toolsMayCome.Set();
        await UntilVectorsAreThereAsync();

        (await PickAsync(3)).Should().Contain("forecast");
    }

    [Fact]
    public async Task Pick_ToolsThatWereEmbedded_AreNotAskedAgain()
    {
        await PickAsync(3);
        await UntilVectorsAreThereAsync();
        int before = _asked.Count(texts => texts.Length > 1);

        await PickAsync(3);
        ImmutableArray<Tool> more = [.. s_tools, Make("tides", "High and low water")];
        await _shortlister.PickAsync(Wet, more, 3, TestContext.Current.CancellationToken);
        await UntilAsync(() => Task.FromResult(_asked.Any(texts => texts is [var text] && text.StartsWith("tides", StringComparison.Ordinal))));

        _asked.Count(texts => texts.Length > 1).Should().Be(before, "only what is new is embedded");
    }

    [Fact]
    public async Task Pick_SamePromptAgain_IsEmbeddedOnce()
    {
        Prompt prompt = Wet;
        await _shortlister.PickAsync(prompt, s_tools, 3, TestContext.Current.CancellationToken);
        await _shortlister.PickAsync(prompt, s_tools, 2, TestContext.Current.CancellationToken);

        _asked.Count(texts => texts is [Wet]).Should().Be(1);
    }

    [Fact]
    public async Task Pick_AllFit_AsksNobody()
    {
        (await _shortlister.PickAsync(Wet, s_tools, s_tools.Length, TestContext.Current.CancellationToken)).Should().Equal(s_tools);

        _asked.Should().BeEmpty();
    }

    private static Tool Make(string name, string description) =>
        Tool.Create(new ToolId("test", name), description, JsonElement.Parse("""{"type":"object"}"""));

    private FakeAnswer Answer(JsonElement request)
    {
        _asked.Add([.. request.GetProperty("input").EnumerateArray().Select(text => text.GetString()!)]);
        return FakeOpenAi.Embedded(request, text => text.Contains("wet", StringComparison.Ordinal) || text.Contains("Rain", StringComparison.Ordinal) ? [2, 0.1f] : [0.1f, 2]);
    }

    private Task UntilVectorsAreThereAsync() => UntilAsync(async () => (await PickAsync(3)).Contains("forecast"));

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (int tries = 0; !await holds(); tries++)
        {
            tries.Should().BeLessThan(200, "what is done behind the prompts is done at some time");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private async Task<string[]> PickAsync(int count) =>
        [.. (await _shortlister.PickAsync(Wet, s_tools, count, TestContext.Current.CancellationToken)).Select(tool => tool.Id.Name)];
}
