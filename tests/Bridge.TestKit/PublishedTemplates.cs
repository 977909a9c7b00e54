using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Xunit;

namespace Bridge.TestKit;

/// <summary>The chat templates of published models that llama.cpp tests with, taken by the first test that needs them from the npm package that carries llama.cpp.</summary>
public static class PublishedTemplates
{
    // The package alone: its dependencies are builds of llama.cpp, which nothing here runs.
    private const string Package = "node-llama-cpp@3.22.1";
    private const string Integrity = "sha512-bltIipuWmc123H7tMIgDGKSsSrhmhlQYeVUC48XTjVW7XGJJiJJyCdlTMzQ/LiWoPkGDpcL4FviDpgw7qfTiDw==";
    private const string Bundle = "package/llama/gitRelease.bundle";
    private const string Templates = "models/templates";

    private static readonly string s_folder = Path.Combine(TestData.RepositoryRoot, "artifacts", "templates", Package);
    private static readonly Lazy<string?> s_reason = new(Take);

    /// <summary>The template files, sorted by name; skips the test, with the reason, where npm, the package or git are not to be had.</summary>
    public static IReadOnlyList<FileInfo> All
    {
        get
        {
            if (s_reason.Value is { } reason)
            {
                Assert.Skip(reason);
            }

            return [.. new DirectoryInfo(Path.Combine(s_folder, Templates)).GetFiles("*.jinja").OrderBy(file => file.Name, StringComparer.Ordinal)];
        }
    }

    private static string? Take()
    {
        if (Directory.Exists(Path.Combine(s_folder, Templates)))
        {
            return null;
        }

        using var work = new TemporaryFolder();
        try
        {
            using JsonDocument packed = JsonDocument.Parse(Run("npm", work.Path, "pack", Package, "--ignore-scripts", "--json"));
            string archive = Path.Combine(work.Path, packed.RootElement[0].GetProperty("filename").GetString()!);
            string found = "sha512-" + Convert.ToBase64String(SHA512.HashData(File.ReadAllBytes(archive)));
            if (found != Integrity)
            {
                return $"'{Package}' is not the package that was recorded: its integrity is {found}.";
            }

            string bundle = Path.Combine(work.Path, "bundle");
            Extract(archive, bundle);
            Run("git", work.Path, "clone", "--quiet", "--bare", bundle, "repository");
            Run("git", work.Path, "--git-dir=repository", "archive", "--output=templates.tar", "HEAD", Templates);
            string taken = s_folder + Guid.NewGuid().ToString("N");
            Directory.CreateDirectory(taken);
            TarFile.ExtractToDirectory(Path.Combine(work.Path, "templates.tar"), taken, overwriteFiles: false);
            MoveInto(taken);
            return null;
        }
        catch (Exception error) when (error is Win32Exception or IOException or InvalidOperationException)
        {
            return $"The templates of '{Package}' are not to be had: {error.Message}";
        }
    }

    // Test assemblies run side by side: who is second finds the folder there.
    private static void MoveInto(string taken)
    {
        try
        {
            Directory.Move(taken, s_folder);
        }
        catch (IOException) when (Directory.Exists(s_folder))
        {
            Directory.Delete(taken, recursive: true);
        }
    }

    private static void Extract(string archive, string to)
    {
        using var unzipped = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
        using var tar = new TarReader(unzipped);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.Name == Bundle)
            {
                entry.ExtractToFile(to, overwrite: false);
                return;
            }
        }

        throw new IOException($"The package has no '{Bundle}'.");
    }

    private static string Run(string program, string folder, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"'{program} {string.Join(' ', arguments)}' failed: {errors.GetAwaiter().GetResult()}");
    }
}
