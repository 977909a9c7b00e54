using System.Collections.Immutable;

namespace Bridge.Embedded;

/// <summary>What was chosen for the slots of one tool.</summary>
/// <param name="Chosen">The options, in schema order.</param>
/// <param name="Missing">The required slots for which nothing speaks.</param>
internal sealed record Assignment(ImmutableArray<Option> Chosen, ImmutableArray<Slot> Missing)
{
    /// <summary>Whether every required slot has a value.</summary>
    public bool IsComplete => Missing.IsEmpty;

    /// <summary>Whether a part of the text became an argument.</summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="end">Where it ends.</param>
    public bool Uses(int start, int end)
    {
        foreach (Option option in Chosen)
        {
            if (option.Start < end && start < option.End)
            {
                return true;
            }
        }

        return false;
    }
}
