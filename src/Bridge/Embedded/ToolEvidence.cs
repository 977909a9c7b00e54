namespace Bridge.Embedded;

/// <summary>What speaks for a tool, each from 0 to about 1: the features from which its confidence is reckoned.</summary>
/// <param name="Name">The share of the tool's name that the text says.</param>
/// <param name="Description">The share of the tool's description that the text says.</param>
/// <param name="Explained">The share of the text's own words that the tool's definition explains.</param>
/// <param name="Subject">1 when a telling word of the name is said, 0.5 when only one of the description is.</param>
/// <param name="Arguments">How well the required slots are filled; 1 when there are none.</param>
/// <param name="Optional">How many optional slots the text fills, up to four, in quarters.</param>
internal sealed record ToolEvidence(double Name, double Description, double Explained, double Subject, double Arguments, double Optional)
{
    private const double OpeningWeight = 0.3;
    private const double WholeShare = 0.7;

    /// <summary>Weighs a tool against a text.</summary>
    /// <param name="reading">The text.</param>
    /// <param name="card">The tool.</param>
    /// <param name="assignment">Its arguments: their words ask for no tool.</param>
    public static ToolEvidence Weigh(RequestReading reading, ToolCard card, Assignment assignment)
    {
        var said = new HashSet<string>(StringComparer.Ordinal);
        double explained = 0;
        double all = 0;
        foreach (Word word in reading.Text.Words)
        {
            if (!word.IsContent || char.IsAsciiDigit(word.Stem[0]) || IsQuotedMaterial(reading, word))
            {
                continue;
            }

            said.Add(word.Stem);
            if (!IsArgument(assignment, word))
            {
                double weight = Grammar.IsRequest(word.Stem) || Grammar.IsGeneric(word.Stem) ? OpeningWeight : 1;
                all += weight;
                explained += card.AllStems.Contains(word.Stem) || card.SharesConcept(word.Stem) ? weight : 0;
            }
        }

        HashSet<int> concepts = [.. said.Select(Concepts.Of).Where(concept => concept >= 0)];
        return new ToolEvidence(
            Share(card.NameStems, said, concepts),
            Share(card.Description, said, concepts),
            all == 0 ? 0.5 : explained / all,
            SubjectOf(card, said, concepts),
            ArgumentsOf(card, assignment),
            Math.Min(4, assignment.Chosen.Count(option => !option.Slot.Required)) / 4.0);
    }

    /// <summary>The evidence of a part of a text, with a share of what the whole text says of the tool.</summary>
    /// <param name="whole">The evidence of the whole text; <see langword="null"/> when this is the whole.</param>
    public ToolEvidence With(ToolEvidence? whole) => whole is null ? this : this with
    {
        Name = Math.Max(Name, WholeShare * whole.Name),
        Description = Math.Max(Description, WholeShare * whole.Description),
        Subject = Math.Max(Subject, WholeShare * whole.Subject),
    };

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

    private static double ArgumentsOf(ToolCard card, Assignment assignment)
    {
        List<double> required = [.. assignment.Chosen.Where(option => option.Slot.Required).Select(option => Math.Min(1, option.Score))];
        int slots = card.Slots.Count(slot => slot.Required);
        return slots > 0 ? required.Sum() / slots
            : card.Slots.IsEmpty ? 0.8
            : assignment.Chosen.Length > 0 ? 0.7
            : 0.3;
    }

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

    // A keyword that is shared (an enum value, a flag) asks for the tool as well as filling it.
    private static bool IsArgument(Assignment assignment, Word word)
    {
        foreach (Option option in assignment.Chosen)
        {
            if (!option.Shares && !option.IsKeyword && option.Start < word.End && word.Start < option.End)
            {
                return true;
            }
        }

        return false;
    }
}
