using Bridge.Schemas.Decoding;

namespace Bridge.Schemas.Tests.Decoding;

/// <summary>Ways in which model families write arguments, one of each kind.</summary>
internal static class MemberForms
{
    /// <summary>As GLM: strings as they stand, other values as JSON.</summary>
    public static MemberForm Tags { get; } = Alike("<arg_key>", new MemberValue("</arg_key>\n<arg_value>", "</arg_value>\n", ValueNotation.Plain), ValueNotation.Json);

    /// <summary>As Qwen3-Coder: words as Python writes them.</summary>
    public static MemberForm Lines { get; } = Alike("<parameter=", new MemberValue(">\n", "\n</parameter>\n", ValueNotation.Plain), ValueNotation.Json) with
    {
        Boolean = new MemberValue(">\n", "\n</parameter>\n", ValueNotation.Python),
        Null = new MemberValue(">\n", "\n</parameter>\n", ValueNotation.Python),
    };

    /// <summary>As Seed-OSS: all but strings as Python writes it.</summary>
    public static MemberForm PythonTags { get; } = Alike("<parameter=", new MemberValue(">", "</parameter>\n", ValueNotation.Plain), ValueNotation.Python);

    /// <summary>As DeepSeek: a tag says whether a value is a string.</summary>
    public static MemberForm TypedTags { get; } = Alike("<p name=\"", new MemberValue("\" string=\"false\">", "</p>\n", ValueNotation.Json), ValueNotation.Json) with
    {
        String = new MemberValue("\" string=\"true\">", "</p>\n", ValueNotation.Plain),
    };

    /// <summary>As MiniCPM: some text in CDATA sections.</summary>
    public static MemberForm Sections { get; } = PythonTags with { String = new MemberValue(">", "</parameter>\n", ValueNotation.CData) };

    /// <summary>As LFM: a Python call.</summary>
    public static MemberForm PythonCall { get; } = Alike("", new MemberValue("=", "", ValueNotation.Python), ValueNotation.Python) with { Separator = ", " };

    /// <summary>As Gemma: names bare, strings between delimiters.</summary>
    public static MemberForm Delimited { get; } = Alike("", new MemberValue(":", "", ValueNotation.Delimited("<|\"|>")), ValueNotation.Delimited("<|\"|>")) with
    {
        Separator = ",",
        String = new MemberValue(":<|\"|>", "<|\"|>", ValueNotation.Plain),
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<(string Name, MemberForm Form)> All { get; } =
        [("tags", Tags), ("lines", Lines), ("Python tags", PythonTags), ("sections", Sections), ("typed tags", TypedTags), ("Python call", PythonCall), ("delimited", Delimited)];

    private static MemberForm Alike(string open, MemberValue text, ValueNotation others)
    {
        MemberValue other = text with { Notation = others };
        return new MemberForm { Open = open, String = text, Number = other, Boolean = other, Null = other, Array = other, Object = other };
    }
}
