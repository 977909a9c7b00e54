using System.Collections.Immutable;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Shapes;

/// <summary>Reads what is asked of an array.</summary>
internal static class ListReader
{
    /// <summary>Reads the shape; <see langword="null"/> when no array is allowed.</summary>
    public static Shape? Read(GoalTable table, Conjunction way)
    {
        int min = way.All<SizeKeyword>().Where(size => size.Kinds == JsonKinds.Array && size.IsLower).Select(size => size.Limit).DefaultIfEmpty(0).Max();
        int max = way.All<SizeKeyword>().Where(size => size.Kinds == JsonKinds.Array && !size.IsLower).Select(size => size.Limit).DefaultIfEmpty(int.MaxValue).Min();
        ItemsKeyword[] items = [.. way.All<ItemsKeyword>()];
        int positions = items.Select(keyword => keyword.Prefix.Length).DefaultIfEmpty(0).Max();
        var prefix = new List<Goal>();
        for (int i = 0; i < positions; i++)
        {
            if (Find(table, items, i) is not { } item)
            {
                return min > i ? null : new ListShape([.. prefix], null, min, i);
            }

            prefix.Add(item);
        }

        Goal? rest = Find(table, items, positions);
        max = rest is null ? Math.Min(max, positions) : max;
        return min > max ? null : new ListShape([.. prefix], rest, min, max);
    }

    /// <summary>What stands at a position; <see langword="null"/> when nothing may.</summary>
    private static Goal? Find(GoalTable table, ItemsKeyword[] items, int position)
    {
        ImmutableArray<SchemaNode> nodes =
            [.. items.Select(keyword => position < keyword.Prefix.Length ? keyword.Prefix[position] : keyword.Rest).OfType<SchemaNode>()];
        return nodes.Any(node => node.IsFalse) ? null : table.Find(nodes);
    }
}
