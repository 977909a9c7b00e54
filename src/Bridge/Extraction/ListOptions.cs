using System.Text.Json.Nodes;
using Bridge.Reading;
using Bridge.Schemas.Signatures;
using Bridge.Slots;

namespace Bridge.Extraction;

/// <summary>Fills lists: in brackets, or as the user lists things.</summary>
internal sealed class ListOptions : IOptionSource
{
    private const double Bracketed = 0.8;
    private const double Several = 0.25;
    private const double NumbersBase = 0.4;
    private const double OptionalLoss = 0.1;

    private static readonly CandidateKind[] s_texts =
        [CandidateKind.Quoted, CandidateKind.Name, CandidateKind.Phrase, CandidateKind.Identifier, CandidateKind.Email, CandidateKind.Url, CandidateKind.Path];

    /// <inheritdoc/>
    public void AddOptions(RequestReading reading, ToolCard card, Slot slot, List<Option> options)
    {
        if (slot.Type != ParameterType.Array)
        {
            return;
        }

        ParameterType type = slot.Parameter.Item?.Type ?? ParameterType.Any;
        if (type is ParameterType.Integer or ParameterType.Number)
        {
            AddNumbers(reading, slot, options);
        }
        else if (type is ParameterType.String or ParameterType.Any)
        {
            AddChoices(reading, slot, options);
            if (!slot.IsClosed)
            {
                AddTexts(reading, card, slot, options);
            }
        }
    }

    private static void AddNumbers(RequestReading reading, Slot slot, List<Option> options)
    {
        ToolParameter item = slot.Parameter.Item!;
        AddBracketed(reading, slot, text => Numbers.Parse(text, item) is { } value ? Numbers.ToItem(value, item) : null, options);
        foreach (List<Candidate> run in CandidateRuns.Find(reading, CandidateKind.Number, ranges: true))
        {
            List<decimal> values = [.. run.Select(candidate => Numbers.Coerce(candidate, item)).OfType<decimal>()];
            if (values.Count == run.Count)
            {
                double score = NumbersBase + (run.Count > 1 ? Several : 0) + (0.4 * CueScorer.Score(reading, slot, run[0]));
                Add(slot, values.Select(value => Numbers.ToItem(value, item)), score, run, options);
            }
        }
    }

    private static void AddChoices(RequestReading reading, Slot slot, List<Option> options)
    {
        List<(Choice Choice, Candidate Match)> found = [.. ChoiceOptions.Find(reading, slot).OrderBy(pair => pair.Match.Start)];
        if (found.Count > 0 && slot.IsClosed)
        {
            Add(slot, found.Select(pair => pair.Choice.Value.DeepClone()), Bracketed, [.. found.Select(pair => pair.Match)], options);
        }
    }

    private static void AddTexts(RequestReading reading, ToolCard card, Slot slot, List<Option> options)
    {
        AddBracketed(reading, slot, text => JsonValue.Create(text), options);
        foreach (CandidateKind kind in s_texts)
        {
            foreach (List<Candidate> run in CandidateRuns.Find(reading, kind))
            {
                List<(double Score, Candidate Part)> scored = [.. run.Select(candidate => StringOptions.Score(reading, card, slot, candidate)).Where(part => part.Score > 0)];
                if (scored.Count > 0)
                {
                    double score = scored.Max(part => part.Score) + (scored.Count > 1 ? Several : 0);
                    Add(slot, scored.Select(part => JsonValue.Create(part.Part.Text)), score, [.. scored.Select(part => part.Part)], options);
                }
            }
        }
    }

    private static void AddBracketed(RequestReading reading, Slot slot, Func<string, JsonNode?> read, List<Option> options)
    {
        foreach (Candidate candidate in reading.Candidates.Where(candidate => candidate.Kind == CandidateKind.Bracketed))
        {
            List<JsonNode> items = [.. candidate.Items.Select(read).OfType<JsonNode>()];
            if (items.Count == candidate.Items.Length && items.Count > 0)
            {
                Add(slot, items, Bracketed + (0.4 * CueScorer.Score(reading, slot, candidate)), [candidate], options);
            }
        }
    }

    private static void Add(Slot slot, IEnumerable<JsonNode?> items, double score, List<Candidate> run, List<Option> options) =>
        options.Add(new Option(slot, new JsonArray([.. items]), score - (slot.Required ? 0 : OptionalLoss), run[0].Start, run[^1].End));
}
