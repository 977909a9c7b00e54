using System.Net.Sockets;
using System.Text;

namespace Bridge.Host.Serving;

/// <summary>Tells systemd how the service is (sd_notify): one datagram to the socket it names.</summary>
/// <param name="socketPath">The value of <c>NOTIFY_SOCKET</c>; <see langword="null"/> or empty when nobody listens.</param>
internal sealed class SystemdNotifier(string? socketPath)
{
    /// <summary>The service answers requests.</summary>
    public const string Ready = "READY=1";

    /// <summary>The service is stopping.</summary>
    public const string Stopping = "STOPPING=1";

    /// <summary>Sends a state; a manager that does not listen is no reason to fail.</summary>
    /// <param name="state">The state.</param>
    /// <returns>Whether it was sent.</returns>
    public bool Notify(string state)
    {
        if (string.IsNullOrEmpty(socketPath) || OperatingSystem.IsWindows())
        {
            return false;
        }

        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            string address = socketPath[0] == '@' ? '\0' + socketPath[1..] : socketPath; // '@' stands for Linux's abstract names
            socket.SendTo(Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(address));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
