using Bridge.Llama.Inference;

namespace Bridge.Llama.Tests.Inference;

public class PrefixCacheTests
{
    private static readonly int[] s_first = [.. Enumerable.Range(0, 100)];
    private static readonly int[] s_other = [.. Enumerable.Range(1000, 100)];

    [Fact]
    public void Find_NoRoomToFetchALongerOneBack_ForgetsItAndTheOnesThatMadeRoom()
    {
        var context = new CountingContext { HasRoom = false };
        var cache = new PrefixCache(context, firstSequence: 4, count: 2, waitingBytes: 1 << 20, canForget: true);
        cache.Keep(0, s_first, 100);
        cache.Keep(1, s_other, 100);
        cache.Evict();
        cache.Keep(0, s_first, 40);

        (int sequence, int length) = cache.Find([.. s_first, 7]);

        (sequence, length).Should().Be((-1, 0), "what was there left to make room for what did not fit");
        cache.Evict().Should().BeFalse("nothing is kept");
        cache.Find([.. s_first, 7]).Length.Should().Be(0);
    }

    [Fact]
    public void Find_RoomToFetchALongerOneBack_TakesThatOne()
    {
        var context = new CountingContext { HasRoom = true };
        var cache = new PrefixCache(context, firstSequence: 4, count: 2, waitingBytes: 1 << 20, canForget: true);
        cache.Keep(0, s_first, 100);
        cache.Keep(1, s_other, 100);
        cache.Evict();
        cache.Keep(0, s_first, 40);

        cache.Find([.. s_first, 7]).Length.Should().Be(100);
        context.Restored.Should().Be(1);
    }

    /// <summary>A context that holds nothing and says whether there is room.</summary>
    private sealed class CountingContext : IModelContext
    {
        public bool HasRoom { get; init; }

        public int Restored { get; private set; }

        public int Capacity => 1000;

        public int Sequences => 6;

        public int Decode(TokenBatch batch) => 0;

        public ReadOnlySpan<float> Logits(int index) => [];

        public void Share(int source, int target, int length)
        {
        }

        public void Forget(int sequence, int from)
        {
        }

        public byte[] Save(int sequence) => [1, 2, 3];

        public bool Restore(int sequence, ReadOnlySpan<byte> state, int length)
        {
            Restored++;
            return HasRoom;
        }

        public void Dispose()
        {
        }
    }
}
