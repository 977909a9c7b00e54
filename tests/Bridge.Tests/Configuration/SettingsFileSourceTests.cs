using System.Collections.Immutable;
using Bridge.Configuration;
using Bridge.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace Bridge.Tests.Configuration;

public sealed class SettingsFileSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly List<ImmutableArray<ConfigProblem>> _refused = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_EveryKindOfValue_IsFlat()
    {
        string file = _folder.Write("appsettings.json", """{ /* mine */ "Bridge": { "Callers": ["a", "b"], "Audit": { "Fsync": true }, "Limits": { "MaxCalls": 3 }, "Responder": null, } }""");
        IConfigurationRoot configuration = Build(file);
        configuration["Bridge:Callers:1"].Should().Be("b");
        configuration["bridge:audit:fsync"].Should().Be("true");
        configuration["Bridge:Limits:MaxCalls"].Should().Be("3");
        configuration["Bridge:Responder"].Should().BeNull();
    }

    [Fact]
    public void Change_GoodContent_IsInForce()
    {
        string file = _folder.Write("appsettings.json", """{ "Bridge": { "Responder": "a" } }""");
        IConfigurationRoot configuration = Build(file);
        int reloads = 0;
        using IDisposable subscription = ChangeToken.OnChange(configuration.GetReloadToken, () => reloads++);

        _folder.Write("appsettings.json", """{ "Bridge": { "Responder": "b" } }""");
        Settle();

        configuration["Bridge:Responder"].Should().Be("b");
        reloads.Should().Be(1);
    }

    [Fact]
    public void Change_BrokenContent_LeavesTheLastGoodAndSaysSo()
    {
        string file = _folder.Write("appsettings.json", """{ "Bridge": { "Responder": "a" } }""");
        IConfigurationRoot configuration = Build(file);

        _folder.Write("appsettings.json", """{ "Bridge": { """);
        Settle();

        configuration["Bridge:Responder"].Should().Be("a");
        _refused.Should().ContainSingle().Which[0].Code.Should().Be("invalid-json");
    }

    [Fact]
    public void Change_FileComesAndGoes_IsFollowed()
    {
        string file = Path.Combine(_folder.Path, "appsettings.json");
        IConfigurationRoot configuration = Build(file);
        configuration["Bridge:Responder"].Should().BeNull();

        _folder.Write("appsettings.json", """{ "Bridge": { "Responder": "a" } }""");
        Settle();
        configuration["Bridge:Responder"].Should().Be("a");

        File.Delete(file);
        Settle();
        configuration["Bridge:Responder"].Should().BeNull();
    }

    private IConfigurationRoot Build(string file) =>
        new ConfigurationBuilder().Add(new SettingsFileSource(file, follow: true, _refused.Add, _clock)).Build();

    // Content counts once it was seen twice.
    private void Settle()
    {
        _clock.Advance(TimeSpan.FromSeconds(6));
        _clock.Advance(TimeSpan.FromSeconds(6));
    }
}
