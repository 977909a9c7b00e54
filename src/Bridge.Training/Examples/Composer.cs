using System.Collections.Immutable;
using Bridge.Evaluation.Records;
using Bridge.Tools;
using Bridge.Training.Records;

namespace Bridge.Training.Examples;

/// <summary>Composes records of others: several requests in one text, and requests before other tools. The same in every run.</summary>
/// <param name="data">The records and tools.</param>
internal sealed class Composer(TrainingData data)
{
    private const int MaxText = 400;
    private const int Combinations = 80; // of each fold: parts of one fold alone, so that none is measured on what it was composed of

    private static readonly string[] s_joints = [" Also, ", " Then ", " After that, ", " and ", " Additionally, ", " Finally, ", " ", " Lastly, "];

    private readonly Random _random = new(11);

    /// <summary>Puts two or three requests into one text.</summary>
    public IEnumerable<TrainingRecord> Combine()
    {
        for (int fold = 0; fold < TrainingRecord.Folds; fold++)
        {
            TrainingRecord[] parts = [.. data.Records.Where(record => record.Fold == fold && record.IsSingle && IsPlain(record))];
            for (int i = 0; parts.Length > 2 && i < Combinations; i++)
            {
                TrainingRecord[] picked = [.. _random.GetItems(parts, 2 + (_random.Next(3) / 2)).DistinctBy(record => record.Record.Expected[0].Name)];
                if (picked.Length > 1)
                {
                    yield return Combine($"composed_{fold}_{i}", picked) with { Fold = fold };
                }
            }
        }
    }

    /// <summary>Other tools to offer with a record: beside the right one where that stands alone, and without it.</summary>
    /// <param name="record">The record.</param>
    public IEnumerable<ImmutableArray<Tool>> Variants(TrainingRecord record)
    {
        if (!record.IsSingle || record.Origin is Origin.Composed or Origin.Dialogue)
        {
            yield break;
        }

        Tool right = record.Tool(record.Record.Expected[0])!;
        ImmutableArray<Tool> others = [.. Enumerable.Range(0, 3).Select(_ => data.Tools[_random.Next(data.Tools.Length)]).Where(tool => tool.Id.Name != right.Id.Name)];
        if (record.Record.Tools.Length == 1)
        {
            Tool[] tools = [.. others.Take(1 + _random.Next(3)), right];
            _random.Shuffle(tools);
            yield return [.. tools];
        }

        if (_random.Next(2) == 0)
        {
            yield return [.. others.Take(1 + _random.Next(2))];
        }
    }

    // The leaderboard's records of its first generation, and short ones of others.
    private static bool IsPlain(TrainingRecord record) =>
        record.Origin is Origin.Leaderboard or Origin.SealTools or Origin.ToolAlpaca or Origin.Own
        && !record.Record.Category.StartsWith("live", StringComparison.Ordinal) && record.Text.Length < MaxText;

    private TrainingRecord Combine(string id, TrainingRecord[] parts)
    {
        string text = "";
        foreach (TrainingRecord part in parts)
        {
            string next = part.Text.Trim().Trim('"');
            string joint = s_joints[_random.Next(s_joints.Length)];
            bool sentence = joint != " and ";
            text = text.Length == 0 ? ""
                : !sentence ? text.TrimEnd('.', '?', '!') + joint
                : text[^1] is '.' or '?' or '!' ? text + joint
                : $"{text}.{joint}";
            text += text.Length > 0 && joint.Length > 1 ? char.ToLowerInvariant(next[0]) + next[1..] : next;
        }

        ImmutableArray<Tool> tools = [.. parts.Select(part => part.Tool(part.Record.Expected[0])!)];
        var record = new EvalRecord(id, "composed", text, tools, EvalCheck.Calls)
        {
            Expected = [.. parts.Select(part => part.Record.Expected[0])],
            Declared = parts.ToImmutableDictionary(part => part.Record.Expected[0].Name, part => part.Record.Declared[part.Record.Expected[0].Name], StringComparer.Ordinal),
        };
        return new TrainingRecord(record, Origin.Composed);
    }
}
