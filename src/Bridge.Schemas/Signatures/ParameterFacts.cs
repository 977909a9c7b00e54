using System.Text.Json;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Signatures;

/// <summary>What the compiled schemas of one value say together, when references and trivial combinations are seen through.</summary>
/// <param name="budget">The reading that may still be done.</param>
/// <param name="depth">How many choices it stands in that apply to the same value.</param>
internal sealed class ParameterFacts(ReadingBudget budget, int depth)
{
    private const int MaxDepth = 32;

    private readonly HashSet<SchemaNode> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly List<ParameterType> _typeOrder = [];
    private bool? _enumAllowsNull;

    /// <summary>The types the <c>type</c> keywords leave.</summary>
    public JsonKinds Allowed { get; private set; } = ParameterTypes.All;

    /// <summary>Whether a branch allows <c>null</c> beside the others.</summary>
    public bool HasNullBranch { get; private set; }

    public FactAnnotations Annotations { get; } = new();

    /// <summary>The only values, <c>null</c> aside; <see langword="null"/> where no keyword lists any.</summary>
    public List<JsonElement>? Enum { get; private set; }

    /// <summary>The members with all schemas that speak about each, in schema order.</summary>
    public OrderedDictionary<string, List<SchemaNode>> Members { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Required { get; } = new(StringComparer.Ordinal);

    /// <summary>The schemas of members that are not listed, by the pattern of their names; empty for any name.</summary>
    public List<(string Pattern, SchemaNode Node)> Others { get; } = [];

    public List<SchemaNode> Prefix { get; } = [];

    public List<SchemaNode> Items { get; } = [];

    public bool HasItems { get; private set; }

    /// <summary>The branches of each choice that is more than a list of types or values.</summary>
    public List<(JsonElement Source, List<ParameterFacts> Branches)> Choices { get; } = [];

    /// <summary>The schemas that say something about what the value is made of: two values of the same are alike.</summary>
    public HashSet<SchemaNode> Shape { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether <c>null</c> is allowed beside other values.</summary>
    public bool Nullable => _enumAllowsNull is { } allows
        ? allows && Enum!.Count > 0 && (!DeclaresTypes || Allowed.HasFlag(JsonKinds.Null))
        : (HasNullBranch || (DeclaresTypes && Allowed.HasFlag(JsonKinds.Null))) && Types.Any(type => type != ParameterType.Null);

    /// <summary>The types that are allowed, without <c>null</c> unless it is the only one, in schema order.</summary>
    public IReadOnlyList<ParameterType> Types { get; private set; } = [];

    private bool DeclaresTypes => _typeOrder.Count > 0;

    /// <summary>Whether something was left out because there is too much of it.</summary>
    public bool IsCut { get; private set; }

    public static ParameterFacts Of(IEnumerable<SchemaNode> nodes, ReadingBudget budget, int depth = 0)
    {
        var facts = new ParameterFacts(budget, depth);
        foreach (SchemaNode node in nodes)
        {
            facts.Absorb(node);
        }

        facts.Settle();
        return facts;
    }

    private void Absorb(SchemaNode node)
    {
        if (!_seen.Add(node))
        {
            return;
        }

        if (depth > MaxDepth || !budget.TrySpend())
        {
            IsCut = true;
            return;
        }

        Annotations.Absorb(node);
        foreach (Keyword keyword in node.Keywords)
        {
            AbsorbOwn(keyword, node);
        }

        foreach (Keyword keyword in node.Keywords.Where(keyword => keyword is RefKeyword or AllOfKeyword))
        {
            // A dynamic reference is read where it leads when nothing around the schema says otherwise.
            foreach (SchemaNode part in keyword is RefKeyword reference ? [reference.Target] : keyword.InPlace.ToArray())
            {
                Absorb(part);
            }
        }

        foreach (Keyword keyword in node.Keywords.Where(keyword => keyword is AnyOfKeyword or OneOfKeyword))
        {
            AbsorbChoice(keyword is AnyOfKeyword ? "anyOf" : "oneOf", keyword.InPlace.ToArray(), node);
        }
    }

    private void AbsorbOwn(Keyword keyword, SchemaNode node)
    {
        switch (keyword)
        {
            case TypeKeyword type:
                Allowed &= ParameterTypes.Widen(type.Allowed);
                _typeOrder.AddRange(ParameterTypes.Read(node.Source.GetProperty("type")));
                break;
            case EnumKeyword values:
                AbsorbValues(values.Values);
                break;
            case ObjectKeyword shape:
                AbsorbMembers(shape, node);
                break;
            case ItemsKeyword shape:
                HasItems = true;
                Shape.Add(node);
                Prefix.AddRange(Prefix.Count == 0 ? shape.Prefix : []);
                Items.AddRange(shape.Rest is { } rest ? [rest] : []);
                break;
        }
    }

    private void AbsorbValues(IEnumerable<JsonElement> values)
    {
        List<JsonElement> given = [.. values];
        bool allowsNull = given.RemoveAll(value => value.ValueKind == JsonValueKind.Null) > 0;
        _enumAllowsNull = allowsNull && _enumAllowsNull != false;
        Enum = Enum is null ? given : Enum.FindAll(value => given.Exists(other => JsonElement.DeepEquals(value, other)));
    }

    private void AbsorbMembers(ObjectKeyword shape, SchemaNode node)
    {
        Shape.Add(node);
        foreach (PropertyEntry entry in shape.Table.Entries)
        {
            if (entry.Required)
            {
                Required.Add(entry.Name);
            }

            if (entry.Node is null)
            {
                continue;
            }

            if (!Members.TryGetValue(entry.Name, out List<SchemaNode>? schemas))
            {
                Members.Add(entry.Name, schemas = []);
            }

            schemas.Add(entry.Node);
        }

        Others.AddRange(shape.Patterns.Select(pattern => (pattern.Pattern.Source, pattern.Node)));
        if (shape.Additional is { IsFalse: false } additional)
        {
            Others.Add(("", additional));
        }
    }

    private void AbsorbChoice(string keyword, SchemaNode[] branches, SchemaNode node)
    {
        List<(SchemaNode Node, ParameterFacts Facts)> read = [.. branches.Select(branch => (branch, Of([branch], budget, depth + 1)))];
        bool mayBeNull = !DeclaresTypes || Allowed.HasFlag(JsonKinds.Null);
        bool hasNull = read.RemoveAll(branch => branch.Facts.IsOnlyNull) > 0;
        bool allowsNull = mayBeNull && (hasNull || read.Exists(branch => branch.Facts.Nullable));
        HasNullBranch |= allowsNull;
        if (read.Count == 1)
        {
            bool listed = Enum is not null;
            Absorb(read[0].Node);
            Allowed |= allowsNull ? JsonKinds.Null : JsonKinds.None;
            _enumAllowsNull = Enum is null || listed ? _enumAllowsNull : allowsNull;
            return;
        }

        List<ParameterFacts> facts = [.. read.Select(branch => branch.Facts)];
        bool areValues = facts.Count > 0 && facts.TrueForAll(branch => branch.Enum is not null);
        bool areTypes = facts.TrueForAll(branch => branch.IsOnlyType);
        if (areValues && Enum is null)
        {
            Enum = [.. facts.SelectMany(branch => branch.Enum!)];
            _enumAllowsNull = allowsNull;
        }

        if (facts.TrueForAll(branch => branch.Types.Count > 0))
        {
            IEnumerable<ParameterType> types = facts.SelectMany(branch => branch.Types);
            _typeOrder.AddRange(types);
            Allowed &= ParameterTypes.Widen(ParameterTypes.KindsOf(types) | (allowsNull ? JsonKinds.Null : JsonKinds.None));
        }

        if (!areTypes && !(areValues && facts.TrueForAll(branch => branch.Annotations.IsEmpty)))
        {
            Shape.Add(node);
            Choices.Add((JsonElement.Parse($"{{\"{keyword}\":{node.Source.GetProperty(keyword).GetRawText()}}}"), facts));
        }
    }

    /// <summary>Whether the only value is <c>null</c>.</summary>
    private bool IsOnlyNull => (Enum is { Count: 0 } && _enumAllowsNull == true) || (Types is [ParameterType.Null] && Enum is null);

    /// <summary>Whether nothing but types is said.</summary>
    private bool IsOnlyType => Types.Count > 0 && Enum is null && Members.Count == 0 && Required.Count == 0 && Others.Count == 0 && !HasItems
        && Choices.Count == 0 && Annotations.IsEmpty;

    private void Settle()
    {
        IEnumerable<ParameterType> allowed = _typeOrder.Distinct().Where(type => type == ParameterType.Any || Allowed.HasFlag(ParameterTypes.KindOf(type)));
        List<ParameterType> types = [.. allowed];
        if (types.Contains(ParameterType.Number) && Allowed.HasFlag(JsonKinds.Number))
        {
            types.Remove(ParameterType.Integer);
        }

        if (types.Count > 1)
        {
            types.Remove(ParameterType.Null);
        }

        if (types.Count == 0)
        {
            types.AddRange(
                Enum is { Count: > 0 } ? Enum.Select(ParameterTypes.Of).Distinct()
                : Members.Count + Required.Count > 0 ? [ParameterType.Object]
                : HasItems ? [ParameterType.Array] : []);
        }

        Types = types;
    }
}
