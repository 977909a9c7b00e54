namespace Bridge.Host.Tests.Terminal;

/// <summary>The executable that was built beside these tests.</summary>
internal static class BuiltBridge
{
    public static string Executable { get; } =
        Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "bridge.exe" : "bridge");
}
