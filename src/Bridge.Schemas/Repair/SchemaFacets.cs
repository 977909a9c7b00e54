using System.Text.Json;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Repair;

/// <summary>What applies to a value without condition: a schema's own keywords, and those of its references and <c>allOf</c>.</summary>
internal sealed class SchemaFacets
{
    private readonly HashSet<SchemaNode> _seen = new(ReferenceEqualityComparer.Instance);

    /// <summary>The types that are allowed.</summary>
    public JsonKinds Allowed { get; private set; } = JsonKinds.All | JsonKinds.Integer;

    public List<EnumKeyword> Enums { get; } = [];

    public List<ObjectKeyword> Objects { get; } = [];

    public List<ItemsKeyword> Arrays { get; } = [];

    /// <summary>The branches of which one must hold.</summary>
    public List<SchemaNode> Alternatives { get; } = [];

    public static SchemaFacets Of(SchemaNode node)
    {
        var facets = new SchemaFacets();
        facets.Absorb(node);
        return facets;
    }

    /// <summary>Whether a value of a kind may fit.</summary>
    public bool Allows(JsonKinds kind) => (Allowed & (kind == JsonKinds.Number ? kind | JsonKinds.Integer : kind)) != 0;

    public bool IsRequired(string name) =>
        Objects.Exists(shape => shape.Table.Find(name) is >= 0 and var index && shape.Table.Entries[index].Required);

    private static JsonKinds KindsOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? JsonKinds.Number | JsonKinds.Integer : JsonKindNames.KindOf(value.ValueKind);

    private void Absorb(SchemaNode node)
    {
        if (!_seen.Add(node))
        {
            return;
        }

        foreach (Keyword keyword in node.Keywords)
        {
            switch (keyword)
            {
                case TypeKeyword type:
                    // A number includes the whole ones, whichever of the two is named.
                    Allowed &= type.Allowed.HasFlag(JsonKinds.Number) ? type.Allowed | JsonKinds.Integer : type.Allowed;
                    break;
                case EnumKeyword values:
                    Enums.Add(values);
                    Allowed &= values.Values.Aggregate(JsonKinds.None, (kinds, value) => kinds | KindsOf(value));
                    break;
                case ObjectKeyword shape:
                    Objects.Add(shape);
                    break;
                case ItemsKeyword shape:
                    Arrays.Add(shape);
                    break;
                case AnyOfKeyword or OneOfKeyword:
                    Alternatives.AddRange(keyword.InPlace);
                    break;
                case RefKeyword or AllOfKeyword:
                    foreach (SchemaNode part in keyword.InPlace)
                    {
                        Absorb(part);
                    }

                    break;
            }
        }
    }
}
