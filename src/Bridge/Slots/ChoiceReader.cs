using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bridge.Reading;
using Bridge.Schemas.Signatures;

namespace Bridge.Slots;

/// <summary>Reads the values that a schema's enum or a description's examples offer, with the synonyms the description explains.</summary>
internal static partial class ChoiceReader
{
    private const int MaxChoices = 64;
    private const int MaxWords = 4;

    /// <summary>Reads the choices of a parameter.</summary>
    /// <param name="parameter">The parameter, or the item of a list.</param>
    /// <param name="description">The description that explains it.</param>
    public static ImmutableArray<Choice> Read(ToolParameter parameter, string description)
    {
        if (!parameter.Values.IsEmpty)
        {
            return
            [
                .. parameter.Values.Where(value => value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                    .Take(MaxChoices)
                    .Select(value => Make(JsonNode.Parse(value.GetRawText())!, value.ToString(), description)),
            ];
        }

        return parameter.Type is ParameterType.String or ParameterType.Any
            ? [.. Examples(description).Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxChoices).Select(value => Make(JsonValue.Create(value), value, description))]
            : [];
    }

    private static IEnumerable<string> Examples(string description)
    {
        foreach (Match match in QuotedExample().Matches(description))
        {
            yield return match.Groups[1].Value;
        }

        foreach (Match match in ListedExamples().Matches(description))
        {
            foreach (string example in match.Groups[1].Value.Split([",", " or ", " and "], StringSplitOptions.TrimEntries))
            {
                if (example.Length > 1 && example is not "etc" && example.Split(' ').Length < MaxWords)
                {
                    yield return example;
                }
            }
        }
    }

    private static Choice Make(JsonNode value, string text, string description)
    {
        var spellings = new List<ImmutableArray<string>>();
        Add(spellings, text);
        if (!description.Contains(text, StringComparison.OrdinalIgnoreCase))
        {
            return new Choice(value, [.. spellings]);
        }

        foreach (Match match in Explanation(text).Matches(description))
        {
            foreach (string synonym in match.Groups["synonym"].Value.Split([",", " or ", "/"], StringSplitOptions.TrimEntries))
            {
                Add(spellings, synonym);
            }
        }

        return new Choice(value, [.. spellings]);
    }

    private static void Add(List<ImmutableArray<string>> spellings, string text)
    {
        ImmutableArray<string> stems = [.. Grammar.List(text)];
        bool tooPlain = stems.Length == 0 || stems.Length > MaxWords + 2 || (spellings.Count > 0 && stems.All(stem => stem.Length < 3));
        if (!tooPlain)
        {
            spellings.Add(stems);
        }
    }

    // "'C' for celsius", "imperial means Fahrenheit", "celsius (C)", "EUR: euro".
    private static Regex Explanation(string value)
    {
        string exact = Regex.Escape(value);
        return new Regex(
            $"""(?<![\w])['"]?{exact}['"]?\s{"{0,4}"}(?:(?:for|means|is for|stands for|refers to|=|:|->)\s*(?:the\s+)?(?<synonym>[\p{"{L}"}\d -]{"{1,60}"}?)(?=[,.;)'"]|\s(?:and|or|to|in|when|if|as)\b|$)|\((?<synonym>[^)]{"{1,60}"})\))""",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }

    [GeneratedRegex("""(?<!\w)['"‘“]([\p{L}\d][^'"’”\n]{0,40})['"’”](?!\w)""")]
    private static partial Regex QuotedExample();

    [GeneratedRegex(@"(?:e\.g\.?,?|eg\.?:?|such as|like|i\.e\.?,?|for example,?|options(?: are| include)?:?|either)\s+([\p{L}\d][\p{L}\d ,/-]{1,120})", RegexOptions.IgnoreCase)]
    private static partial Regex ListedExamples();
}
