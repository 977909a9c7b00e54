namespace Bridge.Llama.Templates;

/// <summary>A way to hand a template an answer of calls alone.</summary>
/// <param name="Content">The answer's content, as JSON.</param>
/// <param name="ArgumentsAsText">Whether arguments are text that is JSON, as on the wire of OpenAI's API.</param>
internal sealed record CallWay(string Content, bool ArgumentsAsText)
{
    public const string NoContent = "null";
    public const string EmptyContent = "\"\"";

    /// <summary>All ways; what more templates take comes first.</summary>
    public static CallWay[] All { get; } = [new(EmptyContent, false), new(NoContent, false), new(EmptyContent, true), new(NoContent, true)];

    /// <summary>The answer as JSON.</summary>
    public string Message(bool two) => TemplateProbe.Calls(Content, ArgumentsAsText, two);
}
