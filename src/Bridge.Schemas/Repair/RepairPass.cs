using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Json;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Repair;

/// <summary>Repairs one instance, from the outside in.</summary>
internal sealed class RepairPass
{
    private const int MaxDepth = 64;
    private const int BytesPerStep = 16;

    private readonly CompiledSchema _schema;
    private long _steps;
    private int _depth;
    private int _choices;

    /// <summary>Begins to repair.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="instance">The instance, by whose size the work is bounded.</param>
    public RepairPass(CompiledSchema schema, JsonElement instance)
    {
        _schema = schema;
        _steps = SchemaBudget.StepsFor(JsonMarshal.GetRawUtf8Value(instance).Length);
    }

    /// <summary>Repairs a value; returns it as it was when there is nothing to repair, or no one way to.</summary>
    public JsonElement Repair(SchemaNode node, JsonElement value, string name, List<string> notes)
    {
        if (_depth >= MaxDepth || IsValid(node, value) || _steps <= 0)
        {
            return value;
        }

        _depth++;
        JsonElement repaired = RepairInvalid(node, value, name, notes);
        _depth--;
        return repaired;
    }

    private JsonElement RepairInvalid(SchemaNode node, JsonElement value, string name, List<string> notes)
    {
        SchemaFacets facets = SchemaFacets.Of(node);
        int before = notes.Count;
        JsonElement repaired = value.ValueKind switch
        {
            JsonValueKind.Object => RepairMembers(facets, value, name, notes),
            JsonValueKind.Array => RepairItems(facets, value, name, notes),
            _ => value,
        };
        if (notes.Count > before && IsValid(node, repaired))
        {
            return repaired;
        }

        var outcomes = new RepairOutcomes();
        foreach (JsonElement candidate in RepairCandidates.For(facets, repaired))
        {
            var inner = new List<string> { Sentence(name, repaired, candidate) };
            JsonElement result = candidate.ValueKind is JsonValueKind.Object or JsonValueKind.Array
                ? Repair(node, candidate, name, inner)
                : candidate;
            Consider(outcomes, node, result, inner);
        }

        ConsiderAlternatives(outcomes, node, facets, repaired, name);
        if (outcomes.Only is not { } only)
        {
            return repaired;
        }

        notes.AddRange(only.Notes);
        return only.Value;
    }

    private void ConsiderAlternatives(RepairOutcomes outcomes, SchemaNode node, SchemaFacets facets, JsonElement value, string name)
    {
        // To add a default may decide between alternatives: that is not ours to do.
        int choice = facets.Alternatives.Count(branch => MayBeMeant(branch, value)) > 1 ? 1 : 0;
        _choices += choice;
        foreach (SchemaNode branch in facets.Alternatives)
        {
            var inner = new List<string>();
            JsonElement result = Repair(branch, value, name, inner);
            if (inner.Count > 0)
            {
                Consider(outcomes, node, result, inner);
            }
        }

        _choices -= choice;
    }

    /// <summary>Whether an alternative is not ruled out: by the value's kind, or by a member that must have another value, as tags do.</summary>
    private bool MayBeMeant(SchemaNode branch, JsonElement value)
    {
        SchemaFacets facets = SchemaFacets.Of(branch);
        if (!facets.Allows(JsonKindNames.KindOf(value.ValueKind)) || value.ValueKind != JsonValueKind.Object)
        {
            return facets.Allows(JsonKindNames.KindOf(value.ValueKind));
        }

        return !facets.Objects.SelectMany(shape => shape.Table.Entries).Any(entry =>
            entry.Node is { } node && value.TryGetProperty(entry.Name, out JsonElement member)
            && SchemaFacets.Of(node).Enums.Count > 0 && !IsValid(node, member));
    }

    private void Consider(RepairOutcomes outcomes, SchemaNode node, JsonElement result, List<string> notes)
    {
        if (IsValid(node, result))
        {
            outcomes.Add(result, notes);
        }
    }

    private JsonElement RepairMembers(SchemaFacets facets, JsonElement value, string name, List<string> notes)
    {
        int before = notes.Count;
        var members = new List<(string Name, JsonElement Value)>();
        foreach (JsonProperty member in value.EnumerateObject())
        {
            members.Add((member.Name, RepairPart(NodesOf(facets, member.Name), member.Value, Join(name, member.Name), notes)));
        }

        AddDefaults(facets, members, name, notes);
        return Rewrite(value, notes, before, writer =>
        {
            writer.WriteStartObject();
            foreach ((string member, JsonElement content) in members)
            {
                writer.WritePropertyName(member);
                content.WriteTo(writer);
            }

            writer.WriteEndObject();
        });
    }

