using System.Xml.Linq;
using Bridge.TestKit;

namespace Bridge.Architecture.Tests;

/// <summary>A project is a dependency boundary, and references run one way.</summary>
public class ReferenceTests
{
    private static readonly Dictionary<string, string[]> s_allowed = new(StringComparer.Ordinal)
    {
        ["Bridge.Schemas"] = [],
        ["Bridge"] = ["Bridge.Schemas"],
        ["Bridge.Mcp"] = ["Bridge"],
        ["Bridge.Models"] = ["Bridge"],
        ["Bridge.Llama"] = ["Bridge", "Bridge.Schemas"],
        ["Bridge.Http"] = ["Bridge", "Bridge.Mcp"],
        ["Bridge.Evaluation"] = ["Bridge"],
        ["Bridge.Host"] = ["Bridge", "Bridge.Evaluation", "Bridge.Training", "Bridge.Mcp", "Bridge.Models", "Bridge.Llama", "Bridge.Http", "Calculator"], // the sample server: the one named exception
        ["Bridge.Training"] = ["Bridge", "Bridge.Evaluation"],
    };

    [Fact]
    public void ProjectReferences_OfEveryProject_RunOneWay()
    {
        foreach (string project in SourceTree.Projects)
        {
            s_allowed.Should().ContainKey(project, "a new project says here what it may reference");
            ReferencesOf($"src/{project}/{project}.csproj").Should().BeSubsetOf(s_allowed[project], project);
        }
    }

    [Fact]
    public void ProjectReferences_OfTestServers_AreNone()
    {
        string[] servers = Directory.GetFiles(Path.Combine(TestData.RepositoryRoot, "test-servers"), "*.csproj", SearchOption.AllDirectories);
        servers.Should().NotBeEmpty();
        servers.Should().AllSatisfy(server => ReferencesOf(server).Should().BeEmpty(server));
    }

    private static IEnumerable<string> ReferencesOf(string project) =>
        XDocument.Load(Path.Combine(TestData.RepositoryRoot, project)).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
}
