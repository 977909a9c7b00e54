using Bridge.Extraction;
using Bridge.Reading;
using Bridge.Slots;
using Bridge.Training.Records;

namespace Bridge.Training.Examples;

/// <summary>Finds the part of a text that each right call is about: where most of its values stand.</summary>
internal static class PartAlignment
{
    private const double NameWeight = 0.1;
    private const double AgainLoss = 0.4;

    /// <summary>Aligns the right calls of a record with the parts of its text.</summary>
    /// <param name="record">The record.</param>
    /// <param name="reading">Its text.</param>
    /// <param name="parts">The parts.</param>
    /// <returns>The part of each call; -1 where none has anything of it.</returns>
    public static int[] Of(TrainingRecord record, RequestReading reading, List<TextPart> parts)
    {
        var used = new HashSet<(int, string)>();
        int[] places = new int[record.Record.Expected.Length];
        for (int i = 0; i < places.Length; i++)
        {
            string name = record.Record.Expected[i].Name;
            if (record.Tool(record.Record.Expected[i]) is not { } tool)
            {
                places[i] = -1;
                continue;
            }

            var card = ToolCard.Of(tool);
            double[] scores = Score(reading, parts, card, new CallLabel(record.Record.Expected[i], record.Record.Declared[name]));
            for (int part = 0; part < scores.Length; part++)
            {
                scores[part] -= used.Contains((part, name)) ? AgainLoss : 0;
            }

            double highest = scores.Max();
            places[i] = highest > 0 ? Array.FindIndex(scores, score => score >= highest - 1e-9) : -1;
            used.Add((places[i], name));
        }

        return places;
    }

    private static double[] Score(RequestReading reading, List<TextPart> parts, ToolCard card, CallLabel label)
    {
        double[] scores = new double[parts.Count];
        foreach (Slot slot in card.Slots.Where(slot => slot.Path.Length == 1))
        {
            int[] seen =
            [
                .. SlotOptions.Of(reading, card, slot).Where(option => option.IsEvident && label.IsRight(slot, option))
                    .Select(option => parts.FindIndex(option.IsIn)).Where(part => part >= 0).Distinct(),
            ];
            foreach (int part in seen)
            {
                scores[part] += 1.0 / seen.Length;
            }
        }

        foreach (Word word in reading.Text.Words)
        {
            int part = word.IsContent && card.NameStems.ContainsKey(word.Stem) ? parts.FindIndex(part => part.Holds(word)) : -1;
            if (part >= 0)
            {
                scores[part] += NameWeight;
            }
        }

        return scores;
    }
}
