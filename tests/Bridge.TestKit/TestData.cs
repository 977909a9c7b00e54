using Xunit;

namespace Bridge.TestKit;

/// <summary>Evaluation data that others wrote; it is not part of the repository.</summary>
public static class TestData
{
    private static readonly Lazy<string?> s_root = new(FindRoot);

    /// <summary>The path of a file or folder of the evaluation data; skips the test, with the reason, where it is absent.</summary>
    /// <param name="relative">The path below the data folder, such as <c>eval/bfcl-dev</c>.</param>
    public static string Require(string relative)
    {
        string? path = Find(relative);
        if (path is null)
        {
            Assert.Skip($"'{relative}' is not there: set BRIDGE_TEST_DATA to a folder that holds it (see CONTRIBUTING.md).");
        }

        return path!;
    }

    /// <summary>The path of a file or folder of the evaluation data, or nothing where it is absent.</summary>
    /// <param name="relative">The path below the data folder.</param>
    public static string? Find(string relative) =>
        s_root.Value is { } root && Path.Combine(root, relative) is { } path && Path.Exists(path) ? path : null;

    /// <summary>The repository's root: the folder of <c>Bridge.sln</c>.</summary>
    public static string RepositoryRoot { get; } = FindUp(AppContext.BaseDirectory, "Bridge.sln")
        ?? throw new InvalidOperationException("The tests do not run from inside the repository: no 'Bridge.sln' above them.");

    private static string? FindRoot()
    {
        string? configured = Environment.GetEnvironmentVariable("BRIDGE_TEST_DATA");
        return string.IsNullOrEmpty(configured) ? Path.Combine(Path.GetDirectoryName(RepositoryRoot)!, "shared") : configured;
    }

    private static string? FindUp(string start, string file)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, file)))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
