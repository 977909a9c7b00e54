using System.Text.Json.Nodes;

namespace TestServers.Hostile;

/// <summary>A server of 2026-07-28 that asks for input as the protocol does not have it.</summary>
internal static class HostileRounds
{
    private const string Elicit = """{"method":"elicitation/create","params":{"message":"Who?","requestedSchema":{"type":"object","properties":{"name":{"type":"string"}},"required":["name"]} } }""";

    public static bool IsNewest(string mode) =>
        mode is "newest-only" or "asks-by-itself" || mode.EndsWith("-rounds", StringComparison.Ordinal) || mode == "one-round";

    /// <summary>What a call is answered with; <see langword="null"/> for an answer like any other.</summary>
    public static string? Answer(string mode, JsonNode parameters) => mode switch
    {
        "endless-rounds" => Ask($$"""{"who":{{Elicit}}}""", "again"),
        "empty-rounds" => """{"resultType":"input_required"}""",
        "many-rounds" => Ask($$"""{{{string.Join(',', Enumerable.Range(0, 100).Select(i => $"\"q{i}\":{Elicit}"))}}}""", "many"),
        "foreign-rounds" => Ask("""{"who":{"method":"tools/call","params":{"name":"echo"}}}""", "foreign"),
        "broken-rounds" => Ask("""{"who":{"method":"elicitation/create","params":{"message":5}}}""", "broken"),
        "busy-rounds" when parameters["requestState"]?.ToString() != "tried" => """{"resultType":"input_required","requestState":"tried"}""",
        "one-round" => parameters["inputResponses"]?["who"]?["content"]?["name"]?.ToString() is { } name
            ? $$"""{"resultType":"complete","content":[{"type":"text","text":"{{name}}"}]}"""
            : Ask($$"""{"who":{{Elicit}}}""", "asked"),
        _ => null,
    };

    private static string Ask(string requests, string state) => $$"""{"resultType":"input_required","inputRequests":{{requests}},"requestState":"{{state}}"}""";
}
