using System.Text.Json;
using Bridge.Tools;

namespace Bridge.Tests.Shortlisting;

internal static class ToolFactory
{
    public static Tool Make(string name, string description = "", string schema = """{"type":"object"}""", string source = "test")
    {
        using JsonDocument document = JsonDocument.Parse(schema);
        return Tool.Create(new ToolId(source, name), description, document.RootElement);
    }

    public static Tool[] Many(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => Make(
            $"{s_verbs[i % s_verbs.Length]}_{s_nouns[i / s_verbs.Length % s_nouns.Length]}_{i}",
            $"Can {s_verbs[i % s_verbs.Length]} one {s_nouns[i / s_verbs.Length % s_nouns.Length]} of the company, by its number and region.",
            """
            {"type":"object","properties":{"number":{"type":"integer","description":"The number of the record."},
             "region":{"type":"string","description":"The region, a city or a country."},
             "mode":{"type":"string","enum":["fast","thorough"]}},"required":["number"]}
            """)),
    ];

    private static readonly string[] s_verbs = ["create", "read", "update", "delete", "list", "search", "export", "archive", "approve", "print"];

    private static readonly string[] s_nouns =
    [
        "invoice", "customer", "ticket", "shipment", "calendar", "document", "playlist", "vehicle", "recipe", "contract",
        "sensor", "appointment", "warehouse", "payment", "employee", "campaign", "dataset", "flight", "hotel", "weather",
    ];
}
