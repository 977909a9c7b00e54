namespace Bridge.Schemas.Tests.Conformance;

/// <summary>The official tests that do not pass, each with the reason. The list may only shrink.</summary>
internal static class KnownGaps
{
    // Draft-07 lets a validator assert what a string holds; 2020-12 says that these keywords only annotate. A schema must not change its
    // verdict with the draft it names, and what a string of a tool's argument holds is for the tool to judge.
    private const string ContentAnnotates = "draft7/optional/content.json: validation of ";

    public static readonly string[] All =
    [
        ContentAnnotates + "binary string-encoding: an invalid base64 string (% is not a valid character)",
        ContentAnnotates + "binary-encoded media type documents: a validly-encoded invalid JSON document",
        ContentAnnotates + "binary-encoded media type documents: an invalid base64 string that is valid JSON",
        ContentAnnotates + "string-encoded content based on media type: an invalid JSON document",
    ];

    /// <summary>The part of the suite a test belongs to.</summary>
    public static string Part(this string gap) =>
        gap.Contains("/optional/format/", StringComparison.Ordinal) ? "format" : gap.Contains("/optional/", StringComparison.Ordinal) ? "optional" : "required";
}
