namespace Bridge.Llama.Synthesis;

/// <summary>Random weights that cost little: a pool of encoded blocks per type and spread, written from a new place each time.</summary>
/// <param name="seed">The same seed gives the same file.</param>
public sealed class WeightPool(int seed)
{
    private const int PoolBlocks = 8191 * 8;

    private readonly Random _random = new(seed);
    private readonly Dictionary<(GgufTensorType Type, float Spread), byte[]> _pools = [];

    /// <summary>Writes weights.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="type">Their type.</param>
    /// <param name="count">How many.</param>
    /// <param name="spread">Their standard deviation; their mean is zero.</param>
    public void Write(Stream stream, GgufTensorType type, long count, float spread)
    {
        byte[] pool = Pool(type, spread);
        long left = BlockEncoder.ByteLength(type, count);
        int from = _random.Next(PoolBlocks) * BlockEncoder.BlockBytes(type);
        while (left > 0)
        {
            int length = (int)Math.Min(left, pool.Length - from);
            stream.Write(pool, from, length);
            left -= length;
            from = 0;
        }
    }

    private byte[] Pool(GgufTensorType type, float spread)
    {
        if (!_pools.TryGetValue((type, spread), out byte[]? pool))
        {
            float[] values = new float[PoolBlocks * BlockEncoder.BlockLength(type)];
            foreach (ref float value in values.AsSpan())
            {
                // The sum of three uniform numbers is near enough to normal and has a deviation of one half.
                value = (_random.NextSingle() + _random.NextSingle() + _random.NextSingle() - 1.5f) * 2 * spread;
            }

            pool = BlockEncoder.Encode(type, values);
            _pools.Add((type, spread), pool);
        }

        return pool;
    }
}
