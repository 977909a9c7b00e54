using System.Collections.Immutable;
using System.Text;
using Bridge.Configuration;

namespace Bridge.Identity;

/// <summary>Checks what configuration says of tokens before anybody shows one.</summary>
public static class TokenSettings
{
    private const string Section = "Bridge:Http:Tokens";

    /// <summary>Checks everything that can be checked without asking the issuer.</summary>
    /// <param name="options">The settings.</param>
    /// <returns>The problems; empty when tokens are configured well or not at all.</returns>
    public static ImmutableArray<ConfigProblem> Check(TokenOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string?[] places = [options.Keys, options.KeysFile, options.KeysUrl];
        int named = places.Count(place => place is not null);
        if (options.Issuer is null && options.Audience is null && named == 0)
        {
            return [];
        }

        if (options.Issuer is null || options.Audience is null || named != 1)
        {
            return
            [
                new ConfigProblem(
                    "http-tokens-incomplete",
                    Section,
                    "Tokens are configured in part: whose they are, for whom, and one place of keys are needed together.",
                    "Set 'Issuer', 'Audience' and one of 'KeysUrl', 'KeysFile' and 'Keys', or none of them."),
            ];
        }

        return [.. (options.KeysUrl is { } url ? CheckUrl(url) : CheckKeys(options))];
    }

    private static IEnumerable<ConfigProblem> CheckUrl(string url)
    {
        var address = new Uri(url);
        if (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback)
        {
            yield return new ConfigProblem(
                "http-token-keys-insecure",
                $"{Section}:KeysUrl",
                $"The keys at '{url}' would travel unencrypted: who changes them on the way can make tokens.",
                "Write 'https:', or copy the keys into a file for 'KeysFile'.");
        }
    }

    private static IEnumerable<ConfigProblem> CheckKeys(TokenOptions options)
    {
        string? problem = null;
        try
        {
            TokenKeySet.Parse(options.Keys is { } json ? Encoding.UTF8.GetBytes(json) : File.ReadAllBytes(options.KeysFile!));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problem = $"cannot be read: {error.Message}";
        }
        catch (FormatException error)
        {
            problem = error.Message;
        }

        if (problem is not null)
        {
            string place = options.Keys is null ? $"The file '{options.KeysFile}'" : "The key set";
            yield return new ConfigProblem(
                "http-token-keys-unusable",
                $"{Section}:{(options.Keys is null ? "KeysFile" : "Keys")}",
                $"{place} {problem}",
                "Give the issuer's JSON Web Key Set, as its discovery document names it under 'jwks_uri'.");
        }
    }
}
