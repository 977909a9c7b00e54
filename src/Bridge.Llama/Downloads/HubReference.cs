using System.Text.RegularExpressions;

namespace Bridge.Llama.Downloads;

/// <summary>A model of a hub: <c>hf:ORG/REPO</c>, with <c>@REVISION</c> and <c>:QUANTISATION</c> or <c>:FILE</c> behind it.</summary>
/// <param name="Repository"><c>ORG/REPO</c>.</param>
/// <param name="Revision">A branch, tag or commit; <see langword="null"/> for the newest.</param>
/// <param name="Choice">A quantisation such as <c>Q4_K_M</c>, or a file's path; <see langword="null"/> to choose.</param>
internal sealed partial record HubReference(string Repository, string? Revision, string? Choice)
{
    /// <summary>How such a text begins.</summary>
    public const string Prefix = "hf:";

    /// <summary>Reads the text.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ModelSourceException">It is none.</exception>
    public static HubReference Parse(string text)
    {
        Match match = Pattern().Match(text);
        return match.Success && !text.Contains("..", StringComparison.Ordinal)
            ? new HubReference(match.Groups["repository"].Value, Optional("revision"), Optional("choice"))
            : throw new ModelSourceException($"'{text}' is not a model of a hub: write 'hf:ORG/REPO', 'hf:ORG/REPO:Q4_K_M' or 'hf:ORG/REPO@REVISION:FILE.gguf'.");

        string? Optional(string group) => match.Groups[group].Success ? match.Groups[group].Value : null;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Prefix}{Repository}{(Revision is null ? "" : $"@{Revision}")}{(Choice is null ? "" : $":{Choice}")}";

    [GeneratedRegex("^hf:(?<repository>[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*)(?:@(?<revision>[A-Za-z0-9][A-Za-z0-9._/-]*))?(?::(?<choice>[A-Za-z0-9][A-Za-z0-9._/ +-]*))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
