using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Bridge.TestKit;

namespace Bridge.EndToEnd.Tests.Documentation;

/// <summary>Every component of others that is used or shipped is listed, with the licence its package states.</summary>
public partial class ThirdPartyTests
{
    private static readonly Dictionary<string, string> s_listed = Page.Read("THIRD-PARTY.md").Text.Split('\n')
        .Select(line => Row().Match(line))
        .Where(row => row.Success)
        .SelectMany(row => row.Groups[1].Value.Split(", "), (row, name) => (Name: name, Licence: row.Groups[2].Value))
        .ToDictionary(row => row.Name, row => row.Licence, StringComparer.Ordinal);

    [Fact]
    public void Listed_EveryPackageOfTheSource_IsThere() =>
        s_listed.Keys.Should().Contain(Referenced());

    [Fact]
    public void Listed_EveryPackageTheToolCarries_IsThere()
    {
        string[] carried = [.. Carried().Select(package => package.Id)];

        carried.Should().HaveCountGreaterThan(5);
        s_listed.Keys.Should().Contain(carried);
    }

    [Fact]
    public void Listed_EveryName_IsUsed() =>
        Referenced().Concat(Carried().Select(package => package.Id)).Should().Contain(s_listed.Keys);

    [Fact]
    public void Listed_Licences_AreThoseThePackagesState()
    {
        string folder = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach ((string id, string version) in Carried())
        {
            string name = id.ToLowerInvariant();
            XDocument manifest = XDocument.Load(Path.Combine(folder, name, version, $"{name}.nuspec"));
            manifest.Descendants().Single(element => element.Name.LocalName == "license").Value.Should().Be(s_listed[id], id);
        }
    }

    private static string[] Referenced() => [.. Directory
        .GetFiles(Path.Combine(TestData.RepositoryRoot, "src"), "*.csproj", SearchOption.AllDirectories)
        .SelectMany(project => XDocument.Load(project).Descendants("PackageReference"))
        .Select(reference => reference.Attribute("Include")!.Value)
        .Distinct()];

    private static IEnumerable<(string Id, string Version)> Carried()
    {
        string file = Path.Combine(BuiltBridge.Folder, "bridge.deps.json");
        JsonElement libraries = JsonElement.Parse(File.ReadAllText(file)).GetProperty("libraries");
        return [.. libraries.EnumerateObject()
            .Where(library => library.Value.GetProperty("type").GetString() == "package")
            .Select(library => (library.Name.Split('/')[0], library.Name.Split('/')[1]))];
    }

    [GeneratedRegex(@"^\| ([A-Z][\w., ]+?) \| ([\w.-]+) \|")]
    private static partial Regex Row();
}
