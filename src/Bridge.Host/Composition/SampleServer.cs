using Bridge.Mcp.Configuration;

namespace Bridge.Host.Composition;

/// <summary>The server that is started where none is configured.</summary>
internal static class SampleServer
{
    public const string Id = "calculator";

    private static readonly string[] s_arguments = ["sample-server", Id];

    public static McpServerConfig Config(string executable) => McpServerConfig.Stdio(Id, executable, s_arguments);
}