    private static List<SchemaNode> NodesOf(SchemaFacets facets, string member)
    {
        var nodes = new List<SchemaNode>();
        foreach (ObjectKeyword shape in facets.Objects)
        {
            int index = shape.Table.Find(member);
            SchemaNode? node = index < 0 ? null : shape.Table.Entries[index].Node;
            node ??= index < 0 && shape.Patterns.IsEmpty ? shape.Additional : null;
            if (node is not null)
            {
                nodes.Add(node);
            }
        }

        return nodes;
    }

    /// <summary>Repairs a part that several schemas may apply to: what one of them needs must not hurt another.</summary>
    private JsonElement RepairPart(List<SchemaNode> nodes, JsonElement value, string name, List<string> notes)
    {
        int before = notes.Count;
        JsonElement repaired = value;
        foreach (SchemaNode node in nodes)
        {
            repaired = Repair(node, repaired, name, notes);
        }

        if (nodes.Count < 2 || notes.Count == before || nodes.TrueForAll(node => IsValid(node, repaired)))
        {
            return repaired;
        }

        notes.RemoveRange(before, notes.Count - before);
        return value;
    }

    private void AddDefaults(SchemaFacets facets, List<(string Name, JsonElement Value)> members, string name, List<string> notes)
    {
        if (_choices > 0)
        {
            return;
        }

        var present = members.Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
        foreach (IGrouping<string, SchemaNode> missing in facets.Objects.SelectMany(shape => shape.Table.Entries)
            .Where(entry => entry.Node is not null && !present.Contains(entry.Name) && facets.IsRequired(entry.Name))
            .GroupBy(entry => entry.Name, entry => entry.Node!, StringComparer.Ordinal))
        {
            JsonElement[] declared = [.. missing.Select(Default).OfType<JsonElement>()];
            if (declared is [var fallback, ..] && declared.All(other => JsonEquality.AreEqual(fallback, other)) && missing.All(node => IsValid(node, fallback)))
            {
                members.Add((missing.Key, fallback));
                notes.Add($"'{Join(name, missing.Key)}' was missing and got its default {JsonText.Compact(fallback)}.");
            }
        }
    }

    private static JsonElement? Default(SchemaNode node) =>
        node.Source.ValueKind == JsonValueKind.Object && node.Source.TryGetProperty("default", out JsonElement fallback) ? fallback : null;

    private JsonElement RepairItems(SchemaFacets facets, JsonElement value, string name, List<string> notes)
    {
        int before = notes.Count;
        JsonElement[] items = [.. value.EnumerateArray()];
        for (int i = 0; i < items.Length; i++)
        {
            List<SchemaNode> nodes =
                [.. facets.Arrays.Select(shape => i < shape.Prefix.Length ? shape.Prefix[i] : shape.Rest).OfType<SchemaNode>()];
            items[i] = RepairPart(nodes, items[i], $"{name}[{i}]", notes);
        }

        return Rewrite(value, notes, before, writer =>
        {
            writer.WriteStartArray();
            foreach (JsonElement item in items)
            {
                item.WriteTo(writer);
            }

            writer.WriteEndArray();
        });
    }

    private bool IsValid(SchemaNode node, JsonElement value) => _schema.IsValid(node, value, ref _steps);

    private static string Join(string name, string member) => name.Length == 0 ? JsonText.Cap(member) : $"{name}.{JsonText.Cap(member)}";

    private static string Sentence(string name, JsonElement before, JsonElement after) =>
        $"{(name.Length == 0 ? "The value" : $"'{name}'")} was {JsonText.Compact(before)} and became {JsonText.Compact(after)}.";

    /// <summary>Writes a value whose parts were repaired; one that became nested too deep stays as it was.</summary>
    private JsonElement Rewrite(JsonElement value, List<string> notes, int before, Action<Utf8JsonWriter> write)
    {
        if (notes.Count == before)
        {
            return value;
        }

        var buffer = new ArrayBufferWriter<byte>(JsonMarshal.GetRawUtf8Value(value).Length);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        _steps -= buffer.WrittenCount / BytesPerStep;
        try
        {
            return JsonElement.Parse(buffer.WrittenSpan, new JsonDocumentOptions { MaxDepth = StrictJson.MaxDepth });
        }
        catch (JsonException)
        {
            notes.RemoveRange(before, notes.Count - before);
            return value;
        }
    }
}
