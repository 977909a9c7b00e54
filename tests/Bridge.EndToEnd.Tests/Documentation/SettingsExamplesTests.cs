using System.Text;
using System.Text.Json.Nodes;
using Bridge.Configuration;
using Bridge.Mcp.Configuration;
using Bridge.Policy;
using Bridge.Profiles;
using Microsoft.Extensions.Configuration;

namespace Bridge.EndToEnd.Tests.Documentation;

/// <summary>Every JSON a page shows is read by the reader of its file, without a problem.</summary>
public class SettingsExamplesTests
{
    public static TheoryData<string, string> Examples => [.. Page.All
        .SelectMany(page => page.Blocks("json").Select(block => new TheoryDataRow<string, string>(page.Path, block)))];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_OfAPage_LoadsWithoutProblems(string page, string text) =>
        ProblemsOf(text).Should().BeEmpty(page);

    [Fact]
    public void Examples_OfEveryFile_AreThere() =>
        Examples.Select(row => FileOf(row.Data.Item2)).Distinct().Should().BeEquivalentTo("appsettings.json", "mcp.json", "models.json", "policy.json");

    private static IEnumerable<ConfigProblem> ProblemsOf(string text) => FileOf(text) switch
    {
        "mcp.json" => ProblemsOf(McpServerFile.Parse("mcp.json", text, new ConfigFileVariables(environment: _ => "set"))),
        "policy.json" => PolicyFile.Parse("policy.json", text).Problems,
        "models.json" => ModelsFile.Parse("models.json", text, _ => "set").Problems,
        _ => BridgeOptionsBinder.TryBind(
            new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(text))).Build(), new BridgeOptions()),
    };

    private static IEnumerable<ConfigProblem> ProblemsOf(McpServerFile file) =>
        file.AllProblems.Concat(file.Servers.SelectMany(server => server.Warnings));

    private static string FileOf(string text) => JsonNode.Parse(text)!.AsObject().First().Key switch
    {
        "mcpServers" => "mcp.json",
        "providers" or "profiles" => "models.json",
        "rules" => "policy.json",
        "Bridge" => "appsettings.json",
        string other => throw new InvalidOperationException($"'{other}' begins no file of Bridge."),
    };
}
