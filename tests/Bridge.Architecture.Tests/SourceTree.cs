using System.Text.RegularExpressions;
using Bridge.TestKit;

namespace Bridge.Architecture.Tests;

/// <summary>The C# files of the repository, generated ones left out.</summary>
internal static partial class SourceTree
{
    public static IReadOnlyList<string> Projects { get; } =
        [.. Directory.GetDirectories(Path.Combine(TestData.RepositoryRoot, "src")).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    public static IReadOnlyList<SourceFile> Files(string top) =>
        [.. Directory.EnumerateFiles(Path.Combine(TestData.RepositoryRoot, top), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(TestData.RepositoryRoot, path).Replace('\\', '/'))
            .Where(path => !Generated().IsMatch(path))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, File.ReadAllLines(Path.Combine(TestData.RepositoryRoot, path))))];

    [GeneratedRegex("/(bin|obj|node_modules)/")]
    private static partial Regex Generated();
}

/// <summary>One C# file.</summary>
/// <param name="Path">Its path from the repository's root, with slashes.</param>
/// <param name="Lines">Its lines.</param>
internal sealed record SourceFile(string Path, string[] Lines)
{
    public string Project => Path.Split('/')[1];

    public string Text => string.Join('\n', Lines);
}
