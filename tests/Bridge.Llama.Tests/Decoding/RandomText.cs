using System.Buffers;
using System.Text;
using Bridge.Schemas.Decoding;

namespace Bridge.Llama.Tests.Decoding;

/// <summary>Writes what a program allows, byte by byte at random, as a model with random weights would.</summary>
internal static class RandomText
{
    /// <summary>Writes a whole text; beyond a length only what leads to the shortest end.</summary>
    public static string Write(DecodingProgram program, int seed, int budget)
    {
        var random = new Random(seed);
        var text = new ArrayBufferWriter<byte>();
        DecodingState state = program.Start;
        while (!state.IsOver && !(state.CanEnd && text.WrittenCount >= budget))
        {
            byte[] allowed = [.. state.Allowed.ToEnumerable()];
            byte[] plain = [.. allowed.Where(value => value is >= (byte)' ' and < 0x7F or (byte)'\n')];
            byte next = text.WrittenCount + state.ShortestEnd >= budget ? Closing(state) : random.Next(20) == 0 || plain.Length == 0 ? Any(random, allowed) : Any(random, plain);
            state.TryTake(next, out state);
            text.Write([next]);
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static byte Any(Random random, byte[] values) => values[random.Next(values.Length)];

    private static byte Closing(DecodingState state) =>
        state.Allowed.ToEnumerable().First(value => state.TryTake(value, out DecodingState next) && next.ShortestEnd == state.ShortestEnd - 1);
}
