using System.IO.Compression;
using System.Xml.Linq;
using Bridge.EndToEnd.Tests.Running;
using Bridge.TestKit;

namespace Bridge.EndToEnd.Tests.Packages;

/// <summary>What is packed is what a user installs and uses, outside of this repository.</summary>
public sealed class PackageTests(PackedFeed feed) : IClassFixture<PackedFeed>, IDisposable
{
    private static readonly string[] s_ids = ["Bridge.Core", "Bridge.Evaluation", "Bridge.Http", "Bridge.Llama", "Bridge.Mcp", "Bridge.Models", "Bridge.Schemas", "Bridge.Tool"];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Pack_Solution_MakesTheLibrariesAndTheToolWithoutWarning()
    {
        feed.Output.Should().NotContain("warning");
        Directory.GetFiles(feed.Source).Select(Path.GetFileName)
            .Should().BeEquivalentTo(s_ids.SelectMany(id => new[] { $"{id}.{feed.Version}.nupkg", $"{id}.{feed.Version}.snupkg" }));
    }

    [Fact]
    public void Packages_Each_SayWhatTheyAreAndUnderWhichLicence()
    {
        foreach (string id in s_ids)
        {
            using ZipArchive package = ZipFile.OpenRead(Path.Combine(feed.Source, $"{id}.{feed.Version}.nupkg"));
            using Stream manifest = package.GetEntry($"{id}.nuspec")!.Open();
            XElement[] facts = [.. XDocument.Load(manifest).Root!.Elements().Single().Elements()];

            ValueOf(facts, "license").Should().Be("MIT", id);
            ValueOf(facts, "description").Should().EndWith(".", id).And.NotBe("Package Description");
            ValueOf(facts, "readme").Should().Be("README.md", id);
            package.GetEntry("README.md").Should().NotBeNull(id);
        }
    }

    [Fact]
    public async Task Libraries_EmptyProjectElsewhere_CompilesAndAddsTwoToThree()
    {
        WriteProject();
        (int code, string output) = await DotnetCommand.RunAsync(
            _folder.Path, Path.Combine(_folder.Path, "packages"),
            "run", "--property:UseSharedCompilation=false");

        code.Should().Be(0, output);
        output.Trim().Should().Be("5");
    }

    [Fact]
    public async Task Tool_InstalledFromTheFeed_AsksFromAnEmptyFolder()
    {
        string tools = Path.Combine(_folder.Path, "tools");
        (int code, string output) = await DotnetCommand.RunAsync(
            _folder.Path, Path.Combine(_folder.Path, "packages"),
            "tool", "install", "Bridge.Tool", "--tool-path", tools, "--version", feed.Version, "--source", feed.Source);
        code.Should().Be(0, output);
        using var bridge = new BridgeProcess(Path.Combine(tools, OperatingSystem.IsWindows() ? "bridge.exe" : "bridge"));

        (code, output, string error) = await bridge.RunAsync("ask", "Add 2 to 3 using available tools.");

        code.Should().Be(0, error);
        output.ReplaceLineEndings("\n").Should().StartWith("add {\"a\":2,\"b\":3}\n  5\n");
    }

    public void Dispose() => _folder.Dispose();

    private static string? ValueOf(XElement[] facts, string name) => facts.SingleOrDefault(fact => fact.Name.LocalName == name)?.Value;

    // Empty Directory.* files keep out what lies above; packages of others come from the folder this build restored them to.
    private void WriteProject()
    {
        foreach (string name in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
        {
            _folder.Write(name, "<Project />");
        }

        string restored = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        _folder.Write("nuget.config", $"""
            <configuration>
              <packageSources><add key="feed" value="{feed.Source}" /></packageSources>
              <fallbackPackageFolders><add key="restored" value="{restored}" /></fallbackPackageFolders>
            </configuration>
            """);
        _folder.Write("Try.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Bridge.Core" Version="{feed.Version}" />
                <PackageReference Include="Bridge.Mcp" Version="{feed.Version}" />
                <PackageReference Include="Bridge.Models" Version="{feed.Version}" />
              </ItemGroup>
            </Project>
            """);
        _folder.Write("Program.cs", """
            using Bridge.Hosting;
            using Bridge.Mcp.Hosting;
            using Bridge.Models.Hosting;
            using Bridge.Prompts;

            await using var bridge = await ToolCallBridge.CreateAsync(o => o
                .WithTool("add", "Adds two numbers.", (double a, double b) => a + b)
                .WithMcpServers()
                .ToolCaller("embedded"));

            Prompt prompt = Prompt.Create()
                .System("You ALWAYS search for tools to get the results.")
                .User("Add 2 to 3 using available tools.");
            Prompt updated = await bridge.UpdateWithToolCall(prompt);
            Console.WriteLine(updated.ToolCalling!.Calls.Single().Result!.ToText());
            """);
    }
}
