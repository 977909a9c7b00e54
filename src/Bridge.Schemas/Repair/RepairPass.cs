using System.Buffers;
using System.Text.Json;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Json;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Repair;

/// <summary>Repairs one instance, from the outside in.</summary>
/// <param name="schema">The schema.</param>
internal sealed class RepairPass(CompiledSchema schema)
{
    private const int MaxDepth = 64;
    private long _steps = SchemaBudget.BaseSteps;
    private int _depth;

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
        JsonElement repaired = value.ValueKind switch
        {
            JsonValueKind.Object => RepairMembers(facets, value, name, notes),
            JsonValueKind.Array => RepairItems(facets, value, name, notes),
            _ => value,
        };
        if (notes.Count > 0 && IsValid(node, repaired))
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

        foreach (SchemaNode branch in facets.Alternatives)
        {
            var inner = new List<string>();
            JsonElement result = Repair(branch, repaired, name, inner);
            if (inner.Count > 0)
            {
                Consider(outcomes, node, result, inner);
            }
        }

        if (outcomes.Only is not { } only)
        {
            return repaired;
        }

        notes.AddRange(only.Notes);
        return only.Value;
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
            JsonElement current = member.Value;
            foreach (ObjectKeyword shape in facets.Objects)
            {
                int index = shape.Table.Find(member.Name);
                SchemaNode? node = index < 0 ? null : shape.Table.Entries[index].Node;
                node ??= index < 0 && shape.Patterns.IsEmpty ? shape.Additional : null;
                current = node is null ? current : Repair(node, current, Join(name, member.Name), notes);
            }

            members.Add((member.Name, current));
        }

        AddDefaults(facets, members, name, notes);
        return notes.Count == before ? value : Write(writer =>
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

    private void AddDefaults(SchemaFacets facets, List<(string Name, JsonElement Value)> members, string name, List<string> notes)
    {
        foreach (PropertyEntry entry in facets.Objects.SelectMany(shape => shape.Table.Entries))
        {
            bool missing = facets.IsRequired(entry.Name) && !members.Exists(member => member.Name == entry.Name);
            if (missing && entry.Node is { Source.ValueKind: JsonValueKind.Object } node
                && node.Source.TryGetProperty("default", out JsonElement fallback) && IsValid(node, fallback))
            {
                members.Add((entry.Name, fallback));
                notes.Add($"'{Join(name, entry.Name)}' was missing and got its default {JsonText.Compact(fallback)}.");
            }
        }
    }

    private JsonElement RepairItems(SchemaFacets facets, JsonElement value, string name, List<string> notes)
    {
        int before = notes.Count;
        JsonElement[] items = [.. value.EnumerateArray()];
        for (int i = 0; i < items.Length; i++)
        {
            foreach (ItemsKeyword shape in facets.Arrays)
            {
                SchemaNode? node = i < shape.Prefix.Length ? shape.Prefix[i] : shape.Rest;
                items[i] = node is null ? items[i] : Repair(node, items[i], $"{name}[{i}]", notes);
            }
        }

        return notes.Count == before ? value : Write(writer =>
        {
            writer.WriteStartArray();
            foreach (JsonElement item in items)
            {
                item.WriteTo(writer);
            }

            writer.WriteEndArray();
        });
    }

    private bool IsValid(SchemaNode node, JsonElement value) => schema.IsValid(node, value, ref _steps);

    private static string Join(string name, string member) => name.Length == 0 ? JsonText.Cap(member) : $"{name}.{JsonText.Cap(member)}";

    private static string Sentence(string name, JsonElement before, JsonElement after) =>
        $"{(name.Length == 0 ? "The value" : $"'{name}'")} was {JsonText.Compact(before)} and became {JsonText.Compact(after)}.";

    private static JsonElement Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }
}
