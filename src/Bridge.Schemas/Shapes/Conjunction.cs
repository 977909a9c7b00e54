using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Shapes;

/// <summary>What several schemas ask of one value together, one branch of every alternative chosen.</summary>
internal sealed class Conjunction
{
    private readonly HashSet<SchemaNode> _seen;

    public Conjunction() => _seen = new HashSet<SchemaNode>(ReferenceEqualityComparer.Instance);

    private Conjunction(Conjunction other)
    {
        _seen = new HashSet<SchemaNode>(other._seen, ReferenceEqualityComparer.Instance);
        Kinds = other.Kinds;
        Keywords.AddRange(other.Keywords);
        Forks.AddRange(other.Forks);
        Choices.AddRange(other.Choices);
    }

    /// <summary>The types that are allowed; <see cref="JsonKinds.Integer"/> without <see cref="JsonKinds.Number"/> means whole numbers.</summary>
    public JsonKinds Kinds { get; private set; } = JsonKinds.All | JsonKinds.Integer;

    /// <summary>The keywords that must hold, in the order of the schema, with the schemas that carry them.</summary>
    public List<(SchemaNode Node, Keyword Keyword)> Keywords { get; } = [];

    /// <summary>The alternatives of which no branch has been chosen yet.</summary>
    public List<(SchemaNode Node, Keyword Keyword)> Forks { get; } = [];

    /// <summary>The branches that were chosen where no other may hold.</summary>
    public List<(SchemaNode Node, OneOfKeyword Keyword, int Branch)> Choices { get; } = [];

    /// <summary>The keywords of a type.</summary>
    public IEnumerable<T> All<T>()
        where T : Keyword => Keywords.Select(entry => entry.Keyword).OfType<T>();

    public Conjunction Copy() => new(this);

    /// <summary>Adds a schema and what it refers to.</summary>
    /// <returns>Whether some value may still satisfy all.</returns>
    public bool TryAdd(SchemaNode node)
    {
        if (!_seen.Add(node))
        {
            return true;
        }

        if (node.IsFalse)
        {
            return false;
        }

        foreach (Keyword keyword in node.Keywords)
        {
            switch (keyword)
            {
                case TypeKeyword type:
                    Restrict(type.Allowed);
                    break;
                case AnyOfKeyword or OneOfKeyword:
                    Forks.Add((node, keyword));
                    break;
                case AllOfKeyword all:
                    if (!all.InPlace.ToArray().All(TryAdd))
                    {
                        return false;
                    }

                    break;
                case RefKeyword { DynamicAnchor: null } reference:
                    if (!TryAdd(reference.Target))
                    {
                        return false;
                    }

                    break;
                default:
                    Keywords.Add((node, keyword));
                    break;
            }
        }

        return Kinds != JsonKinds.None;
    }

    private void Restrict(JsonKinds allowed)
    {
        // The whole numbers are among the numbers, whichever of the two a schema names.
        Kinds &= allowed.HasFlag(JsonKinds.Number) ? allowed | JsonKinds.Integer : allowed;
    }
}
