using Bridge.Identity;
using Bridge.TestKit;

namespace Bridge.Tests.Identity;

public sealed class LocalKeyFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_BeforeTheFirstUse_IsNothing()
    {
        new LocalKeyFile(_folder.Path).Read().Should().BeNull();
        new LocalKeyFile(Path.Combine(_folder.Path, "not-there")).Read().Should().BeNull();
    }

    [Fact]
    public void ReadOrCreate_Twice_GivesTheSameKey()
    {
        string first = new LocalKeyFile(_folder.Path).ReadOrCreate();

        new LocalKeyFile(_folder.Path).ReadOrCreate().Should().Be(first).And.StartWith("bridge_");
    }

    [Fact]
    public void ReadOrCreate_NewFolder_WritesAFileForTheUserAlone()
    {
        var file = new LocalKeyFile(Path.Combine(_folder.Path, "data"));

        file.ReadOrCreate();

        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file modes; the profile folder's access list protects the file.");
            return;
        }

        File.GetUnixFileMode(file.Path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void ReadOrCreate_ManyAtOnce_AgreeOnOneKeyAndLeaveNothingBehind()
    {
        string[] keys = new string[16];

        Parallel.For(0, keys.Length, i => keys[i] = new LocalKeyFile(_folder.Path).ReadOrCreate());

        keys.Distinct().Should().ContainSingle();
        Directory.GetFiles(_folder.Path).Should().ContainSingle();
    }

    [Fact]
    public void ReadOrCreate_FolderIsAFile_SaysSo()
    {
        string file = _folder.Write("file", "");

        Action create = () => new LocalKeyFile(file).ReadOrCreate();

        create.Should().Throw<IOException>();
    }
}
