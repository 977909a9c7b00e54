using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Bridge.Calling;
using Bridge.Llama.Decoding;
using Bridge.Llama.Templates;
using Bridge.TextCalls;

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
        TextCall read = form.Read(text, program.Tools.Select(tool => tool.Name))?.SingleOrDefault()
            ?? throw new InvalidOperationException($"What was decoded is no call in the form it was decoded in: {text}");
        int start = call.Body.Span.LastIndexOf(read.Arguments.Span);
        double tool = call.Confidence(0, start + 1) * callLikelihood;
        ImmutableDictionary<string, double> arguments = ArgumentsOf(call, read.Arguments.Span, start);
        return new ProposedCall(read.Name, read.Arguments)
        {
            Confidence = tool * arguments.Values.DefaultIfEmpty(1).Min(),
            ArgumentConfidence = arguments,
        };
    }

    private static ImmutableDictionary<string, double> ArgumentsOf(DecodedCall call, ReadOnlySpan<byte> json, int offset)
    {
        var confidences = ImmutableDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            int start = offset + (int)reader.BytesConsumed;
            reader.Read();
            reader.Skip();
            confidences[name] = call.Confidence(start, offset + (int)reader.BytesConsumed);
        }

        return confidences.ToImmutable();
    }
}
