using System.Text.RegularExpressions;

namespace Bridge.Architecture.Tests;

/// <summary>Folders are concepts that use each other one way: no knots.</summary>
public partial class NamespaceTests
{
    [Fact]
    public void Namespaces_OfEveryFile_AreTheirFolders()
    {
        foreach (SourceFile file in SourceTree.Files("src"))
        {
            string[] parts = file.Path.Split('/')[1..^1];
            Match declared = Declaration().Match(file.Text);
            if (declared.Success)
            {
                declared.Groups[1].Value.Should().Be(string.Join('.', parts), file.Path);
            }

            parts.Length.Should().BeLessThanOrEqualTo(2, $"{file.Path}: one folder level inside a project");
        }
    }

    [Fact]
    public void Folders_OfEveryProject_HaveNoCycle()
    {
        foreach (string project in SourceTree.Projects)
        {
            Dictionary<string, HashSet<string>> uses = UsesOf(project);
            FindCycle(uses).Should().BeNull($"the folders of {project} must not depend on each other in a circle");
        }
    }

    [Fact]
    public void FindCycle_OfAKnot_NamesIt()
    {
        var knot = new Dictionary<string, HashSet<string>> { ["A"] = ["B"], ["B"] = ["C"], ["C"] = ["A"] };
        FindCycle(knot).Should().Be("A -> B -> C -> A");
    }

    private static Dictionary<string, HashSet<string>> UsesOf(string project)
    {
        SourceFile[] files = [.. SourceTree.Files($"src/{project}")];
        HashSet<string> folders = [.. files.Select(FolderOf)];
        var uses = folders.ToDictionary(folder => folder, _ => new HashSet<string>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (SourceFile file in files)
        {
            string own = FolderOf(file);
            string code = Comment().Replace(file.Text, "");
            foreach (string other in folders.Where(folder => folder != own && folder.Length > 0))
            {
                if (Regex.IsMatch(code, $@"\b{Regex.Escape(project)}\.{Regex.Escape(other)}\b(?!\s*$)|using {Regex.Escape(project)}\.{Regex.Escape(other)};"))
                {
                    uses[own].Add(other);
                }
            }
        }

        return uses;
    }

    private static string? FindCycle(Dictionary<string, HashSet<string>> uses)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        return uses.Keys.Order(StringComparer.Ordinal).Select(start => Visit(start, [])).FirstOrDefault(cycle => cycle is not null);

        string? Visit(string folder, List<string> path)
        {
            int seen = path.IndexOf(folder);
            if (seen >= 0)
            {
                return string.Join(" -> ", path.Skip(seen).Append(folder));
            }

            if (done.Contains(folder))
            {
                return null;
            }

            path.Add(folder);
            string? cycle = uses[folder].Order(StringComparer.Ordinal).Select(next => Visit(next, path)).FirstOrDefault(found => found is not null);
            path.RemoveAt(path.Count - 1);
            done.Add(folder);
            return cycle;
        }
    }

    private static string FolderOf(SourceFile file) => string.Join('.', file.Path.Split('/')[2..^1]);

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
