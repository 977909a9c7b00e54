using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Schemas.Json;

namespace Bridge.Schemas.Validation;

/// <summary>The items of an array: the first few by position (<c>prefixItems</c>), the rest alike (<c>items</c>).</summary>
/// <param name="prefix">The schemas by position.</param>
/// <param name="rest">The schema of the rest; <see langword="null"/> when there is none.</param>
internal sealed class ItemsKeyword(ImmutableArray<SchemaNode> prefix, SchemaNode? rest) : Keyword
{
    /// <summary>The schemas by position.</summary>
    public ImmutableArray<SchemaNode> Prefix { get; } = prefix;

    /// <summary>The schema of the rest; <see langword="null"/> when there is none.</summary>
    public SchemaNode? Rest { get; } = rest;

    public override JsonKinds Kinds => JsonKinds.Array;

    public override bool Check(in JsonElement instance, Evaluation run)
    {
        bool valid = true;
        int index = 0;
        foreach (JsonElement item in instance.EnumerateArray())
        {
            SchemaNode? node = index < Prefix.Length ? Prefix[index] : Rest;
            if (node is null)
            {
                break;
            }

            if (!run.CheckItem(node, item, index))
            {
                valid = false;
                if (!run.Collects)
                {
                    return false;
                }
            }

            run.Evaluated?.Mark(index);
            index++;
        }

        return valid;
    }
}

/// <summary><c>contains</c> with its counts.</summary>
/// <param name="node">The schema some items must satisfy.</param>
/// <param name="min">The least count.</param>
/// <param name="max">The greatest count; <see langword="null"/> when unbounded.</param>
/// <param name="marks">Whether items that match count as looked at.</param>
internal sealed class ContainsKeyword(SchemaNode node, int min, int? max, bool marks) : Keyword
{
    public override JsonKinds Kinds => JsonKinds.Array;

    public override bool Check(in JsonElement instance, Evaluation run)
    {
        int count = 0;
        int index = 0;
        EvaluatedParts? evaluated = run.Evaluated;
        run.Evaluated = null;
        foreach (JsonElement item in instance.EnumerateArray())
        {
            if (run.Probe(node, item))
            {
                count++;
                if (marks)
                {
                    evaluated?.Mark(index);
                }
            }

            index++;
        }

        run.Evaluated = evaluated;
        if (count < min)
        {
            string what = $"must contain at least {min} item(s) that fit its 'contains' schema, but it contains {count}";
            run.Report(min == 1 ? "contains" : "minContains", what, $"must contain at least {min} fitting item(s); got {count}");
            return false;
        }

        if (count > max)
        {
            string what = $"must contain at most {max} item(s) that fit its 'contains' schema, but it contains {count}";
            run.Report("maxContains", what, $"must contain at most {max} fitting item(s); got {count}");
            return false;
        }

        return true;
    }
}

/// <summary><c>uniqueItems</c>.</summary>
internal sealed class UniqueItemsKeyword : Keyword
{
    private const int PairwiseLimit = 8;

    public override JsonKinds Kinds => JsonKinds.Array;

    public override bool Check(in JsonElement instance, Evaluation run)
    {
        int count = instance.GetArrayLength();
        int duplicate = count <= PairwiseLimit ? FindPairwise(instance, count) : FindHashed(instance, count);
        if (duplicate < 0)
        {
            return true;
        }

        if (run.Collects)
        {
            JsonElement item = instance[duplicate];
            run.Report(
                "uniqueItems", $"must not hold an item twice, but {JsonText.Describe(item)} stands there again at position {duplicate}",
                $"must not repeat {JsonText.Compact(item)}");
        }

        return false;
    }

    private static int FindPairwise(JsonElement instance, int count)
    {
        for (int i = 1; i < count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (JsonEquality.Instance.Equals(instance[i], instance[j]))
                {
                    return i;
                }
            }
        }

        return -1;
    }

    private static int FindHashed(JsonElement instance, int count)
    {
        var seen = new HashSet<JsonElement>(count, JsonEquality.Instance);
        int index = 0;
        foreach (JsonElement item in instance.EnumerateArray())
        {
            if (!seen.Add(item))
            {
                return index;
            }

            index++;
        }

        return -1;
    }
}
