namespace Bridge.TestKit;

/// <summary>Real servers and clients of others, installed from <c>tests/npm/package-lock.json</c> by the first test that needs one.</summary>
public static class NpmPackages
{
    private static readonly NpmFolder s_folder = new("npm");

    /// <summary>A module that keeps a server from listening beyond this machine.</summary>
    public static string LoopbackOnly => Path.Combine(s_folder.Path, "loopback-only.cjs");

    /// <summary>The script of a server; skips the test, with the reason, where Node or the packages are not to be had.</summary>
    /// <param name="name">The server, such as <c>server-memory</c>.</param>
    public static string Server(string name)
    {
        s_folder.Require();
        return Path.Combine(s_folder.Path, "node_modules", "@modelcontextprotocol", name, "dist", "index.js");
    }

    /// <summary>One of our scripts that uses the packages; skips the test, with the reason, where Node or the packages are not to be had.</summary>
    /// <param name="name">The file in <c>tests/npm</c>.</param>
    public static string Script(string name)
    {
        s_folder.Require();
        return Path.Combine(s_folder.Path, name);
    }

    /// <summary>The folder of a package; skips the test, with the reason, where Node or the packages are not to be had.</summary>
    /// <param name="name">The package, such as <c>ajv</c>.</param>
    public static string Package(string name)
    {
        s_folder.Require();
        return Path.Combine(s_folder.Path, "node_modules", name);
    }
}
