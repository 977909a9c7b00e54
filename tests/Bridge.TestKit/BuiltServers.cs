using System.Reflection;

namespace Bridge.TestKit;

/// <summary>The built servers of <c>test-servers</c>.</summary>
public static class BuiltServers
{
    /// <summary>The folder below a project's that builds of this configuration go to.</summary>
    internal static string Output { get; } = typeof(BuiltServers).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == "TestServersOutput").Value!;

    /// <summary>The assembly of a server, to be run with <c>dotnet</c>.</summary>
    /// <param name="name">The server, such as <c>Weather</c>.</param>
    public static string Dll(string name) =>
        Path.Combine(TestData.RepositoryRoot, "test-servers", name, Output, $"TestServers.{name}.dll");
}
