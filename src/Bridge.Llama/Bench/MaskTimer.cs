using System.Diagnostics;
using Bridge.Llama.Decoding;
using Bridge.Llama.Inference;
using Bridge.Llama.Masks;

namespace Bridge.Llama.Bench;

/// <summary>Measures masks: which tokens may follow, and which of them is the best.</summary>
internal static class MaskTimer
{
    /// <summary>Writes the calls twice with the model's vocabulary and without asking it; the masks of these tools are made anew.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cases">The calls.</param>
    public static BenchMasks Measure(LlamaModel model, IReadOnlyList<BenchCase> cases)
    {
        float[] logits = [.. Enumerable.Range(0, model.Vocabulary.Count).Select(i => MathF.Sin(i))];
        var programs = cases.Select(one => one.Calls.Program).Distinct().ToDictionary(
            program => program, program => new CallTokens(new CallProgram(program.Form, program.Tools), model));
        CallTokens[] calls = [.. cases.Select(one => programs[one.Calls.Program])];
        (double cold, _) = Pass(cases, calls, logits);
        (double warm, int choices) = Pass(cases, calls, logits);
        return new BenchMasks(choices, cold, warm);
    }

    private static (double Microseconds, int Choices) Pass(IReadOnlyList<BenchCase> cases, CallTokens[] calls, float[] logits)
    {
        (long spent, int choices) = (0, 0);
        var forced = new List<int>();
        for (int i = 0; i < cases.Count; i++)
        {
            var writer = new BodyWriter(calls[i], jumpsForward: true);
            var chooser = new ReferenceChooser(cases[i].Body, calls[i]);
            writer.TakeForced(forced);
            while (!writer.IsOver)
            {
                long start = Stopwatch.GetTimestamp();
                TokenMask mask = writer.Mask();
                int best = mask.Best(logits);
                spent += Stopwatch.GetTimestamp() - start;
                writer.Take(chooser.Choose(mask, logits, best, writer.Text));
                writer.TakeForced(forced);
                choices++;
            }
        }

        return (spent * 1e6 / Stopwatch.Frequency / choices, choices);
    }
}
