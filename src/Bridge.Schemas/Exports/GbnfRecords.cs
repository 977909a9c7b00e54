using System.Globalization;
using System.Text;
using Bridge.Schemas.Automata;
using Bridge.Schemas.Decoding;
using Bridge.Schemas.Shapes;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Exports;

/// <summary>Writes objects: members in the order of the schema, with commas that are right whatever is left out.</summary>
internal sealed class GbnfRecords
{
    private readonly GbnfValues _values;
    private readonly GbnfTexts _texts;
    private readonly GbnfRules _rules;
    private readonly ExportLosses _losses;
    private readonly DecodingOptions _options;
    private readonly string _comma;
    private readonly string _colon;

    /// <summary>Prepares the objects.</summary>
    public GbnfRecords(GbnfValues values, GbnfTexts texts, GbnfRules rules, ExportLosses losses, DecodingOptions options)
    {
        _values = values;
        _texts = texts;
        _rules = rules;
        _losses = losses;
        _options = options;
        _comma = GbnfSpelling.Literal(Encoding.ASCII.GetString(options.Style.Comma));
        _colon = Encoding.ASCII.GetString(options.Style.Colon);
    }

    /// <summary>The symbols of an object; <see langword="null"/> when there is none.</summary>
    public string? Of(Goal goal, RecordShape record, string name)
    {
        var members = new List<(string Text, bool Required)>();
        foreach (ShapeMember member in record.Members)
        {
            if (_values.Find(member.Goal) is { } rule)
            {
                string written = Encoding.UTF8.GetString(JsonSpelling.Of(member.Name)) + _colon;
                members.Add(($"{GbnfSpelling.Literal(written)} {rule}", member.Required));
            }
            else if (member.Required)
            {
                return null;
            }
        }

        string? pair = record.Others is { } others && _options.MaxOtherMembers > 0 && _values.Find(others) is { } value ? Pair(goal, record, value, name) : null;
        int first = members.FindIndex(member => member.Required);
        string body = first == 0
            ? GbnfSpelling.Sequence(members[0].Text, After(members, 1, pair, name))
            : Begin(members, first < 0 ? members.Count : first, pair, name);
        return GbnfSpelling.Sequence("\"{\"", body, "\"}\"");
    }

    /// <summary>Members of which the first ones may be left out: an alternative for each that may come first.</summary>
    private string Begin(List<(string Text, bool Required)> members, int optional, string? pair, string name)
    {
        bool mayBeEmpty = optional == members.Count;
        string last = mayBeEmpty
            ? pair is null ? "" : GbnfSpelling.Sequence(pair, Further(pair, name, _options.MaxOtherMembers - 1))
            : Shared(GbnfSpelling.Sequence(members[optional].Text, After(members, optional + 1, pair, name)), name, optional);
        string after = mayBeEmpty ? After(members, optional, pair, name) : GbnfSpelling.Sequence(_comma, last);
        var firsts = new List<string>();
        for (int i = optional - 1; i >= 0; i--)
        {
            firsts.Add(GbnfSpelling.Sequence(members[i].Text, after));
            after = i == 0 ? "" : Shared(GbnfSpelling.Sequence($"({_comma} {members[i].Text})?", after), name, i);
        }

        firsts.Reverse();
        string body = GbnfSpelling.Choice(last.Length == 0 ? firsts : firsts.Append(last));
        return mayBeEmpty ? firsts.Count == 0 && last.Length == 0 ? "" : $"({body})?" : $"({body})";
    }

    private string Shared(string symbols, string name, int member) =>
        _rules.Add(string.Create(CultureInfo.InvariantCulture, $"{name}-from-{member + 1}"), symbols);

    /// <summary>The members after another one.</summary>
    private string After(List<(string Text, bool Required)> members, int from, string? pair, string name)
    {
        IEnumerable<string> rest = members.Skip(from).Select(member => member.Required ? $"{_comma} {member.Text}" : $"({_comma} {member.Text})?");
        return GbnfSpelling.Sequence(pair is null ? rest : rest.Append(Further(pair, name, _options.MaxOtherMembers)));
    }

    private string Further(string pair, string name, int most) =>
        GbnfSpelling.Repeat(_rules.Add($"{name}-other-next", $"{_comma} {pair}"), 0, most > GbnfSpelling.MaxRepeats ? null : most);

    /// <summary>The rule of a member that the schema does not name.</summary>
    private string Pair(Goal goal, RecordShape record, string value, string name)
    {
        string keyword = record.Keywords.Any(carried => carried.Additional is not null) ? "additionalProperties" : "type";
        _losses.Lose(
            goal, carried => carried is ObjectKeyword { Additional: not null } or TypeKeyword, keyword,
            "Members that the schema does not name are not kept from having the same name: a grammar remembers nothing.");
        if (_options.MaxOtherMembers > GbnfSpelling.MaxRepeats)
        {
            _losses.Unbounded.Add(new SchemaLoss(goal.Pointer, keyword, $"Members are not counted beyond {GbnfSpelling.MaxRepeats}."));
        }

        CodePointDfa? names = OtherNames.Of(record.Keywords);
        if (names is null)
        {
            _losses.Lose(
                goal, carried => carried is ObjectKeyword { Additional: not null } or TypeKeyword, keyword,
                "The names that the schema declares are too many to be kept out of the other names.");
        }

        string key = _texts.Of(names ?? OtherNames.Any, $"{name}-name");
        return _rules.Add($"{name}-other", GbnfSpelling.Sequence("\"\\\"\"", key, GbnfSpelling.Literal($"\"{_colon}"), value));
    }
}
