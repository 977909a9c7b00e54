using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Mcp.Messages;

namespace Bridge.Mcp.Gateway;

/// <summary>What a client said of itself.</summary>
/// <param name="Revision">The revision of the protocol that was agreed on.</param>
/// <param name="Capabilities">What it can do, as it said it; undefined for nothing.</param>
internal sealed record ClientProfile(string Revision, JsonElement Capabilities)
{
    /// <summary>What the client calls itself; <see langword="null"/> when it does not say.</summary>
    public string? Name { get; init; }

    /// <summary>Whether it speaks the revision without sessions.</summary>
    public bool IsStateless => Revision == ProtocolRevisions.Stateless;

    /// <summary>Whether it takes tasks in place of answers (2026-07-28).</summary>
    public bool TakesTasks => IsStateless && Find("extensions") is { } extensions && Has(extensions, TaskWords.Extension);

    /// <summary>Whether it may ask for tasks in place of answers (2025-11-25).</summary>
    public bool AsksForTasks => Revision == ProtocolRevisions.Newest;

    /// <summary>What a client must declare to be asked.</summary>
    /// <param name="method">The method of the question.</param>
    /// <returns>The capability; <see langword="null"/> for a question that no client takes.</returns>
    public static string? CapabilityOf(string method) => method switch
    {
        McpMethods.Sample => "sampling",
        McpMethods.Elicit => "elicitation",
        McpMethods.Roots => "roots",
        _ => null,
    };

    /// <summary>Whether it takes any question at all.</summary>
    public bool TakesQuestions => (Find("sampling") ?? Find("elicitation") ?? Find("roots")) is not null;

    /// <summary>What it declared of the questions that it takes.</summary>
    /// <returns>The capabilities, as it said them.</returns>
    public JsonObject Questions()
    {
        var questions = new JsonObject();
        foreach (string name in (string[])["elicitation", "sampling", "roots"])
        {
            if (Find(name) is { } declared)
            {
                questions[name] = JsonObject.Create(declared.Clone());
            }
        }

        return questions;
    }

    /// <summary>Whether it takes a server's question.</summary>
    /// <param name="method">The method of the question.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <returns>Whether it said so; one it did not declare is not put to it.</returns>
    public bool Takes(string method, JsonElement parameters) => method switch
    {
        McpMethods.Sample => Find("sampling") is { } sampling && (!Has(parameters, "tools") || Has(sampling, "tools")),
        McpMethods.Elicit => Find("elicitation") is { } elicitation && (IsUrl(parameters) ? Has(elicitation, "url") : Has(elicitation, "form") || !Has(elicitation, "url")),
        McpMethods.Roots => Find("roots") is not null,
        _ => false,
    };

    private static bool IsUrl(JsonElement parameters) =>
        parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty("mode", out JsonElement mode) && mode.ValueKind == JsonValueKind.String && mode.ValueEquals("url"u8);

    private static bool Has(JsonElement value, string name) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out _);

    private JsonElement? Find(string name) =>
        Capabilities.ValueKind == JsonValueKind.Object && Capabilities.TryGetProperty(name, out JsonElement found) && found.ValueKind == JsonValueKind.Object ? found : null;
}
