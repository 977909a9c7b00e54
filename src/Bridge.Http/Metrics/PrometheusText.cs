using System.Globalization;
using System.Text;

namespace Bridge.Http.Metrics;

/// <summary>The spelling of Prometheus' text format, version 0.0.4.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>A legal metric name with its unit and, for counters, <c>_total</c> at the end.</summary>
    public static string Name(string instrument, string? unit, MetricKind kind)
    {
        string name = Legal(instrument, allowColon: true);
        string suffix = unit switch
        {
            "s" => "_seconds",
            "ms" => "_milliseconds",
            "By" => "_bytes",
            _ => "",
        };
        name = name.EndsWith(suffix, StringComparison.Ordinal) ? name : name + suffix;
        return kind == MetricKind.Counter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    /// <summary>The labels without braces, sorted, so that the order in which they were given does not matter; empty for none.</summary>
    public static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, object? value) in tags)
        {
            labels[Legal(name, allowColon: false)] = EscapeValue(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
        }

        return string.Join(',', labels.Select(label => $"{label.Key}=\"{label.Value}\""));
    }

    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    public static StringBuilder AppendHeader(StringBuilder text, string name, string help, MetricKind kind) => text
        .Append("# HELP ").Append(name).Append(' ').Append(help.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal)).Append('\n')
        .Append("# TYPE ").Append(name).Append(' ').Append(kind.ToString().ToLowerInvariant()).Append('\n');

    public static StringBuilder AppendSample(StringBuilder text, string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        return text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string EscapeValue(string value) => value
        .Replace("\\", @"\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", @"\n", StringComparison.Ordinal);

    private static string Legal(string name, bool allowColon)
    {
        string legal = string.Create(name.Length, (name, allowColon), static (span, state) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                char letter = state.name[i];
                span[i] = char.IsAsciiLetterOrDigit(letter) || letter == '_' || (letter == ':' && state.allowColon) ? letter : '_';
            }
        });
        return legal.Length == 0 || char.IsAsciiDigit(legal[0]) ? "_" + legal : legal;
    }
}
