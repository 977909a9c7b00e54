using Bridge.Llama.Gguf;
using Bridge.Llama.Synthesis;
using Bridge.TestKit.Gguf;

namespace Bridge.Llama.Tests.Gguf;

/// <summary>Whatever happens to a file: it is read, or refused with a reason, and never costs more than it weighs.</summary>
public class GgufMutationTests
{
    private const long MostAllocated = 8 << 20;

    private static readonly byte[] s_model = TinyModel.Create(GgufTensorType.Q4).ToArray();

    // Everything before the weights, found by where reading would first fail for want of data.
    private static readonly int s_head = s_model.AsSpan().IndexOf("blk.3.ffn_down.weight"u8) + 64;

    [Fact]
    public void Read_CutAnywhere_IsRefused()
    {
        int step = 7;
        int cuts = 0;
        for (int length = 0; length < s_model.Length - 32; length += length < s_head ? step : 997)
        {
            byte[] cut = s_model[..length];
            Outcome(cut).Should().BeOfType<GgufException>($"{length} of {s_model.Length} bytes were there");
            cuts++;
        }

        cuts.Should().BeGreaterThan(1000);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Read_ChangedBytes_IsReadOrRefused(int seed)
    {
        Random random = new(seed);
        int refused = 0;
        for (int i = 0; i < 1000; i++)
        {
            byte[] changed = (byte[])s_model.Clone();
            for (int change = random.Next(1, 5); change > 0; change--)
            {
                Change(changed, random);
            }

            refused += Outcome(changed) is null ? 0 : 1;
        }

        refused.Should().BeInRange(100, 999);
    }

    // Single bytes, and numbers of eight bytes of the kind that overflow sums.
    private static void Change(byte[] file, Random random)
    {
        ulong[] numbers = [0, 1, uint.MaxValue, int.MaxValue, long.MaxValue, ulong.MaxValue, 1ul << 63, 1ul << 32, (ulong)file.Length];
        int place = random.Next(s_head);
        if (random.Next(2) == 0)
        {
            file[place] = (byte)random.Next(256);
        }
        else
        {
            BitConverter.TryWriteBytes(file.AsSpan(place), numbers[random.Next(numbers.Length)]);
        }
    }

    private static GgufException? Outcome(byte[] file)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        GgufException? fault = null;
        try
        {
            GgufFile.Read(new MemoryStream(file));
        }
        catch (GgufException refusal)
        {
            fault = refusal;
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(MostAllocated);
        return fault;
    }
}
