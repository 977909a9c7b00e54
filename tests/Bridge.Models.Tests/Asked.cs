using System.Text;
using System.Text.Json;
using Bridge.Calling;
using Bridge.Prompts;
using Bridge.Shortlisting;
using Bridge.Tools;

namespace Bridge.Models.Tests;

/// <summary>The usual question of these tests: two tools, for a prompt.</summary>
internal static class Asked
{
    private static readonly Shortlist s_shortlist = new(
    [
        new(Tool.Create(new ToolId("calculator", "add"), "Adds.", JsonSerializer.Deserialize<JsonElement>(
            """{"type":"object","properties":{"a":{"type":"number"},"b":{"type":"number"}},"required":["a","b"]}""")), "add"),
        new(Tool.Create(new ToolId("calculator", "now"), "", JsonSerializer.Deserialize<JsonElement>("""{"type":"object"}""")), "now"),
    ]);

    public static ProposalRequest Request(string user = "Add 2 to 3 using available tools.") => new(Prompt.Create().User(user), s_shortlist);

    public static string Show(Proposal proposal) =>
        string.Join('|', proposal.Calls.Select(call => call.WireName + Encoding.UTF8.GetString(call.Arguments.Span)));
}
