using Bridge.Configuration;
using Bridge.TestKit;

namespace Bridge.Tests.Configuration;

public sealed class TrustStoreTests : IDisposable
{
    private readonly TemporaryFolder _project = new();
    private readonly TemporaryFolder _data = new();
    private readonly TrustStore _store;

    public TrustStoreTests() => _store = new TrustStore(Path.Combine(_data.Path, "new"), new ManualTimeProvider());

    private ConfigurationFolder Folder => ConfigurationFolder.Find(new ConfigurationPlaces(_project.Path, "/nobody"));

    [Fact]
    [Trait("Attack", "P1")]
    public void Judge_NeverAccepted_IsUnknown()
    {
        _project.Write("config/mcp.json", """{"mcpServers": {"x": {"command": "rm"}}}""");

        Judge().Should().Be(TrustVerdict.Unknown);
    }

    [Fact]
    [Trait("Attack", "P1")]
    public void Judge_AcceptedThenChanged_SaysSo()
    {
        _project.Write("config/mcp.json", "{}");
        _store.Accept(Content());
        Judge().Should().Be(TrustVerdict.Accepted);

        _project.Write("config/mcp.json", "{ }");
        Judge().Should().Be(TrustVerdict.Changed);

        _store.Accept(Content());
        Judge().Should().Be(TrustVerdict.Accepted);
    }

    [Theory]
    [InlineData("appsettings.json")]
    [InlineData("config/appsettings.json")]
    [InlineData("config/models.json")]
    public void Judge_AnotherFileAppears_IsChanged(string file)
    {
        _project.Write("config/mcp.json", "{}");
        _store.Accept(Content());

        _project.Write(file, "{}");

        Judge().Should().Be(TrustVerdict.Changed);
    }

    [Fact]
    public void Judge_SettingsNameAnotherServersFile_ThatFileCounts()
    {
        _project.Write("config/mcp.json", "{}");
        string other = _project.Write("other.json", "{}");
        var options = new BridgeOptions { McpFile = "../other.json" };
        _store.Accept(TrustContent.Read(Folder, options));

        File.WriteAllText(other, "{ }");

        _store.Judge(Folder, TrustContent.Read(Folder, options)).Should().Be(TrustVerdict.Changed);
    }

    [Fact]
    public void Judge_ShippedSample_IsTrustedByHash()
    {
        foreach (string name in ShippedSample.Names)
        {
            _project.Write(name, "").Should().NotBeNull();
            File.WriteAllBytes(Path.Combine(_project.Path, name), ShippedSample.Read(name).ToArray());
        }

        Judge().Should().Be(TrustVerdict.ShippedSample);

        File.AppendAllText(Path.Combine(_project.Path, "config/mcp.json"), " ");
        Judge().Should().Be(TrustVerdict.Unknown);
    }

    [Fact]
    public void ShippedSample_RepositoryFiles_AreTheEmbeddedOnes()
    {
        ShippedSample.Names.Should().BeEquivalentTo("appsettings.json", "config/mcp.json", "config/models.json");
        foreach (string name in ShippedSample.Names)
        {
            File.ReadAllBytes(Path.Combine(TestData.RepositoryRoot, name)).Should().Equal(ShippedSample.Read(name).ToArray());
        }
    }

    [Fact]
    public void Judge_FolderThatTheUserNamed_NeedsNoTrust()
    {
        _project.Write("mcp.json", "{}");
        var folder = new ConfigurationFolder(_project.Path, ConfigurationOrigin.CommandLine);

        _store.Judge(folder, TrustContent.Read(folder, new BridgeOptions())).Should().Be(TrustVerdict.NotNeeded);
    }

    [Fact]
    public void Revoke_Accepted_IsUnknownAgain()
    {
        _project.Write("config/mcp.json", "{}");
        _store.Accept(Content());

        _store.Revoke(Folder.Path).Should().BeTrue();
        _store.Revoke(Folder.Path).Should().BeFalse();
        Judge().Should().Be(TrustVerdict.Unknown);
    }

    [Fact]
    public void Judge_RecordIsGarbage_IsUnknown()
    {
        _project.Write("config/mcp.json", "{}");
        _store.Accept(Content());
        string record = Directory.GetFiles(_data.Path, "*.json", SearchOption.AllDirectories).Should().ContainSingle().Subject;

        File.WriteAllText(record, "{");
        Judge().Should().Be(TrustVerdict.Unknown);
        File.WriteAllText(record, "[1]");
        Judge().Should().Be(TrustVerdict.Unknown);
    }

    [Fact]
    public void Accept_NewDataFolder_IsPrivate()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix modes.");
        _project.Write("config/mcp.json", "{}");

        _store.Accept(Content());

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(_data.Path, "new")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public void Dispose()
    {
        _project.Dispose();
        _data.Dispose();
    }

    private TrustContent Content() => TrustContent.Read(Folder, new BridgeOptions());

    private TrustVerdict Judge() => _store.Judge(Folder, Content());
}
