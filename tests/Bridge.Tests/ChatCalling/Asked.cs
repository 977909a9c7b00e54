using System.Text;
using System.Text.Json;
using Bridge.Calling;
using Bridge.Profiles;
using Bridge.Prompts;
using Bridge.Shortlisting;
using Bridge.Tools;

namespace Bridge.Tests.ChatCalling;

/// <summary>The usual question of these tests: add and now, for a prompt.</summary>
internal static class Asked
{
    public static readonly ModelName Model = ModelName.Parse("test/small");

    public static readonly Shortlist Shortlist = new(
    [
        Tool("add", "A tool to add two numbers", """{"type":"object","properties":{"a":{"type":"number"},"b":{"type":"number"}},"required":["a","b"]}"""),
        Tool("now", "", """{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":{}}"""),
    ]);

    public static ProposalRequest Request(string user = "Add 2 to 3 using available tools.") => new(Prompt.Create().User(user), Shortlist);

    public static ShortlistedTool Tool(string name, string description, string schema) =>
        new(Bridge.Tools.Tool.Create(new ToolId("calculator", name), description, JsonSerializer.Deserialize<JsonElement>(schema)), name);

    public static RejectedProposal Rejected(string name, string arguments, params string[] hints) =>
        new(new Proposal { Calls = [new ProposedCall(name, Encoding.UTF8.GetBytes(arguments))] }, [.. hints]);

    public static string Show(Proposal proposal) =>
        string.Join('|', proposal.Calls.Select(call => call.WireName + Encoding.UTF8.GetString(call.Arguments.Span)));
}
