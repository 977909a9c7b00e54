using System.Collections.Frozen;
using System.Collections.Immutable;
using Bridge.Reading;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Signatures;
using Bridge.Shortlisting;

namespace Bridge.Slots;

/// <summary>Prepares the parameters of a tool; the members of objects become slots of their own.</summary>
internal static class SlotReader
{
    private const int MaxSlots = 48;
    private const int MaxDepth = 3;
    private const int MaxDescription = 1_500;
    private const double DescriptionCue = 0.45;
    private const double SharedName = 0.35;
    private const double SharedDescription = 0.1;
    private const double SynonymShare = 0.8;

    /// <summary>Reads the slots of a tool.</summary>
    /// <param name="schema">The tool's input schema.</param>
    /// <param name="subject">The stems of the tool's name and description: they ask for the tool and name no parameter.</param>
    /// <returns>The slots in schema order.</returns>
    public static ImmutableArray<Slot> Read(CompiledSchema schema, FrozenSet<string> subject)
    {
        var slots = new List<Slot>();
        Collect(ToolParameter.List(schema), [], required: true, slots);
        return [.. AddCues(slots, subject)];
    }

    private static void Collect(ImmutableArray<ToolParameter> parameters, ImmutableArray<string> path, bool required, List<Slot> slots)
    {
        foreach (ToolParameter parameter in parameters)
        {
            ImmutableArray<string> own = path.Add(parameter.Name);
            bool needed = required && parameter.Required;
            if (parameter.Type == ParameterType.Object && !parameter.Properties.IsEmpty && own.Length < MaxDepth)
            {
                Collect(parameter.Properties, own, needed, slots);
            }
            else if (slots.Count < MaxSlots || needed)
            {
                slots.Add(Make(parameter, own, slots.Count, needed));
            }
        }
    }

    private static Slot Make(ToolParameter parameter, ImmutableArray<string> path, int place, bool required)
    {
        ToolParameter valued = parameter.Type == ParameterType.Array && parameter.Item is { } item ? item : parameter;
        string description = valued.Description.Length > 0 && !ReferenceEquals(valued, parameter)
            ? $"{parameter.Description} {valued.Description}"
            : parameter.Description;
        description = Bound(description);
        ImmutableArray<string> stems = [.. Grammar.List(parameter.Name)];
        return new Slot(parameter, path, place)
        {
            Required = required,
            NameStems = stems,
            Role = SlotRoles.Of(valued, stems, description),
            Choices = ChoiceReader.Read(valued, description),
            IsClosed = !valued.Values.IsEmpty,
            Leads = SlotRoles.LeadsOf(stems),
        };
    }

    // A word that names several parameters says less about each.
    private static IEnumerable<Slot> AddCues(List<Slot> slots, FrozenSet<string> subject)
    {
        Dictionary<string, int> named = CountBy(slots, slot => slot.NameStems);
        Dictionary<string, int> described = CountBy(slots, slot => Grammar.List(Bound(slot.Parameter.Description)));
        foreach (Slot slot in slots)
        {
            var cues = new Dictionary<string, double>(StringComparer.Ordinal);
            foreach (string stem in Grammar.List(Bound(slot.Parameter.Description)).Where(stem => !StopWords.Contains(stem) && !Grammar.IsGeneric(stem) && !subject.Contains(stem)))
            {
                cues[stem] = described[stem] == 1 && !named.ContainsKey(stem) ? DescriptionCue : SharedDescription;
            }

            foreach (string stem in slot.NameStems.Where(stem => stem.Length > 1 || slot.NameStems.Length == 1))
            {
                double weight = named[stem] == 1 ? 1 : SharedName;
                foreach (string synonym in Concepts.Synonyms(stem))
                {
                    cues.TryAdd(synonym, weight * SynonymShare);
                }

                cues[stem] = weight;
            }

            yield return slot with { Cues = cues.ToFrozenDictionary(StringComparer.Ordinal) };
        }
    }

    // A description of megabytes costs no more than one that somebody wrote.
    private static string Bound(string description) => description.Length <= MaxDescription ? description : description[..MaxDescription];

    private static Dictionary<string, int> CountBy(List<Slot> slots, Func<Slot, IEnumerable<string>> stems) =>
        slots.SelectMany(slot => stems(slot).Distinct(StringComparer.Ordinal))
            .GroupBy(stem => stem, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
}
