using Bridge.Calling;
using Bridge.Configuration;
using Bridge.Hosting;
using Bridge.Outcomes;
using Bridge.Profiles;
using Bridge.Shortlisting;
using Bridge.TestKit;
using Bridge.Tests.Pipeline;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Tests.Embedded;

/// <summary>Weights that configuration names.</summary>
public sealed class OwnWeightsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Weights_AFileThatTrainWrote_AreUsed()
    {
        (await AskAsync(Write("own.bin", Shipped("learned/extractor.bin")))).Outcome.Should().Be(PromptOutcome.Called);
    }

    [Fact]
    public async Task Weights_AnotherFile_FailWithItsNameAndTheCure()
    {
        byte[] whole = Shipped("learned/extractor.bin");
        foreach ((string file, string said) in ((string, string)[])
        [
            (Write("cut.bin", whole[..(whole.Length / 2)]), "damaged"),
            (_folder.Write("other.bin", "{}"), "weights of the embedded tool caller"),
            (Path.Combine(_folder.Path, "absent.bin"), "absent.bin"),
        ])
        {
            ToolCalling calling = await AskAsync(file);

            (calling.Outcome, calling.Reason.Kind).Should().Be((PromptOutcome.Failed, ReasonKind.CallerUnavailable), file);
            calling.Reason.Message.Should().Contain(file).And.Contain("Bridge:Embedded:Weights").And.Contain(said).And.Contain("bridge train");
        }
    }

    [Fact]
    public async Task Weights_AnotherFile_IsAFindingOfTheProbe()
    {
        string file = _folder.Write("other.bin", "{}");
        await using ServiceProvider services = Services(options => options.Embedded.Weights = file);

        ModelProbe probe = await services.GetServices<IModelProvider>().First(provider => provider.Serves("embedded")).ProbeAsync(ModelName.Parse("embedded"), default);

        probe.Available.Should().BeFalse();
        probe.Detail.Should().Contain(file);
    }

    [Fact]
    public void Ranker_OwnFile_IsUsedOrNamed()
    {
        RankerFile.Read(Write("ranker.json", Shipped("learned/ranker.json"))).Weights.Should().Equal(RankModel.Shipped.Weights);
        RankerFile.Read(null).Should().BeSameAs(RankModel.Shipped);
        foreach (string file in (string[])[_folder.Write("old.json", """{"features":[{"name":"old","mean":0,"spread":1,"weight":1}]}"""), _folder.Write("cut.json", "{"), Path.Combine(_folder.Path, "absent.json")])
        {
            FluentActions.Invoking(() => RankerFile.Read(file)).Should().Throw<BridgeConfigurationException>().WithMessage($"*{file}*bridge train*");
        }
    }

    private string Write(string name, byte[] content)
    {
        string file = Path.Combine(_folder.Path, name);
        File.WriteAllBytes(file, content);
        return file;
    }

    private static byte[] Shipped(string resource)
    {
        using Stream stream = typeof(RankModel).Assembly.GetManifestResourceStream(resource)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static ServiceProvider Services(Action<BridgeOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddBridge().WithToolSource(BridgeFixture.Calculator());
        services.Configure(configure);
        return services.BuildServiceProvider();
    }

    private static async Task<ToolCalling> AskAsync(string file)
    {
        await using ServiceProvider services = Services(options => options.Embedded.Weights = file);
        return (await services.GetRequiredService<Bridge.Pipeline.IToolCallBridge>().UpdateWithToolCall("Add 2 to 3.")).ToolCalling!;
    }
}
