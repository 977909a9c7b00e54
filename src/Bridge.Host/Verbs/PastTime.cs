using System.CommandLine;
using System.Globalization;
using Bridge.Configuration;
using Bridge.Host.Terminal;

namespace Bridge.Host.Verbs;

/// <summary>Options that name a time in the past.</summary>
internal static class PastTime
{
    /// <summary>Reads such an option.</summary>
    /// <param name="context">The run.</param>
    /// <param name="option">The option: a time ago such as <c>2h</c>, or a date or time.</param>
    /// <returns>The time; <see langword="null"/> when the option is not given.</returns>
    public static DateTimeOffset? Of(VerbContext context, Option<string?> option)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return context.Parsed.GetValue(option) is not { } text ? null
            : Duration.TryParseLong(text, out TimeSpan ago) ? context.Environment.Clock.GetUtcNow() - ago
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out DateTimeOffset time) ? time
            : throw new VerbException(
                ExitCode.Usage,
                $"'{text}' is not allowed for '{option.Name}': write a time ago such as '30m', '2h' or '7d', or a date or time such as '2026-01-31' or '2026-01-31T12:00:00Z'.");
    }
}
