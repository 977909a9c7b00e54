using System.Collections.Immutable;
using Bridge.Reading;
using Bridge.Slots;

namespace Bridge.Extraction;

/// <summary>What was found for the slots of a tool.</summary>
/// <param name="Card">The tool.</param>
/// <param name="Part">The part of the text that is about the call; <see langword="null"/> for the whole text.</param>
/// <param name="Fills">What each slot could take, in schema order.</param>
/// <param name="Chosen">What each takes; <see langword="null"/> where it is left out.</param>
internal sealed record FilledTool(ToolCard Card, TextPart? Part, ImmutableArray<SlotFill> Fills, ImmutableArray<ChosenOption?> Chosen)
{
    /// <summary>The options that were chosen, in schema order.</summary>
    public IEnumerable<Option> Options => Chosen.Where(chosen => chosen is not null).Select(chosen => chosen!.Option);

    /// <summary>The required slots for which the text has nothing.</summary>
    public IEnumerable<Slot> Missing => Card.Slots.Where(slot => slot.Required && Chosen[slot.Place] is null);

    /// <summary>Whether a word became part of an argument, and says nothing else.</summary>
    public bool Uses(Word word)
    {
        foreach (ChosenOption? chosen in Chosen)
        {
            if (chosen is not null && chosen.Option.Uses(word))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>An option that was chosen.</summary>
/// <param name="Option">The option.</param>
/// <param name="Share">Its probability among the options of its slot, 0 to 1.</param>
internal sealed record ChosenOption(Option Option, double Share);
