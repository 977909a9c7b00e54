namespace Bridge.TestKit;

/// <summary>The built <c>bridge</c>, in the folder it is built into.</summary>
/// <remarks>
/// Not the copy beside the tests: coverage instruments that one, and instrumented processes that end at the same time
/// crash over the file their counts go to.
/// </remarks>
public static class BuiltBridge
{
    /// <summary>The executable's folder.</summary>
    public static string Folder { get; } = Path.Combine(TestData.RepositoryRoot, "src", "Bridge.Host", BuiltServers.Output);

    /// <summary>The executable.</summary>
    public static string Executable { get; } = Path.Combine(Folder, OperatingSystem.IsWindows() ? "bridge.exe" : "bridge");
}
