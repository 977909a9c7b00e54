using System.Text.Json;
using Bridge.Schemas.Formats;
using Bridge.Schemas.Json;
using Bridge.Schemas.Patterns;

namespace Bridge.Schemas.Validation;

/// <summary><c>pattern</c>.</summary>
/// <param name="pattern">The pattern.</param>
internal sealed class PatternKeyword(EcmaPattern pattern) : Keyword
{
    /// <summary>The pattern.</summary>
    public EcmaPattern Pattern => pattern;

    public override JsonKinds Kinds => JsonKinds.String;

    public override bool Check(in JsonElement instance, Evaluation run)
    {
        bool? matches = JsonText.Read(instance, pattern, static (ecma, text) => ecma.Matches(text));
        if (matches == true)
        {
            return true;
        }

        if (matches is null)
        {
            run.SpendTimeOut();
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
internal sealed class FormatKeyword(StringFormat format) : Keyword
{
    /// <summary>The format.</summary>
    public StringFormat Format => format;

    public override JsonKinds Kinds => JsonKinds.String;

    public override bool Check(in JsonElement instance, Evaluation run)
    {
        bool matches = JsonText.Read(instance, format, static (check, text) => check.Matches(text));
        if (!matches && run.Collects)
        {
            string rule = $"must be a {format.Name} such as '{format.Example}'";
            run.Report("format", $"{rule}, but it is {JsonText.Describe(instance)}", $"{rule}; got {JsonText.Compact(instance)}");
        }

        return matches;
    }
}
