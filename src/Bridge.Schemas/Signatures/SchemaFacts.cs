using System.Text.Json;
using Bridge.Schemas.Json;

namespace Bridge.Schemas.Signatures;

/// <summary>What a schema says about its value when references and trivial combinations are seen through.</summary>
internal sealed class SchemaFacts
{
    private const int MaxHops = 32;

    private readonly Dictionary<string, JsonElement> _keywords = new(StringComparer.Ordinal);
    private readonly JsonElement _root;
    private int _hops;

    private SchemaFacts(JsonElement root) => _root = root;

    public bool Nullable { get; private set; }

    public List<ParameterType> Types { get; } = [];

    public List<JsonElement> Enum { get; } = [];

    public List<(string Name, JsonElement Schema)> Properties { get; } = [];

    public HashSet<string> Required { get; } = new(StringComparer.Ordinal);

    public static SchemaFacts Of(JsonElement schema, JsonElement root)
    {
        var facts = new SchemaFacts(root);
        facts.Absorb(schema);
        if (facts.Types.Remove(ParameterType.Null) && facts.Types.Count == 0 && !facts.Nullable)
        {
            facts.Types.Add(ParameterType.Null);
        }

        facts.InferType();
        return facts;
    }

    public JsonElement? Find(string keyword) => _keywords.TryGetValue(keyword, out JsonElement value) ? value : null;

    public string? Text(string keyword) =>
        Find(keyword) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public double? Number(string keyword) =>
        Find(keyword) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out double value) ? value : null;

    private void Absorb(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object || ++_hops > MaxHops)
        {
            return;
        }

        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            AbsorbOwn(keyword);
        }

        if (schema.TryGetProperty("$ref", out JsonElement reference) && reference.ValueKind == JsonValueKind.String
            && JsonPointer.TryResolveFragment(_root, reference.GetString()!, out JsonElement target))
        {
            Absorb(target);
        }

        foreach (JsonElement part in Parts(schema, "allOf"))
        {
            Absorb(part);
        }

        AbsorbAlternatives(schema, "anyOf");
        AbsorbAlternatives(schema, "oneOf");
    }

    private void AbsorbOwn(JsonProperty keyword)
    {
        JsonElement value = keyword.Value;
        switch (keyword.Name)
        {
            case "type":
                AbsorbType(value);
                break;
            case "const" when Enum.Count == 0:
                AbsorbValue(value);
                break;
            case "enum" when Enum.Count == 0 && value.ValueKind == JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray())
                {
                    AbsorbValue(item);
                }

                break;
            case "properties" when value.ValueKind == JsonValueKind.Object:
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    if (!Properties.Exists(known => known.Name == member.Name))
                    {
                        Properties.Add((member.Name, member.Value));
                    }
                }

                break;
            case "required" when value.ValueKind == JsonValueKind.Array:
                foreach (JsonElement name in value.EnumerateArray())
                {
                    Required.Add(name.ValueKind == JsonValueKind.String ? name.GetString()! : "");
                }

                break;
            default:
                _keywords.TryAdd(keyword.Name, value);
                break;
        }
    }

    private void AbsorbType(JsonElement value)
    {
        if (Types.Count > 0)
        {
            return;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            Types.Add(TypeOf(value.GetString()!));
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement name in value.EnumerateArray())
            {
                Types.Add(name.ValueKind == JsonValueKind.String ? TypeOf(name.GetString()!) : ParameterType.Any);
            }

            Nullable = Types.Count > 1 && Types.Remove(ParameterType.Null);
        }
    }

    private void AbsorbValue(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            Nullable = true;
        }
        else
        {
            Enum.Add(value);
        }
    }

    private void AbsorbAlternatives(JsonElement schema, string keyword)
    {
        List<SchemaFacts> branches = [];
        bool nullable = false;
        foreach (JsonElement part in Parts(schema, keyword))
        {
            var branch = new SchemaFacts(_root) { _hops = _hops };
            branch.Absorb(part);
            _hops = branch._hops;
            bool onlyNull = branch.Types is [ParameterType.Null] || (branch.Nullable && branch.Types.Count == 0 && branch.Enum.Count == 0);
            nullable |= onlyNull || branch.Nullable;
            if (!onlyNull)
            {
                branches.Add(branch);
            }
        }

        Nullable |= nullable;
        if (branches.Count == 1)
        {
            Take(branches[0]);
        }
        else if (branches.Count > 1)
        {
            TakeUnion(branches);
        }
    }

    private void Take(SchemaFacts other)
    {
        foreach ((string name, JsonElement value) in other._keywords)
        {
            _keywords.TryAdd(name, value);
        }

        foreach ((string Name, JsonElement Schema) member in other.Properties)
        {
            if (!Properties.Exists(known => known.Name == member.Name))
            {
                Properties.Add(member);
            }
        }

        Required.UnionWith(other.Required);
        if (Types.Count == 0)
        {
            Types.AddRange(other.Types);
        }

        if (Enum.Count == 0)
        {
            Enum.AddRange(other.Enum);
        }
    }

    private void TakeUnion(List<SchemaFacts> branches)
    {
        if (Enum.Count == 0 && branches.TrueForAll(branch => branch.Enum.Count > 0))
        {
            Enum.AddRange(branches.SelectMany(branch => branch.Enum));
        }

        branches.ForEach(branch => branch.InferType());
        if (Types.Count == 0 && branches.TrueForAll(branch => branch.Types.Count > 0))
        {
            Types.AddRange(branches.SelectMany(branch => branch.Types).Distinct());
        }
    }

    private void InferType()
    {
        if (Types.Count > 0)
        {
            return;
        }

        if (Enum.Count > 0)
        {
            Types.AddRange(Enum.Select(TypeOf).Distinct());
        }
        else if (Properties.Count > 0)
        {
            Types.Add(ParameterType.Object);
        }
        else if (_keywords.ContainsKey("items"))
        {
            Types.Add(ParameterType.Array);
        }
    }

    private static JsonElement.ArrayEnumerator Parts(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out JsonElement parts) && parts.ValueKind == JsonValueKind.Array ? parts.EnumerateArray() : default;

    private static ParameterType TypeOf(string name) => name switch
    {
        "string" => ParameterType.String,
        "integer" => ParameterType.Integer,
        "number" => ParameterType.Number,
        "boolean" => ParameterType.Boolean,
        "object" => ParameterType.Object,
        "array" => ParameterType.Array,
        "null" => ParameterType.Null,
        _ => ParameterType.Any,
    };

    private static ParameterType TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => ParameterType.String,
        JsonValueKind.Number => value.TryGetInt64(out _) ? ParameterType.Integer : ParameterType.Number,
        JsonValueKind.True or JsonValueKind.False => ParameterType.Boolean,
        JsonValueKind.Object => ParameterType.Object,
        JsonValueKind.Array => ParameterType.Array,
        _ => ParameterType.Null,
    };
}
