using Bridge.Configuration;
using Bridge.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Bridge.Tests.Hosting;

public class LastGoodOptionsTests
{
    [Fact]
    public void Reload_GoodSettings_AreInForceAndTold()
    {
        (IConfigurationRoot configuration, ServiceProvider provider) = Create();
        using ServiceProvider services = provider;
        IOptionsMonitor<BridgeOptions> monitor = services.GetRequiredService<IOptionsMonitor<BridgeOptions>>();
        int told = 0;
        IDisposable? subscription = monitor.OnChange((_, _) => told++);

        configuration["Bridge:Limits:MaxCalls"] = "3";
        configuration.Reload();

        monitor.CurrentValue.Limits.MaxCalls.Should().Be(3);
        monitor.Get("any").Should().BeSameAs(monitor.CurrentValue);
        told.Should().Be(1);
        subscription!.Dispose();
        configuration.Reload();
        told.Should().Be(1);
    }

    [Fact]
    public void Reload_BadSettings_LeaveTheLastGoodOnes()
    {
        (IConfigurationRoot configuration, ServiceProvider provider) = Create();
        using ServiceProvider services = provider;
        IOptionsMonitor<BridgeOptions> monitor = services.GetRequiredService<IOptionsMonitor<BridgeOptions>>();

        configuration["Bridge:Limits:MaxCalls"] = "many";
        configuration.Reload();

        monitor.CurrentValue.Limits.MaxCalls.Should().Be(8);
    }

    [Fact]
    public void Start_BadSettings_NamesEachProblem()
    {
        (IConfigurationRoot _, ServiceProvider provider) = Create(("Bridge:Limts:MaxCalls", "3"), ("Bridge:Responder:Name", "x"));
        using ServiceProvider services = provider;
        services.Invoking(all => all.GetRequiredService<IOptionsMonitor<BridgeOptions>>())
            .Should().Throw<BridgeConfigurationException>().Which.Problems.Should().HaveCount(2);
    }

    private static (IConfigurationRoot Configuration, ServiceProvider Provider) Create(params (string Key, string Value)[] settings)
    {
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
        var services = new ServiceCollection();
        services.AddBridge(configuration);
        return (configuration, services.BuildServiceProvider());
    }
}
