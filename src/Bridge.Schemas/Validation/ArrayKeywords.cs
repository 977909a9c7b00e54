using System.Collections.Immutable;
using Bridge.Schemas.Json;

namespace Bridge.Schemas.Validation;

/// <summary>The items of an array: the first few by position (<c>prefixItems</c>), the rest alike (<c>items</c>).</summary>
/// <param name="prefix">The schemas by position.</param>
/// <param name="rest">The schema of the rest; <see langword="null"/> when there is none.</param>
internal sealed class ItemsKeyword(ImmutableArray<SchemaNode> prefix, SchemaNode? rest) : Keyword(JsonKinds.Array)
{
    /// <summary>The schemas by position.</summary>
    public ImmutableArray<SchemaNode> Prefix { get; } = prefix;

    /// <summary>The schema of the rest; <see langword="null"/> when there is none.</summary>
    public SchemaNode? Rest { get; } = rest;

    public override bool Check(JsonValue instance, Evaluation run)
    {
        bool valid = true;
        int index = 0;
        foreach (JsonValue item in instance.Items)
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
internal sealed class ContainsKeyword(SchemaNode node, int min, int? max, bool marks) : Keyword(JsonKinds.Array)
{
    public override bool Check(JsonValue instance, Evaluation run)
    {
        int count = 0;
        int index = 0;
        EvaluatedParts? evaluated = run.Evaluated;
        run.Evaluated = null;
        foreach (JsonValue item in instance.Items)
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
