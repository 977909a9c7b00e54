using System.Collections.Immutable;
using Bridge.Evaluation.Records;
using Bridge.Extraction;
using Bridge.Reading;
using Bridge.Slots;
using Bridge.Tools;
using Bridge.Training.Fitting;
using Bridge.Training.Records;

namespace Bridge.Training.Examples;

/// <summary>A record, read and prepared: everything that models can learn from it.</summary>
internal sealed class Lesson
{
    private readonly TextFacts _facts;
    private readonly Dictionary<TextPart, ImmutableArray<PreparedTool>> _tools = [];

    private Lesson(TrainingRecord record, RequestReading reading)
    {
        Record = record;
        Reading = reading;
        _facts = new TextFacts(reading);
    }

    /// <summary>The record.</summary>
    public TrainingRecord Record { get; }

    /// <summary>Its text.</summary>
    public RequestReading Reading { get; }

    /// <summary>What the slots of the right tools teach.</summary>
    public ImmutableArray<Question> Slots { get; private set; } = [];

    /// <summary>The tools that are offered; none where all that are offered are right.</summary>
    public ToolLesson? Offered { get; private set; }

    /// <summary>Tools that others offer, with or without the right one.</summary>
    public ImmutableArray<ToolLesson> Variants { get; private set; } = [];

    /// <summary>The parts of the text; none where it has one alone.</summary>
    public ImmutableArray<ToolLesson> Parts { get; private set; } = [];

    /// <summary>Prepares a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="variants">Sets of tools to offer besides.</param>
    /// <param name="scanners">Read the text.</param>
    /// <returns>The lesson; <see langword="null"/> where the record teaches nothing.</returns>
    public static Lesson? Of(TrainingRecord record, IEnumerable<ImmutableArray<Tool>> variants, ImmutableArray<ICandidateScanner> scanners)
    {
        bool refused = record.Record.Check == EvalCheck.NoCall && !record.Record.Tools.IsEmpty;
        if (!refused && !record.IsSingle && !record.IsSeveral)
        {
            return null;
        }

        var lesson = new Lesson(record, RequestReading.Read(record.Text, scanners));
        HashSet<string> right = [.. record.Record.Expected.Select(call => call.Name)];
        if (record.IsSingle)
        {
            lesson.AddSlots(record.Record.Expected[0], part: null);
        }

        lesson.Variants = [.. variants.Select(tools => lesson.Prepare(tools, right, part: null))];
        if (record.Origin != Origin.SealTools || record.IsSeveral)
        {
            lesson.Offered = lesson.Prepare(record.Record.Tools, right, part: null);
        }

        List<TextPart> parts = CallSegments.Of(lesson.Reading);
        if (!refused && parts.Count > 1 && lesson.Offered is not null)
        {
            lesson.AddParts(parts);
        }

        return lesson;
    }

    /// <summary>The offered tools before a part of the text; prepared when first asked for.</summary>
    /// <param name="part">The part.</param>
    public ImmutableArray<PreparedTool> ToolsFor(TextPart part)
    {
        lock (_tools) // lessons are shared by the folds of a cross-validation
        {
            if (!_tools.TryGetValue(part, out ImmutableArray<PreparedTool> tools))
            {
                tools = Parts.FirstOrDefault(known => known.Part == part)?.Tools ?? Prepare(Record.Record.Tools, [], part).Tools;
                _tools.Add(part, tools);
            }

            return tools;
        }
    }

    private void AddParts(List<TextPart> parts)
    {
        int[] places = PartAlignment.Of(Record, Reading, parts);
        ImmutableArray<ExpectedCall> expected = Record.Record.Expected;
        for (int i = 0; i < places.Length && Record.IsSeveral; i++)
        {
            if (places[i] >= 0 && places.Count(place => place == places[i]) == 1)
            {
                AddSlots(expected[i], parts[places[i]]);
            }
        }

        Parts = [.. parts.Select((part, place) => Prepare(Record.Record.Tools, [.. expected.Where((_, i) => places[i] == place).Select(call => call.Name)], part))];
    }

    private void AddSlots(ExpectedCall call, TextPart? part)
    {
        if (Record.Tool(call) is { } tool)
        {
            var label = new CallLabel(call, Record.Record.Declared[call.Name]);
            var prepared = PreparedTool.Of(Reading, _facts, ToolCard.Of(tool), part);
            Slots = [.. Slots, .. prepared.Slots.Select(slot => slot.Teach(label)).Where(question => question.Teaches)];
        }
    }

    private ToolLesson Prepare(ImmutableArray<Tool> tools, HashSet<string> right, TextPart? part) => new(
        [.. tools.Select(tool => PreparedTool.Of(Reading, _facts, ToolCard.Of(tool), part))],
        part,
        [.. tools.Select(tool => right.Contains(tool.Id.Name))]);
}
