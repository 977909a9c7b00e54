using Bridge.Mcp.Configuration;
using Bridge.TestKit;

namespace Bridge.Mcp.Tests.Fixtures;

/// <summary>The built servers of <c>test-servers</c>.</summary>
internal static class TestServers
{
    public static McpServerConfig Calculator(string id = "calculator") => McpServerConfig.Stdio(id, "dotnet", Dll("Calculator"));

    public static McpServerConfig Hostile(string mode, params string[] more) =>
        McpServerConfig.Stdio("hostile", "dotnet", [Dll("Hostile"), mode, .. more]);

    public static string Dll(string name) => BuiltServers.Dll(name);
}
