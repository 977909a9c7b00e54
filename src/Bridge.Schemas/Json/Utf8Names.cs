namespace Bridge.Schemas.Json;

/// <summary>A fixed list of texts, found by their UTF-8 without making strings, and without hashes that could be made to collide.</summary>
internal sealed class Utf8Names
{
    private const int FewNames = 8;
    private readonly byte[][] _names;
    private readonly int[]? _order;

    public Utf8Names(IEnumerable<byte[]> names)
    {
        _names = [.. names];
        if (_names.Length > FewNames)
        {
            _order = [.. Enumerable.Range(0, _names.Length)];
            Array.Sort(_order, (left, right) => Compare(_names[left], _names[right]));
        }
    }

    /// <summary>An order of texts that is quick to tell: by length, then by bytes.</summary>
    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        left.Length != right.Length ? left.Length - right.Length : left.SequenceCompareTo(right);

    /// <summary>The position of a text in the list; -1 when it is not in it.</summary>
    /// <param name="name">The text.</param>
    /// <param name="guess">Where it is most likely; any number will do.</param>
    public int Find(ReadOnlySpan<byte> name, int guess = 0)
    {
        byte[][] names = _names;
        if ((uint)guess < (uint)names.Length && name.SequenceEqual(names[guess]))
        {
            return guess;
        }

        if (_order is not null)
        {
            return Search(name, _order);
        }

        for (int i = 0; i < names.Length; i++)
        {
            if (name.SequenceEqual(names[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private int Search(ReadOnlySpan<byte> name, int[] order)
    {
        int low = 0;
        int high = order.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            int comparison = Compare(name, _names[order[middle]]);
            if (comparison == 0)
            {
                return order[middle];
            }

            (low, high) = comparison < 0 ? (low, middle - 1) : (middle + 1, high);
        }

        return -1;
    }
}
