using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace Bridge.TestKit;

/// <summary>Packages of others, installed from a lock file by the first test that needs one.</summary>
/// <param name="name">The folder in <c>tests</c>.</param>
internal sealed class NpmFolder(string name)
{
    private readonly Lazy<string?> _reason = new(() => Install(PathOf(name), name));

    /// <summary>The folder.</summary>
    public string Path { get; } = PathOf(name);

    /// <summary>Installs what is not installed; skips the test, with the reason, where Node or the packages are not to be had.</summary>
    public void Require()
    {
        if (_reason.Value is { } reason)
        {
            Assert.Skip(reason);
        }
    }

    private static string PathOf(string name) => System.IO.Path.Combine(TestData.RepositoryRoot, "tests", name);

    private static string? Install(string folder, string name)
    {
        string wanted = File.ReadAllText(System.IO.Path.Combine(folder, "package-lock.json"));
        string stamp = System.IO.Path.Combine(folder, "node_modules", ".installed-from");

        // Test assemblies run side by side: one installs, the others wait for it.
        using FileStream turn = TakeTurn(System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"bridge-tests-{name}.lock"));
        if (File.Exists(stamp) && File.ReadAllText(stamp) == wanted)
        {
            return null;
        }

        try
        {
            using Process npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            Task<string> output = npm.StandardOutput.ReadToEndAsync();
            string errors = npm.StandardError.ReadToEnd();
            npm.WaitForExit();
            if (npm.ExitCode != 0)
            {
                return $"'npm ci' in tests/{name} failed: {errors} {output.GetAwaiter().GetResult()}";
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
