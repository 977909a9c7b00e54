using System.Buffers;
using Bridge.Schemas.Decoding;

namespace Bridge.Schemas.Tests.Decoding;

/// <summary>Writes what a program allows, byte by byte at random, as a model with random weights would.</summary>
internal sealed class RandomWriter(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Writes a whole text; beyond a length only what leads to the shortest end is written.</summary>
    public byte[] Write(DecodingProgram program, int budget)
    {
        var text = new ArrayBufferWriter<byte>();
        DecodingState state = program.Start;
        while (!state.IsOver && !(state.CanEnd && (text.WrittenCount >= budget || _random.Next(3) == 0)))
        {
            byte next = text.WrittenCount + state.ShortestEnd >= budget ? Closing(state) : Any(state);
            state.TryTake(next, out state).Should().BeTrue();
            text.Write([next]);
        }

        return text.WrittenSpan.ToArray();
    }

    /// <summary>A byte that leads to the shortest end.</summary>
    public static byte Closing(DecodingState state)
    {
        foreach (byte value in state.Allowed.ToEnumerable())
        {
            if (state.TryTake(value, out DecodingState next) && next.ShortestEnd == state.ShortestEnd - 1)
            {
                return value;
            }
        }

        throw new InvalidOperationException($"No byte leads from {state.ShortestEnd} bytes before the end to one less.");
    }

    private byte Any(DecodingState state)
    {
        byte[] allowed = [.. state.Allowed.ToEnumerable()];
        allowed.Should().NotBeEmpty("a text that is not over can go on");
        byte[] structure = [.. allowed.Where(value => value is (byte)'"' or (byte)',' or (byte)']' or (byte)'}')];
        return structure.Length > 0 && _random.Next(4) == 0 ? structure[_random.Next(structure.Length)] : allowed[_random.Next(allowed.Length)];
    }
}
