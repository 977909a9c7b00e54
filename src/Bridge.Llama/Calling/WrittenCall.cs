using System.Collections.Immutable;
using System.Text;
using Bridge.Calling;
using Bridge.Llama.Decoding;
using Bridge.Llama.Templates;

namespace Bridge.Llama.Calling;

/// <summary>Reads a decoded body: which tool, which arguments, and how sure the model was of each.</summary>
internal static class WrittenCall
{
    /// <summary>Reads a call.</summary>
    /// <param name="call">What was written.</param>
    /// <param name="program">The form it was written in.</param>
    /// <param name="callLikelihood">How likely the model was to call at all.</param>
    /// <returns>The proposal.</returns>
    public static ProposedCall Read(DecodedCall call, CallProgram program, double callLikelihood)
    {
        CallForm form = program.Form;
        string text = form.Opening + Encoding.UTF8.GetString(call.Body.Span) + form.Closing;
        FormCall read = form.Read(text, program.Tools, call.Number)?.SingleOrDefault()
            ?? throw new InvalidOperationException($"What was decoded is no call in the form it was decoded in: {text}");
        int before = Encoding.UTF8.GetByteCount(form.Opening);
        double tool = call.Confidence(0, read.Start - before + 1) * callLikelihood;
        ImmutableDictionary<string, double> arguments = read.Places.ToImmutableDictionary(
            place => place.Name, place => call.Confidence(place.Start - before, place.End - before), StringComparer.Ordinal);
        return new ProposedCall(read.Name, read.Arguments)
        {
            Confidence = tool * arguments.Values.DefaultIfEmpty(1).Min(),
            ArgumentConfidence = arguments,
        };
    }
}
