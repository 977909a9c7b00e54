using System.ComponentModel;
using System.Diagnostics;

namespace Bridge.Host.Terminal;

/// <summary>Opens an address in the person's browser: by a fixed program, as one argument, with no shell between.</summary>
internal static class Browser
{
    /// <summary>Opens an address.</summary>
    /// <param name="address">The address; anything but http and https is refused.</param>
    /// <param name="variable">Looks up a variable of the process.</param>
    /// <returns>Whether a browser was asked to.</returns>
    public static bool TryOpen(Uri address, Func<string, string?> variable)
    {
        if (address.Scheme is not ("http" or "https"))
        {
            return false;
        }

        string url = address.AbsoluteUri;
        (string program, string[] arguments)? opener =
            OperatingSystem.IsWindows() ? ("rundll32.exe", ["url.dll,FileProtocolHandler", url])
            : OperatingSystem.IsMacOS() ? ("/usr/bin/open", [url])
            : variable("DISPLAY") is { Length: > 0 } || variable("WAYLAND_DISPLAY") is { Length: > 0 } ? ("xdg-open", [url])
            : null;
        return opener is var (name, given) && Start(name, given);
    }

    private static bool Start(string program, string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
            using Process? process = Process.Start(start);
            return process is not null;
        }
        catch (Win32Exception)
        {
            return false; // there is no such program; the person opens the address that is printed
        }
    }
}
