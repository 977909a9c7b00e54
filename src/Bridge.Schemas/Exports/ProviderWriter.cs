using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Schemas.Shapes;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Exports;

/// <summary>Writes the goals of a schema as a schema again; what the APIs disagree about is left to the derived classes.</summary>
/// <remarks>What is used in several places, or contains itself, is written once under <c>$defs</c>.</remarks>
internal abstract class ProviderWriter
{
    /// <summary>Levels beyond this go under <c>$defs</c>, so that no reader needs a deep stack.</summary>
    private const int MaxDepth = 8;

    private const string Definitions = "$defs";

    private readonly GoalTable _goals;
    private readonly Dictionary<Goal, int> _uses = [];
    private readonly Dictionary<Goal, string> _names = [];
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Queue<(Goal Goal, string Path)> _open = new();

    /// <summary>Prepares the goals.</summary>
    protected ProviderWriter(GoalTable goals)
    {
        _goals = goals;
        Losses.Lost.AddRange(goals.CheckedAfter);
        Losses.Narrowed.AddRange(goals.Narrowed);
        CountUses();
    }

    /// <summary>What the written schema does not say.</summary>
    public ExportLosses Losses { get; } = new();

    /// <summary>Why the schema cannot be written, if so.</summary>
    public string? Refusal { get; private set; }

    /// <summary>What the whole value must satisfy.</summary>
    protected Goal Root => _goals.Root;

    /// <summary>Writes the schema.</summary>
    public JsonObject Write()
    {
        JsonObject root = WriteRoot(Root);
        var definitions = new JsonObject();
        while (_open.TryDequeue(out (Goal Goal, string Path) next))
        {
            definitions[_names[next.Goal]] = Inline(next.Goal, new ProviderPlace(next.Path, 0));
        }

        if (definitions.Count > 0)
        {
            root[Definitions] = definitions;
        }

        return root;
    }

    /// <summary>Why a written schema is more than the API takes; <see langword="null"/> when it is not.</summary>
    public abstract string? CheckLimits(JsonObject schema);

    /// <summary>Whether <c>null</c> satisfies a goal.</summary>
    public static bool AllowsNull(Goal goal) =>
        goal.Shapes.OfType<LiteralShape>().Any(literals => literals.Values.Any(value => value.ValueKind == JsonValueKind.Null));

    /// <summary>Whether something satisfies a goal.</summary>
    public static bool HasValues(Goal goal) => goal.MinDepth < Goal.Endless;

    /// <summary>Says why the schema cannot be written; the first reason counts.</summary>
    protected void Refuse(string reason) => Refusal ??= reason;

    /// <summary>Writes the root.</summary>
    protected virtual JsonObject WriteRoot(Goal root) => Inline(root, new ProviderPlace("", 0));

    /// <summary>Writes a string.</summary>
    protected abstract JsonObject Write(Goal goal, TextShape text);

    /// <summary>Writes a number.</summary>
    protected abstract JsonObject Write(Goal goal, NumberShape number);

    /// <summary>Writes an object, none of whose required members is impossible.</summary>
    protected abstract JsonObject Write(Goal goal, RecordShape record, ProviderPlace place);

    /// <summary>Writes a constant that is an array or an object.</summary>
    protected abstract JsonObject Write(JsonElement constant, ProviderPlace place);

    /// <summary>Writes how many items an array has.</summary>
    protected abstract void WriteCounts(JsonObject schema, Goal goal, int min, int? max);

    /// <summary>Writes a goal, or refers to where it is written.</summary>
    protected JsonObject Of(Goal goal, ProviderPlace place)
    {
        bool isShared = _uses[goal] > 1 || goal == Root || place.Depth >= MaxDepth;
        if (!isShared || goal.MaxDepth == 0)
        {
            return Inline(goal, place);
        }

        if (!_names.TryGetValue(goal, out string? name))
        {
            _names[goal] = name = NameOf(goal);
            _open.Enqueue((goal, place.Path));
        }

        return new JsonObject { ["$ref"] = $"#/{Definitions}/{name}" };
    }

    /// <summary>Writes a goal where it is.</summary>
    protected JsonObject Inline(Goal goal, ProviderPlace place)
    {
        var forms = new List<JsonObject>();
        foreach (Shape shape in goal.Shapes)
        {
            forms.AddRange(shape switch
            {
                LiteralShape literals => Constants(literals, place),
                TextShape text => [Write(goal, text)],
                NumberShape number => [Write(goal, number)],
                ListShape list => WriteList(goal, list, place) is { } written ? [written] : [],
                RecordShape record when record.Members.Any(member => member.Required && !HasValues(member.Goal)) => [],
                _ => [Write(goal, (RecordShape)shape, place)],
            });
        }

        return Describe(AnyOf(forms), goal);
    }

