using Bridge.Host.Serving;
using Bridge.TestKit;

namespace Bridge.Host.Tests.Serving;

public sealed class RunFileTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    [Fact]
    public void Find_WrittenByThisProcess_IsFoundForThatFolderOnly()
    {
        var file = new RunFile(_data.Path, "/a/config");
        file.Write(new Uri("http://127.0.0.1:1/"));

        file.Find().Should().Be(new RunningServe(Environment.ProcessId, new Uri("http://127.0.0.1:1/")));
        new RunFile(_data.Path, "/b/config").Find().Should().BeNull();

        file.Remove();
        file.Find().Should().BeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"pid\": \"x\"}")]
    [InlineData("{\"pid\": 2147483646, \"url\": \"http://127.0.0.1:1/\"}")]
    [InlineData("{\"pid\": 1, \"url\": \"nowhere\"}")]
    public void Find_GarbageOrDeadProcess_IsNone(string content)
    {
        var file = new RunFile(_data.Path, "/a/config");
        file.Write(new Uri("http://127.0.0.1:1/"));
        File.WriteAllText(file.Path, content);

        file.Find().Should().BeNull();
        file.Remove();
        File.Exists(file.Path).Should().BeTrue("another process wrote it");
    }

    public void Dispose() => _data.Dispose();
}
