using System.Text;
using System.Text.RegularExpressions;

namespace Bridge.Mcp.Listing;

/// <summary>Says whether a URI is one of a template's (RFC 6570), to know whose it is; the server itself reads it exactly.</summary>
internal sealed partial class UriTemplate
{
    private readonly Regex? _pattern;

    /// <summary>Reads a template.</summary>
    /// <param name="template">The template, such as <c>file:///{+path}</c>.</param>
    public UriTemplate(string template)
    {
        try
        {
            // A template comes from a server: no backtracking, whatever it says.
            _pattern = new Regex(Pattern(template), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            // One that is too large fits nothing; the resource can still be read when it is listed.
        }
    }

    /// <summary>Whether a URI fits.</summary>
    /// <param name="uri">The URI.</param>
    /// <returns>Whether it does.</returns>
    public bool Matches(string uri) => _pattern?.IsMatch(uri) == true;

    private static string Pattern(string template)
    {
        var pattern = new StringBuilder("^");
        int at = 0;
        foreach (Match part in Expression().Matches(template))
        {
            pattern.Append(Regex.Escape(template[at..part.Index])).Append(part.Value[1] switch
            {
                '+' or '#' or '/' or '?' or '&' or ';' or '.' => ".*",
                _ when part.Value.Contains('*', StringComparison.Ordinal) => ".*",
                _ => "[^/]+",
            });
            at = part.Index + part.Length;
        }

        return pattern.Append(Regex.Escape(template[at..])).Append('$').ToString();
    }

    [GeneratedRegex(@"\{[^{}]+\}")]
    private static partial Regex Expression();
}
