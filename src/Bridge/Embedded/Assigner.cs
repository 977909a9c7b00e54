using System.Collections.Immutable;

namespace Bridge.Embedded;

/// <summary>Chooses values for the slots of a tool: the best supported first, no words of the text twice, equals in the order of the text.</summary>
/// <param name="sources">Who proposes values.</param>
internal sealed class Assigner(ImmutableArray<IOptionSource> sources)
{
    /// <summary>A required slot takes what scores at least so much.</summary>
    private const double Required = 0.2;

    /// <summary>An optional slot needs more: it may be left out.</summary>
    private const double Optional = 0.5;

    /// <summary>The sources of every kind.</summary>
    public static ImmutableArray<IOptionSource> AllSources { get; } =
    [
        new NumberOptions(), new ChoiceOptions(), new BooleanOptions(), new DateOptions(),
        new StringOptions(), new FreeTextOptions(), new ListOptions(), new DefaultOptions(),
    ];

    /// <summary>Chooses.</summary>
    /// <param name="reading">The text.</param>
    /// <param name="card">The tool.</param>
    public Assignment Assign(RequestReading reading, ToolCard card)
    {
        var options = new List<Option>();
        foreach (Slot slot in card.Slots)
        {
            foreach (IOptionSource source in sources)
            {
                source.AddOptions(reading, card, slot, options);
            }
        }

        options.Sort(Compare);
        var chosen = new Option?[card.Slots.Length];
        foreach (Option option in options)
        {
            double least = option.Slot.Required ? Required : Optional;
            if (option.Score >= least && chosen[option.Slot.Place] is null && IsFree(chosen, option))
            {
                chosen[option.Slot.Place] = option;
            }
        }

        return new Assignment(
            [.. chosen.OfType<Option>()],
            [.. card.Slots.Where(slot => slot.Required && chosen[slot.Place] is null)]);
    }

    private static int Compare(Option one, Option other)
    {
        // Scores within a hair are equal: then the first slot takes the first value.
        int byScore = Math.Round(other.Score, 2).CompareTo(Math.Round(one.Score, 2));
        int bySlot = byScore != 0 ? byScore : one.Slot.Place.CompareTo(other.Slot.Place);
        return bySlot != 0 ? bySlot : one.Order != other.Order ? one.Order.CompareTo(other.Order) : one.End.CompareTo(other.End);
    }

    private static bool IsFree(Option?[] chosen, Option option)
    {
        foreach (Option? other in chosen)
        {
            if (other is { Shares: false } && !option.Shares && other.Start < option.End && option.Start < other.End)
            {
                return false;
            }
        }

        return true;
    }
}
