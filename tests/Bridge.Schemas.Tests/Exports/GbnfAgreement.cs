using System.Text;
using Bridge.Schemas.Decoding;
using Bridge.Schemas.Exports;
using Bridge.Schemas.Json;
using Bridge.Schemas.Tests.Decoding;

namespace Bridge.Schemas.Tests.Exports;

/// <summary>Holds a grammar against the automaton of the same part: each writes, the other reads.</summary>
internal static class GbnfAgreement
{
    private const int Budget = 300;

    public static GbnfGrammar Prove(DecodingPart part, int texts, int seed, DecodingOptions? options = null, string because = "")
    {
        var program = DecodingProgram.For(part, options);
        GbnfGrammar grammar = Gbnf.Write(part, options);
        GbnfMachine machine = GbnfReader.Read(grammar.Text);
        var writer = new RandomWriter(seed);
        var random = new Random(seed);
        for (int i = 0; i < texts; i++)
        {
            string decoded = Encoding.UTF8.GetString(writer.Write(program, Budget));
            if (!machine.Accepts(decoded, out int taken))
            {
                // A length that the automaton gave up, the grammar may still keep.
                (part is DecodingPart.Json { Schema: var schema } && !schema.IsValid(Encoding.UTF8.GetBytes(decoded))).Should().BeTrue(
                    $"{decoded} was decoded for {because}\nbut is read only up to {taken} by\n{grammar.Text}");
            }

            string written = machine.Write(random, Budget, depth: 8);
            if (!Reads(program, written, out int read))
            {
                IsExplained(grammar, written).Should().BeTrue(
                    $"{written} was written for {because}\nbut is decoded only up to {read}; losses: {string.Join("; ", grammar.Losses)}\n{grammar.Text}");
            }
        }

        return grammar;
    }

    private static bool Reads(DecodingProgram program, string text, out int read)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        read = program.Start.Take(bytes, out DecodingState end);
        return read == bytes.Length && end.CanEnd;
    }

    // Names are not kept distinct, which strict reading sees; sizes are those that the grammar names.
    private static bool IsExplained(GbnfGrammar grammar, string text) =>
        (IsRefused(text) && grammar.Losses.Any(loss => loss.Reason.Contains("same name", StringComparison.Ordinal)))
        || grammar.Losses.Any(loss => loss.Keyword is "minLength" or "maxLength" or "minItems" or "maxItems" or "pattern"
            || loss.Reason.Contains("declares are too many", StringComparison.Ordinal));

    private static bool IsRefused(string text)
    {
        try
        {
            StrictJson.Parse(Encoding.UTF8.GetBytes(text));
            return false;
        }
        catch (StrictJsonException)
        {
            return true;
        }
    }
}
