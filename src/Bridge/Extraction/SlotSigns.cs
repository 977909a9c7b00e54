using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Bridge.Slots;
using Bridge.Weights;

namespace Bridge.Extraction;

/// <summary>What features say of a slot, whatever the text; worked out once for each slot.</summary>
internal sealed partial class SlotSigns
{
    private static readonly ConditionalWeakTable<Slot, SlotSigns> s_known = [];

    private SlotSigns(Slot slot)
    {
        string description = slot.Parameter.Description;
        Names = [.. slot.NameStems.Select(stem => FeatureHash.Of(stem))];
        (Head, First) = Names.Length > 0 ? (Names[^1], Names[0]) : (7u, 7u);
        Form = FormOf(description);
        SaysDefault = Says(description, "default");
        SaysOptional = Says(description, "optional");
    }

    /// <summary>The words of its name.</summary>
    public uint[] Names { get; }

    /// <summary>The last word of its name.</summary>
    public uint Head { get; }

    /// <summary>The first word of its name.</summary>
    public uint First { get; }

    /// <summary>In which form its description wants values.</summary>
    public uint Form { get; }

    /// <summary>1 where its description speaks of a default.</summary>
    public uint SaysDefault { get; }

    /// <summary>1 where its description says that it is optional.</summary>
    public uint SaysOptional { get; }

    /// <summary>The signs of a slot.</summary>
    public static SlotSigns Of(Slot slot) => s_known.GetValue(slot, static key => new SlotSigns(key));

    private static uint FormOf(string description) =>
        (TownAndState().IsMatch(description) ? 1u : 0)
        + (2 * Says(description, "state"))
        + (4 * Says(description, "country"))
        + (8 * Math.Max(Says(description, "decimal"), Says(description, "0.")))
        + (16 * Math.Max(Says(description, "percent"), Says(description, "%")));

    private static uint Says(string description, string word) => description.Contains(word, StringComparison.OrdinalIgnoreCase) ? 1u : 0;

    [GeneratedRegex(@"\b[A-Z][a-z]+,\s?[A-Z]{2}\b")]
    private static partial Regex TownAndState();
}