    /// <summary>A schema that also allows <c>null</c>.</summary>
    protected static JsonObject OrNull(JsonObject schema)
    {
        if (schema["anyOf"] is JsonArray branches)
        {
            branches.Add((JsonNode)OfType("null"));
            return schema;
        }

        return AnyOf([schema, OfType("null")]);
    }

    /// <summary>A schema with a description, where the goal's schemas have one.</summary>
    protected static JsonObject Describe(JsonObject schema, Goal goal)
    {
        string? text = goal.Nodes.Select(Description).FirstOrDefault(found => found is not null);
        if (text is not null && !schema.ContainsKey("description"))
        {
            schema["description"] = text;
        }

        return schema;
    }

    /// <summary>A schema of one type.</summary>
    protected static JsonObject OfType(string type) => new() { ["type"] = type };

    private static string? Description(SchemaNode node)
    {
        if (node.Source.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        return node.Source.TryGetProperty("description", out JsonElement text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : node.Keywords.OfType<RefKeyword>().Select(reference => Description(reference.Target)).FirstOrDefault();
    }

    private static JsonObject AnyOf(List<JsonObject> forms)
    {
        if (forms.Count == 1)
        {
            return forms[0];
        }

        // A plain type and null are written as models know it best: "type": ["string", "null"]. More beside it, some versions of
        // llama.cpp forget.
        if (forms is [{ } form, { } last] && last.Count == 1 && last["type"]?.ToString() == "null"
            && form["type"] is JsonValue type && form.All(keyword => keyword.Key is "type" or "description"))
        {
            form["type"] = new JsonArray(type.DeepClone(), "null");
            return form;
        }

        return new JsonObject { ["anyOf"] = new JsonArray([.. forms]) };
    }

    private IEnumerable<JsonObject> Constants(LiteralShape literals, ProviderPlace place)
    {
        foreach (IGrouping<string?, JsonElement> group in literals.Values.GroupBy(TypeOf))
        {
            if (group.Key is not { } type)
            {
                foreach (JsonElement constant in group)
                {
                    yield return Write(constant, place);
                }
            }
            else if (type == "null" || (type == "boolean" && group.Count() == 2))
            {
                yield return OfType(type);
            }
            else
            {
                JsonObject schema = OfType(type);
                schema["enum"] = new JsonArray([.. group.Select(value => JsonNode.Parse(value.GetRawText()))]);
                yield return schema;
            }
        }
    }

    private static string? TypeOf(JsonElement constant) => constant.ValueKind switch
    {
        JsonValueKind.Null => "null",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        _ => null,
    };

    /// <summary>An array; that items stand in an order of their own, no API says reliably.</summary>
    private JsonObject? WriteList(Goal goal, ListShape list, ProviderPlace place)
    {
        var items = new List<Goal>();
        int last = 0;
        while (last <= list.Prefix.Length && last < list.Max && list.At(last) is { } item && HasValues(item))
        {
            items.Add(item);
            last++;
        }

        int? max = last > list.Prefix.Length ? list.Max == int.MaxValue ? null : list.Max : last;
        if (list.Min > max)
        {
            return null;
        }

        Goal[] kinds = [.. items.Distinct()];
        if (kinds.Length > 1)
        {
            Losses.Lose(goal, keyword => keyword is ItemsKeyword { Prefix.Length: > 0 }, "prefixItems", "Every item may be what one of them may be.");
        }

        JsonObject schema = OfType("array");
        schema["items"] = kinds.Length == 0 ? OfType("null") : AnyOf([.. kinds.Select(kind => Of(kind, place.Items))]);
        WriteCounts(schema, goal, list.Min, max);
        return schema;
    }

    private void CountUses()
    {
        var open = new Stack<Goal>([Root]);
        _uses[Root] = 0;
        while (open.TryPop(out Goal? goal))
        {
            foreach (Goal next in goal.Shapes.SelectMany(Below))
            {
                if (!_uses.TryGetValue(next, out int uses))
                {
                    open.Push(next);
                }

                _uses[next] = uses + 1;
            }
        }
    }

    private static IEnumerable<Goal> Below(Shape shape) => shape switch
    {
        ListShape list => list.Rest is null ? list.Prefix : list.Prefix.Add(list.Rest),
        RecordShape record => record.Members.Select(member => member.Goal).Concat(record.Others is { } others ? [others] : []),
        _ => [],
    };

    private string NameOf(Goal goal)
    {
        string last = goal.Pointer[(goal.Pointer.LastIndexOf('/') + 1)..];
        string wish = new([.. last.Where(char.IsAsciiLetterOrDigit).Take(40)]);
        wish = wish.Length == 0 ? "value" : wish;
        string name = wish;
        for (int number = 2; !_taken.Add(name); number++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{wish}_{number}");
        }

        return name;
    }
}
