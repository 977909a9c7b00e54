using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Schemas.Json;
using Bridge.Schemas.Shapes;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Exports;

/// <summary>Writes schemas as OpenAI's structured outputs take them.</summary>
/// <remarks>Source: the guide "Structured model outputs", section "Supported schemas"; each rule is named by its heading there.</remarks>
internal sealed class OpenAiWriter(GoalTable goals) : ProviderWriter(goals)
{
    /// <summary>"Supported string properties" lists these formats.</summary>
    private static readonly FrozenSet<string> s_formats =
        FrozenSet.Create("date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid");

    /// <inheritdoc/>
    public override string? CheckLimits(JsonObject schema) => OpenAiLimits.Check(schema);

    /// <summary>"Root objects must not be anyOf and must be an object".</summary>
    protected override JsonObject WriteRoot(Goal root)
    {
        // Bounds of numbers can all be said, though automata cannot follow some.
        Losses.Lost.RemoveAll(loss => loss.Keyword is "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum" or "multipleOf");
        RecordShape[] records = [.. root.Shapes.OfType<RecordShape>().Where(record => record.Members.All(member => !member.Required || HasValues(member.Goal)))];
        if (records is not [{ } only])
        {
            Refuse(records.Length == 0
                ? "The value is no object, and a strict schema describes one."
                : $"The value has {records.Length} alternatives, and a strict schema has none at its root.");
            return [];
        }

        if (root.Shapes.Length > 1)
        {
            Losses.Narrowed.Add(new SchemaLoss(root.Pointer, "type", "Only objects are written."));
        }

        return Describe(Write(root, only, new ProviderPlace("", 0)), root);
    }

    /// <inheritdoc/>
    protected override JsonObject Write(Goal goal, TextShape text)
    {
        JsonObject schema = OfType("string");
        string? pattern = text.Rule.Patterns.FirstOrDefault();
        string? format = text.Rule.Formats.FirstOrDefault(s_formats.Contains);
        if (pattern is not null)
        {
            schema["pattern"] = pattern;
        }

        if (format is not null)
        {
            schema["format"] = format;
        }

        Losses.LoseAll(
            goal, keyword => keyword is PatternKeyword other && other.Pattern.Source != pattern && text.Rule.Patterns.Contains(other.Pattern.Source) ? "pattern" : null,
            "A string may have one pattern.");
        Losses.LoseAll(
            goal, keyword => keyword is FormatKeyword other && other.Format.Name != format && text.Rule.Formats.Contains(other.Format.Name) ? "format" : null,
            $"A string may have one format, out of {string.Join(", ", s_formats.Order(StringComparer.Ordinal))}.");
        Losses.LoseAll(
            goal, keyword => keyword is SizeKeyword { Kinds: JsonKinds.String } size ? size.Name : null, "Lengths of strings are not among the supported properties.");
        return schema;
    }

    /// <inheritdoc/>
    protected override JsonObject Write(Goal goal, NumberShape number)
    {
        JsonObject schema = OfType(number.Range.Fraction == 0 ? "integer" : "number");
        Add(number.Range.AboveLow ? "exclusiveMinimum" : "minimum", number.Range.Low);
        Add(number.Range.BelowHigh ? "exclusiveMaximum" : "maximum", number.Range.High);
        ExactNumber[] divisors = [.. number.Divisors.Distinct()];
        if (divisors.Length > 0)
        {
            Add("multipleOf", divisors[0]);
        }

        if (divisors.Length > 1)
        {
            Losses.LoseAll(goal, keyword => keyword is MultipleOfKeyword other && !other.Divisor.Equals(divisors[0]) ? "multipleOf" : null, "A number may have one divisor.");
        }

        return schema;

        void Add(string keyword, ExactNumber? value)
        {
            if (value is { } known)
            {
                schema[keyword] = JsonNode.Parse(known.ToString());
            }
        }
    }

    /// <summary>"All fields must be required", "additionalProperties: false must always be set in objects"; null stands for what is absent.</summary>
    protected override JsonObject Write(Goal goal, RecordShape record, ProviderPlace place)
    {
        if (record.Others is not null)
        {
            // A tool whose schema says nothing of arguments takes none; a map as an argument is another matter.
            bool isSilent = goal == Root && record.Keywords.IsEmpty;
            if (record.Members.IsEmpty && !isSilent)
            {
                Refuse($"{place} may be an object with members of any name, and a strict schema names every member.");
            }

            Losses.Narrowed.Add(new SchemaLoss(goal.Pointer, "additionalProperties", "Only members that the schema names are written."));
        }

        var properties = new JsonObject();
        foreach (ShapeMember member in record.Members.Where(member => HasValues(member.Goal)))
        {
            JsonObject value = Of(member.Goal, place.Member(member.Name));
            properties[member.Name] = member.Required || AllowsNull(member.Goal) ? value : OrNull(value);
            if (!member.Required && AllowsNull(member.Goal) && !IsNullByDefault(member.Goal))
            {
                Losses.Narrowed.Add(new SchemaLoss(goal.Pointer, "required", $"'{member.Name}' is always written, for its null says more than that it is absent."));
            }
        }

        JsonObject schema = OfType("object");
        schema["properties"] = properties;
        schema["required"] = new JsonArray([.. properties.Select(property => (JsonNode)property.Key)]);
        schema["additionalProperties"] = false;
        return schema;
    }

    /// <inheritdoc/>
    protected override JsonObject Write(JsonElement constant, ProviderPlace place)
    {
        Refuse($"{place} may be a constant that is an array or an object; the supported types of an enum are not said to include them.");
        return [];
    }

    /// <inheritdoc/>
    protected override void WriteCounts(JsonObject schema, Goal goal, int min, int? max)
    {
        if (min > 0)
        {
            schema["minItems"] = min;
        }

        if (max is not null)
        {
            schema["maxItems"] = max;
        }
    }

    private static bool IsNullByDefault(Goal goal) => goal.Nodes.Any(node =>
        node.Source.ValueKind == JsonValueKind.Object && node.Source.TryGetProperty("default", out JsonElement value) && value.ValueKind == JsonValueKind.Null);
}
