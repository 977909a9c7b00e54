using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Bridge.Profiles;

/// <summary>Reads one provider.</summary>
internal static class ProviderReader
{
    private const int LongestName = 32;
    private static readonly string[] s_taken = ["embedded", "template", "llama", "code"];
    private static readonly Uri s_none = new("about:blank");

    private static readonly FrozenDictionary<string, Func<ProviderConfig, ConfigValue, ProviderConfig>> s_keys =
        new Dictionary<string, Func<ProviderConfig, ConfigValue, ProviderConfig>>
        {
            ["url"] = (provider, value) => provider with { Url = Address(value.Text()) },
            ["type"] = (provider, value) => provider with { Kind = KindOf(value.Text()) },
            ["apiKey"] = (provider, value) => provider with { ApiKey = value.Text() },
            ["headers"] = (provider, value) => provider with { Headers = Headers(value.Node) },
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static ProviderConfig? Read(string name, JsonNode? node, ConfigSection section)
    {
        string path = $"providers.{name}";
        if (!IsName(name) || s_taken.Contains(name))
        {
            section.Report("invalid-name", path, $"'{name}' cannot be the name of a provider.", $"Use at most {LongestName} of a-z, 0-9 and '-', beginning with a letter or digit, and none of {string.Join(", ", s_taken.Select(taken => $"'{taken}'"))}.");
        }

        ProviderConfig provider = section.Read(path, node, new ProviderConfig(name, s_none), s_keys);
        if (node is JsonObject members && !members.ContainsKey("url"))
        {
            section.Report("missing-key", path, $"The provider '{name}' needs 'url', the base address of its API.", "Write it, such as \"url\": \"http://127.0.0.1:8000/v1\".");
        }

        return provider.Url == s_none ? null : provider;
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName
        && name[0] != '-'
        && name.All(character => character is >= 'a' and <= 'z' or >= '0' and <= '9' or '-');

    private static Uri Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            && url.UserInfo.Length == 0
            ? url
            : throw new FormatException("Write an address with http:// or https:// and without a password, such as \"http://127.0.0.1:8000/v1\".");

    private static ProviderKind KindOf(string text) => text switch
    {
        "openai" => ProviderKind.OpenAi,
        "ollama" => ProviderKind.Ollama,
        _ => throw new FormatException("Write 'openai' or 'ollama'."),
    };

    private static ImmutableDictionary<string, string> Headers(JsonNode? node)
    {
        if (node is not JsonObject members)
        {
            throw new FormatException("Write an object of names and texts, such as { \"X-Team\": \"tools\" }.");
        }

        var headers = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach ((string key, JsonNode? value) in members)
        {
            string text = new ConfigValue(value).Text();
            if (key.Length == 0 || !key.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_')
                || text.Any(char.IsControl))
            {
                throw new FormatException($"The header '{key}' has a name or a value that HTTP does not allow: letters, digits, '-' and '_' in the name, no line breaks in the value.");
            }

            headers[key] = text;
        }

        return headers.ToImmutable();
    }
}
