using Bridge.Calling;
using Bridge.Configuration;
using Bridge.Hosting;
using Bridge.Models.Hosting;
using Bridge.Profiles;
using Bridge.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bridge.Models.Tests.Hosting;

public sealed class ModelsBuilderExtensionsTests
{
    private readonly ServiceCollection _services = new();
    private readonly ManualTimeProvider _time = new();
    private readonly RecordingLogger<ModelsFileWatch> _log = new();
    private readonly IBridgeBuilder _builder;

    public ModelsBuilderExtensionsTests()
    {
        _services.AddSingleton<TimeProvider>(_time);
        _services.AddSingleton<ILogger<ModelsFileWatch>>(_log);
        _builder = new Builder(_services);
    }

    [Fact]
    public void ToolCaller_NameAndAttempts_AreConfigured()
    {
        _builder.ToolCaller("ollama/llama3-groq-tool-use", attempts: 7).ToolCaller("openai/x").ToolCaller("openai/x").Responder("openai/y");
        using ServiceProvider provider = _services.BuildServiceProvider();

        BridgeOptions options = provider.GetRequiredService<IOptions<BridgeOptions>>().Value;
        options.Callers.Should().Equal("ollama/llama3-groq-tool-use", "openai/x");
        options.Responder.Should().Be("openai/y");
        provider.GetRequiredService<IModelProfiles>().Find(ModelName.Parse("ollama/llama3-groq-tool-use")).Attempts.Should().Be(7);
        provider.GetServices<IModelProvider>().Should().HaveCount(2, "providers are added once");
    }

    [Fact]
    public void ToolCaller_BadInput_IsRefusedAtOnce()
    {
        Action name = () => _builder.ToolCaller("/x");
        name.Should().Throw<FormatException>();
        Action attempts = () => _builder.ToolCaller("ollama/x", attempts: 0);
        attempts.Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void WithModels_File_IsReadAndFollowed()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("models.json", """{"profiles": [{"match": "x", "attempts": 4}]}""");
        _builder.WithModels(file).ToolCaller("mine/y", attempts: 2);
        using ServiceProvider provider = _services.BuildServiceProvider();
        var profiles = provider.GetRequiredService<IModelProfiles>();
        ModelName name = ModelName.Parse("mine/x");

        profiles.Find(name).Attempts.Should().Be(4);
        profiles.Find(ModelName.Parse("mine/y")).Attempts.Should().Be(2);
        int version = profiles.Version;

        folder.Write("models.json", """{"profiles": [{"match": "x", "attempts": 6}]}""");
        Settle();
        profiles.Find(name).Attempts.Should().Be(6);
        profiles.Version.Should().BeGreaterThan(version);

        folder.Write("models.json", """{"profiles": [{"match": "x", "atempts": 9}]}""");
        Settle();
        profiles.Find(name).Attempts.Should().Be(6, "a bad file keeps the last good state");
        _log.Entries.Should().Contain(entry => entry.Event.Id == 3001 && entry.Message.Contains("'attempts'"));

        File.Delete(file);
        Settle();
        profiles.Find(name).Attempts.Should().Be(6);
        _log.Entries.Select(entry => entry.Event.Id).Should().Contain([3000, 3001, 3002]);
    }

    [Fact]
    public void WithModels_BadFile_SaysEverythingAtOnce()
    {
        using var folder = new TemporaryFolder();
        _builder.WithModels(folder.Write("models.json", """{"profiles": [{"match": "x", "attempts": 0, "zzz": 1}]}"""));
        using ServiceProvider provider = _services.BuildServiceProvider();

        Action act = () => provider.GetRequiredService<IModelProfiles>();
        act.Should().Throw<BridgeConfigurationException>().Which.Problems.Should().HaveCount(2);
    }

    [Fact]
    public void WithModels_MissingFile_IsAProblemUnlessOptional()
    {
        using var folder = new TemporaryFolder();
        string file = Path.Combine(folder.Path, "models.json");
        _builder.WithModels(file);
        using (ServiceProvider provider = _services.BuildServiceProvider())
        {
            Action act = () => provider.GetRequiredService<ModelsState>();
            act.Should().Throw<BridgeConfigurationException>();
        }

        _builder.WithModels(file, optional: true);
        using ServiceProvider lenient = _services.BuildServiceProvider();
        var profiles = lenient.GetRequiredService<IModelProfiles>();
        profiles.Find(ModelName.Parse("mine/x")).Attempts.Should().Be(3);
        folder.Write("models.json", """{"profiles": [{"match": "x", "attempts": 6}]}""");
        Settle();
        profiles.Find(ModelName.Parse("mine/x")).Attempts.Should().Be(6);
    }

    // The first look sees the change, the second that it has settled.
    private void Settle()
    {
        _time.Advance(TimeSpan.FromSeconds(6));
        _time.Advance(TimeSpan.FromSeconds(6));
    }

    private sealed class Builder(IServiceCollection services) : IBridgeBuilder
    {
        public IServiceCollection Services => services;
    }
}
