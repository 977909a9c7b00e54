using System.Net.Sockets;
using System.Text;
using Bridge.Host.Serving;
using Bridge.TestKit;

namespace Bridge.Host.Tests.Serving;

public sealed class SystemdNotifierTests
{
    [Fact]
    public void Notify_SocketListens_GetsTheState()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "systemd.");
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "notify");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));

        new SystemdNotifier(path).Notify(SystemdNotifier.Ready).Should().BeTrue();

        byte[] buffer = new byte[64];
        Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer)).Should().Be("READY=1");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/nowhere/at/all")]
    [InlineData("@nobody-listens-here")]
    public void Notify_NobodyListens_IsQuiet(string? path) =>
        new SystemdNotifier(path).Notify(SystemdNotifier.Stopping).Should().BeFalse();
}
