using System.Collections.Immutable;
using Bridge.Calling;
using Bridge.Extraction;
using Bridge.Reading;
using Bridge.Slots;

namespace Bridge.Embedded;

/// <summary>A call that was worked out for a tool.</summary>
/// <param name="Found">What was found.</param>
/// <param name="Arguments">The arguments as JSON; <see langword="null"/> when a required one is missing or the schema refuses them.</param>
internal sealed record PlannedCall(FoundCall Found, WrittenArguments? Arguments)
{
    /// <summary>Plans a call: its arguments are written as the schema wants them.</summary>
    /// <param name="found">What was found.</param>
    public static PlannedCall Of(FoundCall found)
    {
        bool complete = found.Filled.Card.Slots.All(slot => !slot.Required || found.Options.Any(option => option.Slot.Place == slot.Place));
        return new PlannedCall(found, complete ? ArgumentWriter.Write(found.Filled.Card.Tool.Schema, [.. found.Options]) : null);
    }

    /// <summary>What is in the way of calling it, in a sentence; empty when nothing is.</summary>
    public string Obstacle
    {
        get
        {
            string tool = Found.Filled.Card.Tool.Id.Name;
            Slot[] missing = [.. Found.Filled.Missing];
            return Arguments is not null ? ""
                : missing.Length == 0 ? $"'{tool}' would refuse the values found for its parameters."
                : $"'{tool}' needs {string.Join(" and ", missing.Select(slot => $"'{slot.DisplayName}'"))}, and the text does not say.";
        }
    }

    /// <summary>How sure each argument is, by its name; the members of an object are as sure as the least sure of them.</summary>
    public ImmutableDictionary<string, double> ArgumentConfidence()
    {
        var shares = ImmutableDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach (Option option in Arguments?.Options ?? [])
        {
            string name = option.Slot.Path[0];
            shares[name] = Math.Min(shares.GetValueOrDefault(name, 1), ShareOf(option));
        }

        return shares.ToImmutable();
    }

    /// <summary>What each argument was made of, by its name.</summary>
    /// <param name="text">The text.</param>
    public ImmutableDictionary<string, ArgumentEvidence> Evidence(RequestText text)
    {
        var evidence = ImmutableDictionary.CreateBuilder<string, ArgumentEvidence>(StringComparer.Ordinal);
        foreach (Option option in Arguments?.Options ?? [])
        {
            evidence[option.Slot.DisplayName] = option.IsEvident
                ? ArgumentEvidence.OfText(text.Text[option.Start..Math.Min(option.End, text.Text.Length)])
                : ArgumentEvidence.OfDefault;
        }

        return evidence.ToImmutable();
    }

    private double ShareOf(Option option)
    {
        SlotFill fill = Found.Filled.Fills[option.Slot.Place];
        for (int i = 0; i < fill.Options.Count; i++)
        {
            if (ReferenceEquals(fill.Options[i], option))
            {
                return Math.Exp(fill.LogShares[i]);
            }
        }

        return 0;
    }
}
