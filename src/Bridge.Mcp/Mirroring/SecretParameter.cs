using System.Text.Json;
using System.Text.RegularExpressions;

namespace Bridge.Mcp.Mirroring;

/// <summary>Tells parameters that hold secrets: by what their schema says, and by their names.</summary>
internal static partial class SecretParameter
{
    /// <summary>Whether a parameter holds a secret.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="schema">Its schema.</param>
    public static bool Is(string name, JsonElement schema) =>
        (schema.TryGetProperty("format", out JsonElement format) && format.ValueKind == JsonValueKind.String && format.ValueEquals("password"u8))
        || (schema.TryGetProperty("writeOnly", out JsonElement hidden) && hidden.ValueKind == JsonValueKind.True)
        || Names().IsMatch(Words().Replace(name, "_"));

    // 'apiKey' reads as 'api_Key'. A token of a page or a count of tokens is no secret.
    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])|[-. ]+", RegexOptions.CultureInvariant)]
    private static partial Regex Words();

    [GeneratedRegex(
        "(?:^|_)(?:password|passwd|passphrase|secret|credentials?|authorization|private_?key|secret_?key|api_?key|access_?key|(?:access|refresh|auth|api|bearer|session|id|security)_?token)(?:_|$)|^token$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Names();
}
