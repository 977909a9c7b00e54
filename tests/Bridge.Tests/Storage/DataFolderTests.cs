using Bridge.Storage;
using Bridge.TestKit;

namespace Bridge.Tests.Storage;

public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("/a", "/b", "/c", "/a")]
    [InlineData(null, "/b", "/c", "/b")]
    [InlineData(" ", " ", "/c", "/c/bridge")]
    [InlineData(null, null, "not/absolute", "/platform")]
    [InlineData(null, null, null, "/platform")]
    public void Locate_TheFirstThatIsNamed_Wins(string? option, string? variable, string? state, string expected)
    {
        string found = DataFolderPlaces.Locate(option, name => name == "BRIDGE_DATA_DIR" ? variable : state, () => "/platform");

        found.Should().Be(OperatingSystem.IsWindows() && expected != "/platform" ? Path.GetFullPath(expected) : expected);
    }

    [Fact]
    public void Locate_OfThisProcess_IsAFullPath() => Path.IsPathFullyQualified(DataFolderPlaces.Locate(null)).Should().BeTrue();

    [Fact]
    public void Open_MissingFolder_IsCreatedForItsUserAlone()
    {
        string path = Path.Combine(_folder.Path, "deep", "data");

        DataFolder folder = DataFolder.Open(path);
        string audit = DataFolder.Open(path).Folder("audit");

        folder.Path.Should().Be(path);
        File.ReadAllText(Path.Combine(path, "version")).Should().Be("1");
        Directory.EnumerateFiles(path).Should().ContainSingle("nothing is left of trying to write");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(path).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            File.GetUnixFileMode(audit).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Theory]
    [InlineData("2")]
    [InlineData("0")]
    [InlineData("x")]
    public void Open_LayoutOfAnotherProgram_IsRefusedWithTheCure(string version)
    {
        _folder.Write("version", version);

        FluentActions.Invoking(() => DataFolder.Open(_folder.Path)).Should().Throw<DataFolderException>()
            .WithMessage($"*layout '{version}'*knows 1 to 1*--data*");
    }

    [Fact]
    public void Open_FolderOthersCanWrite_IsRefusedAndLeftAsItIs()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no Unix modes.");
#pragma warning disable CA1416 // Skipped on Windows above.
        UnixFileMode shared = File.GetUnixFileMode(_folder.Path) | UnixFileMode.OtherWrite;
        File.SetUnixFileMode(_folder.Path, shared);
        FluentActions.Invoking(() => DataFolder.Open(_folder.Path)).Should().Throw<DataFolderException>().WithMessage("*other users*chmod 700*");
        File.GetUnixFileMode(_folder.Path).Should().Be(shared);
#pragma warning restore CA1416
    }

    [Fact]
    public void Open_PathIsAFile_SaysSoWithTheCure()
    {
        string file = _folder.Write("file", "");

        FluentActions.Invoking(() => DataFolder.Open(file)).Should().Throw<DataFolderException>()
            .WithMessage($"The data folder '{file}' cannot be used*BRIDGE_DATA_DIR*");
    }

    [Fact]
    public void Folder_PathIsAFile_SaysSo()
    {
        DataFolder folder = DataFolder.Open(_folder.Path);
        _folder.Write("audit", "in the way");

        FluentActions.Invoking(() => folder.Folder("audit")).Should().Throw<DataFolderException>().WithMessage("*cannot be created*");
    }
}
