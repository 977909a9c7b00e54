using Bridge.Configuration;
using Bridge.TestKit;

namespace Bridge.Tests.Configuration;

public sealed class DataFolderTests
{
    [Fact]
    public void Find_Requested_WinsOverTheVariable()
    {
        string? Variable(string name) => name == DataFolder.Variable ? "/variable" : null;

        DataFolder.Find("mine", "/here", Variable).Should().Be(Path.GetFullPath("/here/mine"));
        DataFolder.Find(null, "/here", Variable).Should().Be(Path.GetFullPath("/variable"));
    }

    [Fact]
    public void Find_Nothing_IsTheUsersStateFolder()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux folders.");
        DataFolder.Find(null, "/here", name => name == "XDG_STATE_HOME" ? "/state" : null).Should().Be("/state/bridge");
        DataFolder.Find(null, "/here", name => name == "HOME" ? "/home/me" : null).Should().Be("/home/me/.local/state/bridge");
        DataFolder.Find().Should().EndWith("bridge");
    }

    [Fact]
    public void Create_New_IsThere()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "a", "b");

        DataFolder.Create(path);
        DataFolder.Create(path);

        Directory.Exists(path).Should().BeTrue();
    }
}
