using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Evaluation.Records;
using Bridge.Extraction;
using Bridge.Reading;
using Bridge.Schemas.Signatures;
using Bridge.Slots;
using Bridge.Tools;
using Bridge.Training.Records;

namespace Bridge.Training.Examples;

/// <summary>Writes requests for real tools that take a free text: what to search, to ask or to say is part of the request, and longer than a name. The same in every run.</summary>
/// <param name="tools">The tools; what is asked comes from the descriptions of others.</param>
/// <param name="names">Names that texts hold.</param>
internal sealed class GeneratedRequests(ImmutableArray<Tool> tools, ImmutableArray<string> names)
{
    private const int Count = 450;
    private const int MinWords = 2;
    private const int MaxWords = 7;

    // {0} is the text that is the argument.
    private static readonly string[] s_searches =
    [
        "search for {0}", "Search the web for {0}.", "look up {0}", "Find {0}", "google {0} please", "Can you search for {0}?", "I want to know about {0}.",
        "find information about {0}", "Show me results for {0}", "Please look for {0}.",
    ];

    private static readonly string[] s_messages =
    [
        "say {0}", "the message is: {0}", "write \"{0}\"", "Send a message saying {0}", "with the text \"{0}\"", "Please send: {0}", "note: {0}", "create one with the content '{0}'",
    ];

    private static readonly string[] s_questions = ["what is {0}", "how does {0} work?", "why is {0} important", "Who invented {0}?", "when was {0} built", "Tell me, what is {0}?"];

    private static readonly FrozenSet<string> s_written = Grammar.Stems("message text content body note comment caption");
    private static readonly string[] s_links = [" in ", " by ", " for ", " to ", " of "];

    private readonly Random _random = new(31);

    /// <summary>Writes them.</summary>
    public IEnumerable<TrainingRecord> Make()
    {
        (Tool Tool, Slot Slot)[][] takers =
        [
            .. tools.DistinctBy(tool => tool.Id.Name).Select(tool => (Tool: tool, Slot: TextSlotOf(tool)!)).Where(pair => pair.Slot is not null)
                .GroupBy(pair => TemplatesFor(pair.Slot)).Select(group => group.ToArray()),
        ];
        for (int i = 0; takers.Length > 0 && i < Count; i++)
        {
            (Tool tool, Slot slot) = _random.GetItems(takers[i % takers.Length], 1)[0];
            if (Fragment(tools[_random.Next(tools.Length)].Description) is { } fragment)
            {
                yield return Write($"generated_{i}", tool, slot, fragment) with { Fold = i % TrainingRecord.Folds };
            }
        }
    }

    private TrainingRecord Write(string id, Tool tool, Slot slot, string fragment)
    {
        string[] templates = TemplatesFor(slot);
        string text = string.Format(System.Globalization.CultureInfo.InvariantCulture, templates[_random.Next(templates.Length)], fragment);
        string value = templates == s_questions ? text : fragment;
        var record = new EvalRecord(id, "generated", text, [tool], EvalCheck.Calls)
        {
            Expected = [new ExpectedCall(tool.Id.Name, [new ExpectedArgument(slot.Path[0], [JsonSerializer.SerializeToElement(value, JsonSerializerOptions.Default)])])],
            Declared = ImmutableDictionary<string, DeclaredTool>.Empty.Add(tool.Id.Name, DeclaredTool.OfSchema(tool.InputSchema)),
        };
        return new TrainingRecord(record, Origin.Composed);
    }

    private static string[] TemplatesFor(Slot slot) =>
        FreeTextOptions.IsQuestion(slot) ? s_questions
        : slot.NameStems.Any(s_written.Contains) ? s_messages
        : s_searches;

    private static Slot? TextSlotOf(Tool tool)
    {
        Slot[] required = [.. ToolCard.Of(tool).Slots.Where(slot => slot.Required)];
        return required is [{ Role: SlotRole.Text, Type: ParameterType.String, IsClosed: false, Path.Length: 1 } slot] ? slot : null;
    }

    // "the area of a triangle" of "Calculate the area of a triangle given its sides."
    private string? Fragment(string description)
    {
        string[] words = description.Split(['.', ',', ';', ':', '(', '\n'], 2)[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int count = MinWords + _random.Next(MaxWords - MinWords);
        string name = names.Length > 0 && _random.Next(2) == 0 ? s_links[_random.Next(s_links.Length)] + names[_random.Next(names.Length)] : "";
        return words.Length > count ? string.Join(' ', words[1..(count + 1)]) + name : null;
    }
}
