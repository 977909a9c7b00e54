using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace Bridge.TestKit;

/// <summary>Real servers and clients of others, installed from <c>tests/npm/package-lock.json</c> by the first test that needs one.</summary>
public static class NpmPackages
{
    private static readonly string s_folder = Path.Combine(TestData.RepositoryRoot, "tests", "npm");
    private static readonly Lazy<string?> s_reason = new(Install);

    /// <summary>A module that keeps a server from listening beyond this machine.</summary>
    public static string LoopbackOnly => Path.Combine(s_folder, "loopback-only.cjs");

    /// <summary>The script of a server; skips the test, with the reason, where Node or the packages are not to be had.</summary>
    /// <param name="name">The server, such as <c>server-memory</c>.</param>
    public static string Server(string name)
    {
        Require();
        return Path.Combine(s_folder, "node_modules", "@modelcontextprotocol", name, "dist", "index.js");
    }

    /// <summary>One of our scripts that uses the packages; skips the test, with the reason, where Node or the packages are not to be had.</summary>
    /// <param name="name">The file in <c>tests/npm</c>.</param>
    public static string Script(string name)
    {
        Require();
        return Path.Combine(s_folder, name);
    }

    /// <summary>The folder of a package; skips the test, with the reason, where Node or the packages are not to be had.</summary>
    /// <param name="name">The package, such as <c>ajv</c>.</param>
    public static string Package(string name)
    {
        Require();
        return Path.Combine(s_folder, "node_modules", name);
    }

    private static void Require()
    {
        if (s_reason.Value is { } reason)
        {
            Assert.Skip(reason);
        }
    }

    private static string? Install()
    {
        string wanted = File.ReadAllText(Path.Combine(s_folder, "package-lock.json"));
        string stamp = Path.Combine(s_folder, "node_modules", ".installed-from");

        // Test assemblies run side by side: one installs, the others wait for it.
        using FileStream turn = TakeTurn(Path.Combine(Path.GetTempPath(), "bridge-tests-npm.lock"));
        if (File.Exists(stamp) && File.ReadAllText(stamp) == wanted)
        {
            return null;
        }

        try
        {
            using Process npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            {
                WorkingDirectory = s_folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            Task<string> output = npm.StandardOutput.ReadToEndAsync();
            string errors = npm.StandardError.ReadToEnd();
            npm.WaitForExit();
            if (npm.ExitCode != 0)
            {
                return $"'npm ci' in tests/npm failed: {errors} {output.GetAwaiter().GetResult()}";
            }
        }
        catch (Win32Exception error)
        {
            return $"Node.js with npm is not installed: {error.Message}";
        }

        File.WriteAllText(stamp, wanted);
        return null;
    }

    private static FileStream TakeTurn(string path)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                Thread.Sleep(200);
            }
        }
    }
}
