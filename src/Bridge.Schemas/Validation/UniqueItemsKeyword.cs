using System.Buffers;
using Bridge.Schemas.Json;

namespace Bridge.Schemas.Validation;

/// <summary><c>uniqueItems</c>.</summary>
internal sealed class UniqueItemsKeyword() : Keyword(JsonKinds.Array)
{
    private const int FewItems = 8;

    public override bool Check(JsonValue instance, Evaluation run)
    {
        (int duplicate, JsonValue item) = instance.Count <= FewItems ? FindPairwise(instance, run) : FindHashed(instance, run);
        if (duplicate < 0)
        {
            return true;
        }

        if (run.Collects)
        {
            run.Report(
                "uniqueItems", $"must not hold an item twice, but {JsonText.Describe(item)} stands there again at position {duplicate}",
                $"must not repeat {JsonText.Compact(item)}");
        }

        return false;
    }

    private static (int Position, JsonValue Item) FindPairwise(JsonValue instance, Evaluation run)
    {
        int position = 0;
        foreach (JsonValue item in instance.Items)
        {
            int before = 0;
            foreach (JsonValue earlier in instance.Items)
            {
                if (before++ == position)
                {
                    break;
                }

                if (run.AreEqual(item, earlier))
                {
                    return (position, item);
                }
            }

            position++;
        }

        return (-1, default);
    }

    /// <summary>Equal items are neighbours once they are sorted by hash; of each hash, the earlier item comes first.</summary>
    private static (int Position, JsonValue Item) FindHashed(JsonValue instance, Evaluation run)
    {
        run.Spend(JsonEquality.HashSteps(instance));
        int count = instance.Count;
        JsonValue[] items = ArrayPool<JsonValue>.Shared.Rent(count);
        ulong[] keys = ArrayPool<ulong>.Shared.Rent(count);
        int position = 0;
        foreach (JsonValue item in instance.Items)
        {
            items[position] = item;
            keys[position] = ((ulong)(uint)JsonEquality.Hash(item) << 32) | (uint)position++;
        }

        Array.Sort(keys, 0, count);
        int first = FirstRepeated(keys.AsSpan(0, count), items, run);
        (int Position, JsonValue Item) found = first == int.MaxValue ? (-1, default) : (first, items[first]);
        ArrayPool<JsonValue>.Shared.Return(items, clearArray: true);
        ArrayPool<ulong>.Shared.Return(keys);
        return found;
    }

    private static int FirstRepeated(ReadOnlySpan<ulong> keys, JsonValue[] items, Evaluation run)
    {
        int first = int.MaxValue;
        for (int i = 1; i < keys.Length && !run.IsExhausted; i++)
        {
            int later = (int)(uint)keys[i];
            for (int j = i - 1; later < first && j >= 0 && keys[j] >> 32 == keys[i] >> 32; j--)
            {
                if (run.AreEqual(items[later], items[(int)(uint)keys[j]]))
                {
                    first = later;
                }
            }
        }

        return first;
    }
}
