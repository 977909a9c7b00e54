namespace Bridge.Schemas.Formats;

/// <summary>A format that strings can be checked against.</summary>
/// <param name="name">The format's name, such as <c>date</c>.</param>
/// <param name="example">A text of that format, for messages.</param>
/// <param name="check">The check.</param>
internal sealed class StringFormat(string name, string example, Func<ReadOnlySpan<char>, bool> check)
{
    private static readonly Dictionary<string, StringFormat> s_all = new StringFormat[]
    {
        new("date", "2026-01-31", DateFormats.IsDate),
        new("date-time", "2026-01-31T08:30:00Z", DateFormats.IsDateTime),
        new("time", "08:30:00Z", DateFormats.IsTime),
        new("duration", "P1DT2H", DateFormats.IsDuration),
        new("email", "ada@example.org", NetworkFormats.IsEmail),
        new("hostname", "www.example.org", NetworkFormats.IsHostname),
        new("ipv4", "192.0.2.1", NetworkFormats.IsIpv4),
        new("ipv6", "2001:db8::1", NetworkFormats.IsIpv6),
        new("uri", "https://example.org/a", IdentifierFormats.IsUri),
        new("uuid", "123e4567-e89b-12d3-a456-426614174000", IdentifierFormats.IsUuid),
        new("regex", "^a+$", IdentifierFormats.IsRegex),
    }.ToDictionary(format => format.Name, StringComparer.Ordinal);

    public string Name { get; } = name;

    public string Example { get; } = example;

    /// <summary>Finds a format; <see langword="null"/> when it is one that is not checked.</summary>
    public static StringFormat? Find(string name) => s_all.GetValueOrDefault(name);

    public bool Matches(ReadOnlySpan<char> text) => check(text);
}
