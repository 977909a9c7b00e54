using Bridge.Reading;
using Bridge.Schemas.Signatures;
using Bridge.Slots;

namespace Bridge.Extraction;

/// <summary>Offers every run of words, and every candidate as it is written, to a string: which of them is meant is for the model to say.</summary>
internal sealed class SpanOptions : IOptionSource
{
    /// <inheritdoc/>
    public void AddOptions(RequestReading reading, ToolCard card, Slot slot, List<Option> options)
    {
        if (slot.Type != ParameterType.String || slot.IsClosed)
        {
            return;
        }

        foreach (Candidate candidate in reading.Candidates)
        {
            if (candidate.Kind is not (CandidateKind.Phrase or CandidateKind.Bracketed))
            {
                options.Add(new Option(slot, candidate.Text, 0, candidate.Start, candidate.End) { Kind = candidate.Kind });
            }
        }

        foreach ((TextPart span, string text) in reading.Spans)
        {
            options.Add(new Option(slot, text, 0, span.Start, span.End));
        }
    }
}
