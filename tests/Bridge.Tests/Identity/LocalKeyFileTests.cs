using Bridge.Identity;
using Bridge.Storage;
using Bridge.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Tests.Identity;

public sealed class LocalKeyFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private LocalKeyFile NewFile() => new(DataFolder.Open(_folder.Path));

    [Fact]
    public void Read_BeforeTheFirstUse_IsNothing() => NewFile().Read().Should().BeNull();

    [Fact]
    public void ReadOrCreate_Twice_GivesTheSameKey()
    {
        string first = NewFile().ReadOrCreate();

        NewFile().ReadOrCreate().Should().Be(first).And.StartWith("bridge_");
    }

    [Fact]
    [Trait("Attack", "H5")]
    public void ReadOrCreate_NewFolder_WritesAFileForTheUserAlone()
    {
        LocalKeyFile file = NewFile();

        file.ReadOrCreate();

        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes; the profile folder's access list protects the file.");
            return;
        }

        File.GetUnixFileMode(file.Path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void ReadOrCreate_ManyAtOnce_AgreeOnOneKeyAndLeaveNoDraft()
    {
        for (int round = 0; round < 50; round++)
        {
            string[] keys = new string[8];
            Parallel.For(0, keys.Length, i => keys[i] = NewFile().ReadOrCreate());

            keys.Distinct().Should().ContainSingle();
            Directory.GetFiles(_folder.Path, "key*").Select(Path.GetFileName).Should().BeEquivalentTo("key", "key.lock");
            File.Delete(NewFile().Path);
        }
    }

    [Fact]
    public void ReadOrCreate_FolderIsGone_SaysSo()
    {
        LocalKeyFile file = NewFile();
        Directory.Delete(_folder.Path, recursive: true);

        Action create = () => file.ReadOrCreate();

        create.Should().Throw<IOException>();
        Directory.CreateDirectory(_folder.Path);
    }

    [Fact]
    public void AddBridgeKeys_StoreAndFolder_GiveAKeyRing()
    {
        using ServiceProvider services = new ServiceCollection()
            .AddSingleton<IBridgeStore, InMemoryBridgeStore>()
            .AddSingleton(DataFolder.Open(_folder.Path))
            .AddBridgeKeys()
            .BuildServiceProvider();

        services.GetRequiredService<KeyRing>().EnsureLocalKey().Should().Be(NewFile().Read());
    }
}
