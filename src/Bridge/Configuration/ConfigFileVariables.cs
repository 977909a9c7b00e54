using System.Text;
using System.Text.Json.Nodes;

namespace Bridge.Configuration;

/// <summary>Puts values for <c>${env:X}</c>, <c>${X}</c>, <c>${X:-default}</c> and the caller's own names, such as <c>${bridge:exe}</c>.</summary>
/// <remarks><c>$${</c> stands for the two characters <c>${</c>. An empty environment variable counts as unset where a default is given.</remarks>
/// <param name="named">The caller's own names without braces, such as <c>bridge:exe</c>, and their values.</param>
/// <param name="environment">How to look up an environment variable; <see langword="null"/> for the process's own.</param>
public sealed class ConfigFileVariables(
    IReadOnlyDictionary<string, string>? named = null, Func<string, string?>? environment = null)
{
    private readonly Func<string, string?> _environment = environment ?? Environment.GetEnvironmentVariable;

    /// <summary>Expands every string value below a node, keys excluded.</summary>
    /// <param name="node">The node; it is not changed.</param>
    /// <param name="file">The file, for locations.</param>
    /// <param name="path">The node's path in the file.</param>
    /// <param name="problems">Takes the problems.</param>
    /// <param name="later">How names begin that are left as they are, because their values come later; <see langword="null"/> for none.</param>
    /// <returns>A copy with values in place of variables.</returns>
    public JsonNode? Expand(JsonNode? node, ConfigFileContent file, string path, ICollection<ConfigProblem> problems, string? later = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(problems);
        switch (node)
        {
            case JsonObject members:
                var copy = new JsonObject();
                foreach ((string key, JsonNode? value) in members)
                {
                    copy.Add(key, Expand(value, file, ConfigFileContent.Member(path, key), problems, later));
                }

                return copy;
            case JsonArray items:
                var array = new JsonArray();
                for (int i = 0; i < items.Count; i++)
                {
                    array.Add(Expand(items[i], file, $"{path}[{i}]", problems, later));
                }

                return array;
            case JsonValue text when text.TryGetValue(out string? raw):
                return JsonValue.Create(Expand(raw, file.Location(path), problems, later));
            default:
                return node?.DeepClone();
        }
    }

    /// <summary>Expands one text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="location">Where it stands, for problems.</param>
    /// <param name="problems">Takes the problems.</param>
    /// <param name="later">How names begin that are left as they are, because their values come later; <see langword="null"/> for none.</param>
    /// <returns>The text with values in place of variables; what could not be replaced stays.</returns>
    public string Expand(string text, string location, ICollection<ConfigProblem> problems, string? later = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(problems);
        if (!text.Contains("${", StringComparison.Ordinal))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        int at = 0;
        for (int start; (start = text.IndexOf("${", at, StringComparison.Ordinal)) >= 0;)
        {
            if (start > at && text[start - 1] == '$')
            {
                result.Append(text, at, start - 1 - at).Append("${");
                at = start + 2;
                continue;
            }

            int end = text.IndexOf('}', start);
            if (end < 0)
            {
                problems.Add(new ConfigProblem("unclosed-variable", location, $"'{text[start..]}' has no closing brace.", "Close it, or write '$${' for the two characters '${'."));
                break;
            }

            string name = text[(start + 2)..end];
            bool isLater = later is not null && name.StartsWith(later, StringComparison.Ordinal);
            result.Append(text, at, start - at).Append(isLater ? $"${{{name}}}" : Value(name, location, problems));
            at = end + 1;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    private string Value(string expression, string location, ICollection<ConfigProblem> problems)
    {
        int split = expression.IndexOf(":-", StringComparison.Ordinal);
        string name = split < 0 ? expression : expression[..split];
        string? fallback = split < 0 ? null : expression[(split + 2)..];
        if (named?.GetValueOrDefault(name) is { } own)
        {
            return own;
        }

        string variable = name.StartsWith("env:", StringComparison.Ordinal) ? name["env:".Length..] : name;
        if (variable.Length == 0 || variable.Contains(':', StringComparison.Ordinal))
        {
            problems.Add(new ConfigProblem("unknown-variable", location, $"'${{{expression}}}' is not a variable Bridge knows.", $"Use ${{env:NAME}}, ${{NAME}}, ${{NAME:-default}}{OwnNames()}."));
            return $"${{{expression}}}";
        }

        string? value = _environment(variable);
        if (fallback is not null)
        {
            return string.IsNullOrEmpty(value) ? fallback : value;
        }

        if (value is null)
        {
            problems.Add(new ConfigProblem("unset-variable", location, $"The environment variable '{variable}' is not set.", $"Set it (export {variable}=…), or give a default: ${{{variable}:-default}}."));
        }

        return value ?? $"${{{expression}}}";
    }

    private string OwnNames() => named is null ? "" : string.Concat(named.Keys.Select(key => $", ${{{key}}}"));
}
