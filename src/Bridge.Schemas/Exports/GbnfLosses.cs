using Bridge.Schemas.Shapes;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Exports;

/// <summary>Collects what a grammar does not say.</summary>
internal sealed class GbnfLosses
{
    /// <summary>The keywords that are not honoured.</summary>
    public List<SchemaLoss> Lost { get; } = [];

    /// <summary>The keywords for which some valid values are not allowed.</summary>
    public List<SchemaLoss> Narrowed { get; } = [];

    /// <summary>Where a bound of decoding is not kept.</summary>
    public List<SchemaLoss> Unbounded { get; } = [];

    /// <summary>Adds a keyword that is not honoured, with the first of a goal's schemas that carries it.</summary>
    public void Lose(Goal goal, Func<Keyword, bool> isCarrier, string keyword, string reason) =>
        Lost.Add(new SchemaLoss(Find(goal, isCarrier), keyword, reason));

    /// <summary>Adds a size that is not honoured.</summary>
    public void LoseSize(Goal goal, string keyword, string reason) =>
        Lose(goal, carried => carried is SizeKeyword size && size.Name == keyword, keyword, reason);

    private static string Find(Goal goal, Func<Keyword, bool> isCarrier)
    {
        var seen = new HashSet<SchemaNode>(ReferenceEqualityComparer.Instance);
        var open = new Queue<SchemaNode>(goal.Nodes);
        while (open.TryDequeue(out SchemaNode? node))
        {
            if (!seen.Add(node))
            {
                continue;
            }

            foreach (Keyword keyword in node.Keywords)
            {
                if (isCarrier(keyword))
                {
                    return node.Pointer;
                }

                foreach (SchemaNode inner in keyword.InPlace)
                {
                    open.Enqueue(inner);
                }
            }
        }

        return goal.Pointer;
    }
}
