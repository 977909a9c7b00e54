using Bridge.Tools;
using Microsoft.Extensions.AI;

namespace Bridge.Redaction;

/// <summary>Replaces secrets in what a tool answered.</summary>
internal static class ResultRedaction
{
    /// <summary>Replaces them in texts and in the structure; images and other data stay.</summary>
    /// <param name="redactor">Knows secrets.</param>
    /// <param name="result">The result.</param>
    /// <returns>The same instance when there are none.</returns>
    public static ToolResult Redact(this SecretRedactor redactor, ToolResult result)
    {
        AIContent[] content = [.. result.Content.Select(block => Redact(redactor, block))];
        bool same = content.SequenceEqual(result.Content, ReferenceEqualityComparer.Instance);
        if (result.Structured is not { } structured)
        {
            return same ? result : result with { Content = [.. content] };
        }

        System.Text.Json.JsonElement clean = redactor.Redact(structured);
        return same && clean.Equals(structured) ? result : result with { Content = [.. content], Structured = clean };
    }

    private static AIContent Redact(SecretRedactor redactor, AIContent block) =>
        block is TextContent text && redactor.Redact(text.Text) is var clean && !ReferenceEquals(clean, text.Text)
            ? new TextContent(clean) { AdditionalProperties = text.AdditionalProperties }
            : block;
}
