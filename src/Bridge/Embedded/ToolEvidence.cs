using Bridge.Extraction;
using Bridge.Reading;
using Bridge.Slots;
using Bridge.Weights;

namespace Bridge.Embedded;

/// <summary>What speaks for a tool, each from 0 to 1 where nothing else is said.</summary>
/// <param name="Name">The share of the tool's name that the text says.</param>
/// <param name="Description">The share of the tool's description that the text says.</param>
/// <param name="Explained">The share of the text's own words that the tool's definition explains.</param>
/// <param name="Subject">1 when a telling word of the name is said, 0.5 when only one of the description is.</param>
/// <param name="Optional">How many optional slots the text fills, up to four, in quarters.</param>
internal sealed record ToolEvidence(double Name, double Description, double Explained, double Subject, double Optional)
{
    private const double OpeningWeight = 0.3;
    private const double MaxRarity = 6;

    /// <summary>Like <see cref="Name"/>, rare words counting more.</summary>
    public double RareName { get; private init; }

    /// <summary>Like <see cref="Explained"/>, rare words counting more.</summary>
    public double RareExplained { get; private init; }

    /// <summary>How sure the least sure of the required slots is.</summary>
    public double LeastShare { get; private init; } = 1;

    /// <summary>How sure the required slots are on average.</summary>
    public double MeanShare { get; private init; } = 1;

    /// <summary>How many required slots have nothing.</summary>
    public int Missing { get; private init; }

    /// <summary>Weighs a tool against a text.</summary>
    /// <param name="reading">The text.</param>
    /// <param name="words">The words that count: all, or those of a part.</param>
    /// <param name="filled">The tool and its arguments: the words of these ask for no tool.</param>
    /// <param name="rarity">How rare words are.</param>
    public static ToolEvidence Weigh(RequestReading reading, IReadOnlyList<Word> words, FilledTool filled, Rarity rarity)
    {
        var said = new HashSet<string>(StringComparer.Ordinal);
        (double explained, double all, double rareExplained, double rareAll) = (0, 0, 0, 0);
        foreach (Word word in words)
        {
            if (!word.IsContent || char.IsAsciiDigit(word.Stem[0]) || IsQuotedMaterial(reading, word))
            {
                continue;
            }

            said.Add(word.Stem);
            if (!filled.Uses(word))
            {
                bool known = filled.Card.AllStems.Contains(word.Stem) || filled.Card.SharesConcept(word.Stem);
                double weight = Grammar.IsRequest(word.Stem) || Grammar.IsGeneric(word.Stem) ? OpeningWeight : 1;
                double rare = Math.Min(MaxRarity, rarity.Of(word.Stem));
                all += weight;
                rareAll += rare;
                explained += known ? weight : 0;
                rareExplained += known ? rare : 0;
            }
        }

        HashSet<int> concepts = [.. said.Select(Concepts.Of).Where(concept => concept >= 0)];
        var evidence = new ToolEvidence(
            Share(filled.Card.NameStems, said, concepts),
            Share(filled.Card.Description, said, concepts),
            all == 0 ? 0.5 : explained / all,
            SubjectOf(filled.Card, said, concepts),
            Math.Min(4, filled.Options.Count(option => !option.Slot.Required)) / 4.0)
        {
            RareName = RareShare(filled.Card, said, rarity),
            RareExplained = rareAll == 0 ? 0.5 : rareExplained / rareAll,
        };
        return evidence.WithArguments(filled);
    }

    /// <summary>The share of a tool's name that words say, rare words counting more.</summary>
    public static double RareShare(ToolCard card, IReadOnlySet<string> said, Rarity rarity)
    {
        (double sum, double matched) = (0, 0);
        foreach (string stem in card.NameStems.Keys)
        {
            double rare = rarity.Of(stem);
            sum += rare;
            matched += said.Contains(stem) ? rare : 0;
        }

        return sum == 0 ? 0 : matched / sum;
    }

    private ToolEvidence WithArguments(FilledTool filled)
    {
        (double least, double sum, int required, int missing) = (1, 0, 0, 0);
        foreach (Slot slot in filled.Card.Slots)
        {
            if (!slot.Required)
            {
                continue;
            }

            required++;
            if (filled.Chosen[slot.Place] is not { } chosen)
            {
                missing++;
                continue;
            }

            double share = chosen.Option.IsEvident ? chosen.Share : chosen.Share / 2; // a default is no evidence
            least = Math.Min(least, share);
            sum += share;
        }

        return this with { LeastShare = missing > 0 ? 0 : least, MeanShare = required == 0 ? 1 : sum / required, Missing = missing };
    }

    private static double Share(IReadOnlyDictionary<string, double> stems, HashSet<string> said, HashSet<int> concepts)
    {
        double sum = 0;
        double matched = 0;
        foreach ((string stem, double weight) in stems)
        {
            sum += weight;
            matched += IsSaid(stem, said, concepts) ? weight : 0;
        }

        return sum == 0 ? 0 : matched / sum;
    }

    private static double SubjectOf(ToolCard card, HashSet<string> said, HashSet<int> concepts) =>
        card.NameStems.Any(pair => pair.Value == 1 && IsSaid(pair.Key, said, concepts)) ? 1
        : card.Description.Any(pair => pair.Value == 1 && IsSaid(pair.Key, said, concepts)) ? 0.5
        : 0;

    private static bool IsSaid(string stem, HashSet<string> said, HashSet<int> concepts) =>
        said.Contains(stem) || (Concepts.Of(stem) is >= 0 and int concept && concepts.Contains(concept));

    // What is quoted or sits in a block is handed over, whatever it says.
    private static bool IsQuotedMaterial(RequestReading reading, Word word)
    {
        foreach (Candidate candidate in reading.Candidates)
        {
            bool material = candidate.Kind is CandidateKind.Block or CandidateKind.Quoted or CandidateKind.Url or CandidateKind.Email or CandidateKind.Path;
            if (material && candidate.Overlaps(word.Start, word.End))
            {
                return true;
            }
        }

        return false;
    }
}
