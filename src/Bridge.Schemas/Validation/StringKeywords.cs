using Bridge.Schemas.Formats;
using Bridge.Schemas.Json;
using Bridge.Schemas.Patterns;

namespace Bridge.Schemas.Validation;

/// <summary><c>pattern</c>.</summary>
/// <param name="pattern">The pattern.</param>
internal sealed class PatternKeyword(EcmaPattern pattern) : Keyword(JsonKinds.String)
{
    /// <summary>The pattern.</summary>
    public EcmaPattern Pattern => pattern;

    public override bool Check(JsonValue instance, Evaluation run)
    {
        bool? matches = run.Matches(pattern, instance.Text);
        if (matches == true)
        {
            return true;
        }

        if (matches is null)
        {
            run.Report(
                "pattern", $"could not be checked against the pattern '{JsonText.Cap(pattern.Source)}' in time", "is too complex; use a simpler value");
        }
        else if (run.Collects)
        {
            string rule = $"must match the pattern '{JsonText.Cap(pattern.Source)}'";
            run.Report("pattern", $"{rule}, but it is {JsonText.Describe(instance)}", $"{rule}; got {JsonText.Compact(instance)}");
        }

        return false;
    }
}

/// <summary><c>format</c>, where it asserts.</summary>
/// <param name="format">The format.</param>
internal sealed class FormatKeyword(StringFormat format) : Keyword(JsonKinds.String)
{
    /// <summary>The format.</summary>
    public StringFormat Format => format;

    public override bool Check(JsonValue instance, Evaluation run)
    {
        bool matches = run.SpendOnText(instance) && JsonText.ReadUtf8(instance.Text, format, static (check, text) => check.Matches(text));
        if (!matches && run.Collects)
        {
            string rule = $"must be a {format.Name} such as '{format.Example}'";
            run.Report("format", $"{rule}, but it is {JsonText.Describe(instance)}", $"{rule}; got {JsonText.Compact(instance)}");
        }

        return matches;
    }
}
