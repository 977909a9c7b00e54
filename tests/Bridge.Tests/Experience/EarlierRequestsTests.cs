using System.Collections.Immutable;
using Bridge.Experience;
using Bridge.Hosting;
using Bridge.Pipeline;
using Bridge.Prompts;
using Bridge.Shortlisting;
using Bridge.Storage;
using Bridge.TestKit;
using Bridge.Tools;
using Bridge.Traffic;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Tests.Experience;

/// <summary>Prompts through the whole pipeline, with more tools than a caller sees.</summary>
public sealed class EarlierRequestsTests : IDisposable
{
    private const string Wet = "Will I get wet tomorrow?";

    private readonly TemporaryFolder _temporary = new();
    private readonly FakeToolSource _source = new("test");
    private readonly Dictionary<string, string?> _settings = new() { ["Bridge:Shortlisting:Experience"] = "true", ["Bridge:Learning:Record"] = "true" };

    private ImmutableArray<Tool> _tools;

    public EarlierRequestsTests()
    {
        _tools = [.. Enumerable.Range(0, 60).Select(i => _source.Add($"ledger_{i}")), _source.Add("forecast")];
    }

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task Pick_AfterACallThatWentWell_FindsTheToolByWhatWasSaid()
    {
        await using ServiceProvider services = Services("forecast");
        (await PickAsync(services)).Should().NotContain("forecast", "no word of the prompt is in it");

        await AskAsync(services, "Forecast for Oslo: do we get wet?");

        await UntilReadAsync(services);

        (await PickAsync(services)).Should().Contain("forecast");
    }

    [Fact]
    public async Task Pick_AfterARestart_KnowsWhatWasKept()
    {
        await using (ServiceProvider services = Services("forecast"))
        {
            await AskAsync(services, "Forecast for Oslo: do we get wet?");
        }

        await using ServiceProvider again = Services("forecast");
        await UntilReadAsync(again);

        (await PickAsync(again)).Should().Contain("forecast");
    }

    [Fact]
    public async Task Pick_AfterACallThatFailed_LearnsNothing()
    {
        _tools = _tools.Add(_source.Add("forecast_of_old", (_, _, _) => Task.FromResult(ToolResult.FromText("no rain gauge", isError: true))));
        await using ServiceProvider services = Services("forecast_of_old");

        await AskAsync(services, "Forecast of old for Oslo: do we get wet?");
        await UntilReadAsync(services);

        (await PickAsync(services)).Should().NotContain("forecast_of_old");
    }

    [Fact]
    public async Task Pick_NotAskedFor_RanksByWordsAndReadsNothing()
    {
        _settings["Bridge:Shortlisting:Experience"] = "false";
        await using ServiceProvider services = Services("forecast");

        await AskAsync(services, "Forecast for Oslo: do we get wet?");

        (await PickAsync(services)).Should().NotContain("forecast");
        services.GetRequiredService<EarlierRequests>().Reading.Should().BeNull();
    }

    [Fact]
    public async Task Pick_KeptLinesThatAreForeign_AreSkipped()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_temporary.Path, "traffic")).FullName;
        await File.WriteAllLinesAsync(Path.Combine(folder, "traffic-20260101-0.jsonl"),
        [
            "{",
            """{"time":"2026-01-01T00:00:00Z","messages":7,"calls":[{"tool":"x"}]}""",
            """{"time":"2026-01-01T00:00:00Z","messages":[{"role":"user","content":"wet"}],"calls":[{"tool":"noslash","status":"succeeded"}]}""",
            """{"time":"2026-01-01T00:00:00Z","messages":[{"role":"user","content":"Do we get wet in Oslo?"}],"calls":[{"tool":"test/forecast","status":"succeeded"}]}""",
        ]);
        await using ServiceProvider services = Services("forecast");

        await UntilReadAsync(services);

        (await PickAsync(services)).Should().Contain("forecast");
    }

    private ServiceProvider Services(string called)
    {
        var services = new ServiceCollection();
        IConfigurationRoot configuration = new ConfigurationBuilder().AddInMemoryCollection(_settings).Build();
        services.AddSingleton(DataFolder.Open(_temporary.Path));
        services.AddSingleton<ITrafficLog, JsonLinesTrafficLog>();
        services.AddBridge(configuration).WithToolSource(_source).ToolCaller(new ScriptedToolCaller(ScriptedToolCaller.Call(called, "{}")));
        return services.BuildServiceProvider();
    }

    private static async Task AskAsync(ServiceProvider services, string prompt)
    {
        Prompt answered = await services.GetRequiredService<IToolCallBridge>().UpdateWithToolCall(prompt);
        answered.ToolCalling!.Calls.Should().ContainSingle();
    }

    private async Task<string[]> PickAsync(ServiceProvider services)
    {
        ImmutableArray<Tool> picked = await services.GetRequiredService<IShortlister>().PickAsync(Wet, _tools, 5, TestContext.Current.CancellationToken);
        return [.. picked.Select(tool => tool.Id.Name)];
    }

    private async Task UntilReadAsync(ServiceProvider services)
    {
        await PickAsync(services);
        await services.GetRequiredService<EarlierRequests>().Reading!;
    }
}
