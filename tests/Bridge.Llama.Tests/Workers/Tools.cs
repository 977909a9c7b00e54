using System.Text.Json;
using Bridge.Calling;
using Bridge.Shortlisting;
using Bridge.Tools;

namespace Bridge.Llama.Tests.Workers;

/// <summary>Two tools, and questions about them.</summary>
internal static class Tools
{
    public static Shortlist Shortlist { get; } = Shortlist.Of(
    [
        Tool.Create(new ToolId("web", "weather"), "Tells the weather.", JsonElement.Parse("""{"type":"object","properties":{"city":{"type":"string","maxLength":20},"unit":{"enum":["celsius","fahrenheit"]}},"required":["city"]}""")),
        Tool.Create(new ToolId("math", "add"), "Adds.", JsonElement.Parse("""{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer"}},"required":["a","b"]}""")),
    ]);

    public static ProposalRequest Question(string text) => new(text, Shortlist) { Choice = ToolChoice.Required };
}
