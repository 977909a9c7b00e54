using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Bridge.Mcp.Configuration;

/// <summary>The variables <c>${client:NAME}</c>, of which every client has a value of its own.</summary>
internal static partial class ClientVariables
{
    /// <summary>How their names begin.</summary>
    public const string Prefix = "client:";

    /// <summary>Finds them in what a person wrote.</summary>
    /// <param name="node">The node, with nothing put in yet.</param>
    /// <returns>What stands behind the prefix, as written.</returns>
    public static IEnumerable<string> In(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => In(member.Value)),
        JsonArray items => items.SelectMany(In),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Written().Matches(value.GetValue<string>()).Select(match => match.Groups["name"].Value),
        _ => [],
    };

    /// <summary>Whether a name is one.</summary>
    public static bool IsName(string name) => Name().IsMatch(name);

    /// <summary>Puts values in; names without one stay.</summary>
    public static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        text.Contains("${", StringComparison.Ordinal) ? Any().Replace(text, match => values.GetValueOrDefault(match.Groups["name"].Value, match.Value)) : text;

    // '$${' stands for the two characters.
    [GeneratedRegex(@"(?<!\$)\$\{client:(?<name>[^}]*)\}")]
    private static partial Regex Written();

    [GeneratedRegex(@"\$\{client:(?<name>[^}]*)\}")]
    private static partial Regex Any();

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]{0,63}\z")]
    private static partial Regex Name();
}
