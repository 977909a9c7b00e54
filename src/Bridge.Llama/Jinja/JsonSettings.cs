namespace Bridge.Llama.Jinja;

/// <summary>How JSON is set.</summary>
/// <param name="Indent">What each level is indented by; <see langword="null"/> for all in one line.</param>
/// <param name="Between">What stands between members.</param>
/// <param name="AfterName">What stands between a name and its value.</param>
/// <param name="AsciiOnly">Whether other characters are escaped.</param>
/// <param name="Sorted">Whether members are sorted by name.</param>
internal sealed record JsonSettings(TextValue? Indent, TextValue Between, TextValue AfterName, bool AsciiOnly, bool Sorted)
{
    /// <summary>How <c>tojson</c> sets JSON without arguments.</summary>
    public static JsonSettings Default { get; } = new(null, TextValue.Own(", "), TextValue.Own(": "), AsciiOnly: false, Sorted: false);

    /// <summary>Reads the arguments of <c>tojson</c>.</summary>
    public static JsonSettings From(GivenArguments arguments)
    {
        if (arguments.Count == 0 && arguments.Named.Count == 0)
        {
            return Default;
        }

        TextValue? indent = arguments.Find(1, "indent") switch
        {
            null or NullValue => null,
            IntegerValue { Value: >= 0 and <= 64 } width => TextValue.Own(new string(' ', (int)width.Value)),
            TextValue text => text,
            _ => throw new TemplateException("The argument 'indent' of 'tojson' must be an integer from 0 to 64, a text or none."),
        };
        (TextValue between, TextValue afterName) = arguments.Find(2, "separators") switch
        {
            null or NullValue => (indent is null ? Default.Between : TextValue.Own(","), Default.AfterName),
            ListValue { All: [TextValue first, TextValue second] } => (first, second),
            _ => throw new TemplateException("The argument 'separators' of 'tojson' must be two texts or none."),
        };
        return new JsonSettings(indent, between, afterName, arguments.IsTrue(0, "ensure_ascii"), arguments.IsTrue(3, "sort_keys"));
    }
}
