using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Bridge.Reading;
using Bridge.Schemas.Signatures;
using Bridge.Slots;

namespace Bridge.Extraction;

/// <summary>Fills searches, messages and questions with what the user says behind <c>search for</c>, <c>saying</c> or a colon.</summary>
internal sealed partial class FreeTextOptions : IOptionSource
{
    private const double Introduced = 0.72;
    private const double BehindColon = 0.6;
    private const double Whole = 0.34;

    private static readonly FrozenSet<string> s_questions = Grammar.Stems("question");

    /// <inheritdoc/>
    public void AddOptions(RequestReading reading, ToolCard card, Slot slot, List<Option> options)
    {
        if (slot.Type != ParameterType.String || slot.Role != SlotRole.Text || slot.IsClosed)
        {
            return;
        }

        string text = reading.Text.Text;
        foreach (Match match in Introduction().Matches(text))
        {
            Add(slot, options, match.Groups["rest"], Introduced);
        }

        Match colon = Colon().Match(text);
        if (colon.Success)
        {
            Add(slot, options, colon.Groups["rest"], BehindColon);
        }

        if (slot.Required && text.Length > 0)
        {
            options.Add(new Option(slot, text, IsQuestion(slot) ? Introduced : Whole, 0, text.Length) { Shares = true });
        }
    }

    /// <summary>Whether a slot takes a question: that is asked as it stands.</summary>
    /// <param name="slot">The slot.</param>
    public static bool IsQuestion(Slot slot) => slot.Role == SlotRole.Text && slot.NameStems.Any(s_questions.Contains);

    private static void Add(Slot slot, List<Option> options, Group rest, double score)
    {
        string value = rest.Value.Trim(' ', '.', '?', '!', '"', '\'', '“', '”');
        if (value.Length > 0)
        {
            options.Add(new Option(slot, value, score, rest.Index, rest.Index + rest.Length));
        }
    }

    [GeneratedRegex(@"\b(?:search(?:ing)?(?:\s+(?:the\s+)?(?:web|internet|online|google))?\s+for|look(?:ing)?\s+up|google|saying|that\s+says|reading|with\s+(?:the\s+)?(?:message|text|content|body|title|subject|caption)|content|query|message|note|translate)\s*:?\s+(?!is\b|of\b|to\b|in\b|from\b|saying\b|that\b)(?<rest>[^\n;?!]{2,400}?)(?=[.;?!\n](?:\s|$)|$|\s+(?:in|on|to|into|using)\s+(?:the\s+)?(?:web|google|bing|english|spanish|french|german|italian|portuguese|chinese|japanese|korean|russian|arabic)\b)", RegexOptions.IgnoreCase)]
    private static partial Regex Introduction();

    [GeneratedRegex(@"(?<=\w):\s+(?<rest>\S[\s\S]{1,2000})$")]
    private static partial Regex Colon();
}
