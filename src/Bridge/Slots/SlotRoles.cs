using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Bridge.Reading;
using Bridge.Schemas.Signatures;

namespace Bridge.Slots;

/// <summary>Tells what a parameter is about.</summary>
internal static partial class SlotRoles
{
    private static readonly (SlotRole Role, FrozenSet<string> Words)[] s_byName =
    [
        (SlotRole.Email, Grammar.Stems("email mail recipient cc bcc")),
        (SlotRole.Url, Grammar.Stems("url uri link website webpage homepage endpoint")),
        (SlotRole.Path, Grammar.Stems("path file filename filepath folder directory")),
        (SlotRole.Date, Grammar.Stems("date day birthday dob deadline checkin checkout")),
        (SlotRole.Time, Grammar.Stems("time")),
        (SlotRole.Id, Grammar.Stems("id identifier code key token uuid sku isbn docket symbol ticker ip mac username password")),
        (SlotRole.Unit, Grammar.Stems("unit units")),
        (SlotRole.Formula, Grammar.Stems("function equation expression formula polynomial")),
        (SlotRole.Place, Grammar.Stems("location city place country state address destination origin county town venue airport station region departure arrival street timezone loc dest")),
        (SlotRole.Text, Grammar.Stems("query text message prompt content body keyword keywords search question sentence comment note caption subject instruction input phrase command statement")),
        (SlotRole.Name, Grammar.Stems("name artist actor author director player celebrity person user company team brand title song movie book cast composer musician album singer customer employee patient")),
    ];

    private static readonly (FrozenSet<string> Words, FrozenSet<string> Leads)[] s_leads =
    [
        (Grammar.Stems("from origin start source departure begin depart"), Grammar.Stems("from")),
        (Grammar.Stems("to destination end target arrival dest recipient"), Grammar.Stems("to into until till for")),
        (Grammar.Stems("author artist director directed composer singer"), Grammar.Stems("by of")),
        (Grammar.Stems("actor cast starring"), Grammar.Stems("with by")),
    ];

    /// <summary>Tells the role of a parameter.</summary>
    /// <param name="parameter">The parameter, or the item of a list.</param>
    /// <param name="nameStems">The stems of its name.</param>
    /// <param name="description">Its description.</param>
    public static SlotRole Of(ToolParameter parameter, ImmutableArray<string> nameStems, string description)
    {
        SlotRole byFormat = parameter.Format switch
        {
            "date" or "date-time" => SlotRole.Date,
            "time" => SlotRole.Time,
            "email" or "idn-email" => SlotRole.Email,
            "uri" or "iri" or "uri-reference" => SlotRole.Url,
            "uuid" or "ipv4" or "ipv6" => SlotRole.Id,
            _ => SlotRole.None,
        };
        if (byFormat != SlotRole.None)
        {
            return byFormat;
        }

        // The last word is the head: a "file_name" is a name of files, an "email_subject" a subject.
        for (int i = nameStems.Length - 1; i >= 0; i--)
        {
            SlotRole role = s_byName.FirstOrDefault(entry => entry.Words.Contains(nameStems[i])).Role;
            if (role is not (SlotRole.None or SlotRole.Name) || (role == SlotRole.Name && i == 0))
            {
                return role;
            }
        }

        return OfDescription(description, nameStems);
    }

    /// <summary>The little words that lead to a parameter's value.</summary>
    /// <param name="nameStems">The stems of its name.</param>
    /// <returns>Their stems; empty when any may.</returns>
    public static FrozenSet<string> LeadsOf(ImmutableArray<string> nameStems) =>
        s_leads.FirstOrDefault(entry => nameStems.Any(entry.Words.Contains)).Leads ?? [];

    private static SlotRole OfDescription(string description, ImmutableArray<string> nameStems) =>
        PlaceWords().IsMatch(description) ? SlotRole.Place
        : DateFormats.Find(description) is { } format ? (format.Contains('d', StringComparison.Ordinal) ? SlotRole.Date : SlotRole.Time)
        : nameStems.Contains("name") ? SlotRole.Name
        : IdWords().IsMatch(description) ? SlotRole.Id
        : NameWords().IsMatch(description) ? SlotRole.Name
        : SlotRole.None;

    [GeneratedRegex(@"\b(?:the|a|any) (?:name of the )?(?:city|country|place|town|location)\b|\bcity and state\b|\blocation (?:of|for|where)\b", RegexOptions.IgnoreCase)]
    private static partial Regex PlaceWords();

    [GeneratedRegex(@"\bunique (?:id|identif)", RegexOptions.IgnoreCase)]
    private static partial Regex IdWords();

    [GeneratedRegex(@"\b(?:full )?names? of (?:the |a )", RegexOptions.IgnoreCase)]
    private static partial Regex NameWords();
}
