using Bridge.Schemas.Shapes;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Exports;

/// <summary>Collects what an exported form does not say.</summary>
internal sealed class ExportLosses
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

    /// <summary>Adds every keyword of a goal that is not honoured.</summary>
    /// <param name="goal">The goal.</param>
    /// <param name="nameOf">The name of a keyword that is not honoured; <see langword="null"/> for the others.</param>
    /// <param name="reason">Why.</param>
    public void LoseAll(Goal goal, Func<Keyword, string?> nameOf, string reason) =>
        Lost.AddRange(Carried(goal).Where(entry => nameOf(entry.Keyword) is not null)
            .Select(entry => new SchemaLoss(entry.Node.Pointer, nameOf(entry.Keyword)!, reason)));

    private static string Find(Goal goal, Func<Keyword, bool> isCarrier) =>
        Carried(goal).Where(entry => isCarrier(entry.Keyword)).Select(entry => entry.Node).FirstOrDefault()?.Pointer ?? goal.Pointer;

    /// <summary>What the schemas of a goal carry, and those they refer to.</summary>
    private static IEnumerable<(SchemaNode Node, Keyword Keyword)> Carried(Goal goal)
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
                yield return (node, keyword);
                foreach (SchemaNode inner in keyword.InPlace.ToArray())
                {
                    open.Enqueue(inner);
                }
            }
        }
    }
}
