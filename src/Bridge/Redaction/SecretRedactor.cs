using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Bridge.Redaction;

/// <summary>Replaces secrets in text: keys of known forms, and what configured patterns fit. Immutable and thread-safe.</summary>
/// <remarks>A net, not a wall: a secret of no known form passes.</remarks>
public sealed class SecretRedactor
{
    /// <summary>What stands where a secret stood.</summary>
    public const string Mark = "[redacted]";

    // Forms that their makers gave keys so that they are found. The regular expressions never backtrack: texts come from anywhere.
    private static readonly ImmutableArray<string> s_known =
    [
        @"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
        @"\bgh[pousr]_[A-Za-z0-9]{36,}",
        @"\bgithub_pat_[A-Za-z0-9_]{22,}",
        @"\bglpat-[A-Za-z0-9_\-]{20,}",
        @"\bsk-[A-Za-z0-9_\-]{20,}",
        @"\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}",
        @"\bxox[abeoprs]-[A-Za-z0-9\-]{10,}",
        @"\bAIza[A-Za-z0-9_\-]{35}",
        @"\bnpm_[A-Za-z0-9]{36}",
        @"\bhf_[A-Za-z0-9]{30,}",
        @"\bbridge_[0-9a-f]{12}_[A-Za-z0-9_\-]{20,}",
        @"\beyJ[A-Za-z0-9_\-]{8,}\.eyJ[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]{8,}",
        @"\b[Bb]earer +[A-Za-z0-9._~+/=\-]{16,}",
        @"-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[^-]|-[^-])*(?:-----END [A-Z ]*PRIVATE KEY-----)?",
    ];

    private readonly Regex _pattern;

    /// <summary>Compiles the forms.</summary>
    /// <param name="patterns">Further regular expressions, without lookarounds and back-references.</param>
    /// <exception cref="ArgumentException">A pattern is not one.</exception>
    /// <exception cref="NotSupportedException">A pattern would need backtracking.</exception>
    public SecretRedactor(params IEnumerable<string> patterns) =>
        _pattern = Compile(string.Join('|', s_known.Concat(patterns).Select(pattern => $"(?:{pattern})")));

    /// <summary>The known forms alone.</summary>
    public static SecretRedactor Default { get; } = new();

    /// <summary>Replaces secrets.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The same instance when there are none.</returns>
    public string Redact(string text) => _pattern.Replace(text, Mark);

    /// <summary>Replaces secrets in every text of a value, names of members aside.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The same value when there are none.</returns>
    public JsonElement Redact(JsonElement value)
    {
        if (!_pattern.IsMatch(value.GetRawText()) && !value.GetRawText().Contains('\\', StringComparison.Ordinal))
        {
            return value;
        }

        var buffer = new ArrayBufferWriter<byte>();
        bool changed = false;
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(writer, value, ref changed);
        }

        return changed ? JsonElement.Parse(buffer.WrittenSpan) : value;
    }

    /// <summary>Whether a text is a pattern that can be used.</summary>
    /// <param name="pattern">The text.</param>
    /// <returns>Why not; <see langword="null"/> when it can.</returns>
    public static string? ProblemOf(string pattern)
    {
        try
        {
            Regex compiled = Compile(pattern);
            return compiled.IsMatch("") ? "It fits an empty text, and so everything." : null;
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return error.Message;
        }
    }

    private static Regex Compile(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private void Write(Utf8JsonWriter writer, JsonElement value, ref bool changed)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value, ref changed);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Write(writer, item, ref changed);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                string text = value.GetString()!, redacted = Redact(text);
                changed |= redacted != text;
                writer.WriteStringValue(redacted);
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
