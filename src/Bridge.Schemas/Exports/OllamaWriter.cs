using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Schemas.Automata;
using Bridge.Schemas.Json;
using Bridge.Schemas.Shapes;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Exports;

/// <summary>Writes schemas as llama.cpp turns them into grammars.</summary>
/// <remarks>Source: <c>common/json-schema-to-grammar.cpp</c> and <c>grammars/README.md</c> of <c>ggml-org/llama.cpp</c>.</remarks>
internal sealed class OllamaWriter(GoalTable goals) : ProviderWriter(goals)
{
    /// <summary>Whole numbers get no more digits than this.</summary>
    private const int MaxDigits = 15;

    private const long Greatest = 999_999_999_999_999;

    /// <inheritdoc/>
    public override string? CheckLimits(JsonObject schema) => null;

    /// <summary>Patterns are written anew, from what the automaton accepts: llama.cpp refuses most that people write.</summary>
    protected override JsonObject Write(Goal goal, TextShape text)
    {
        JsonObject schema = OfType("string");
        (int min, int? max) = (text.Rule.Min, text.Rule.Max);
        CodePointDfa characters = text.Machine.Characters;
        if (ReferenceEquals(characters, CodePointDfa.All))
        {
            WriteLengths(schema, goal, min, max);
            return schema;
        }

        CodePointDfa? whole = TextLengths.Within(characters, min, max);
        string? pattern = whole is null ? null : PatternWriter.Write(whole, out bool isNarrowed) is { } all ? Note(all, isNarrowed) : null;
        if (pattern is null && PatternWriter.Write(characters, out isNarrowed) is { } loose)
        {
            pattern = Note(loose, isNarrowed);
            Losses.LoseAll(goal, keyword => keyword is SizeKeyword { Kinds: JsonKinds.String } size ? size.Name : null, "llama.cpp does not count characters beside a pattern.");
        }

        if (pattern is { Length: > 0 })
        {
            schema["pattern"] = $"^{pattern}$";
        }
        else if (pattern is not null)
        {
            schema["enum"] = new JsonArray("");
        }
        else
        {
            Losses.LoseAll(
                goal, keyword => keyword is PatternKeyword ? "pattern" : keyword is FormatKeyword ? "format" : null, "llama.cpp knows no expression for it that is short enough.");
            WriteLengths(schema, goal, min, max);
        }

        return schema;

        string Note(string written, bool isNarrowed)
        {
            if (isNarrowed)
            {
                Losses.Narrowed.Add(new SchemaLoss(goal.Pointer, "pattern", "Characters that JSON escapes are not written."));
            }

            return written;
        }
    }

    /// <summary>Bounds hold "only for type integer", and divisors not at all.</summary>
    protected override JsonObject Write(Goal goal, NumberShape number)
    {
        Losses.LoseAll(
            goal, keyword => keyword is MultipleOfKeyword multiple && multiple.Divisor.CompareTo(s_one) != 0 ? "multipleOf" : null, "llama.cpp knows no divisors.");
        if (number.Range.Fraction != 0)
        {
            Losses.LoseAll(goal, keyword => (keyword as BoundKeyword)?.Name, "llama.cpp bounds whole numbers only.");
            return OfType("number");
        }

        JsonObject schema = OfType("integer");
        long? low = Whole(number.Range.Low, number.Range.AboveLow, up: true);
        long? high = Whole(number.Range.High, number.Range.BelowHigh, up: false);
        Losses.LoseAll(
            goal, keyword => keyword is BoundKeyword bound && (bound.IsLower ? low : high) is null ? bound.Name : null,
            $"llama.cpp writes whole numbers with {MaxDigits} digits at most.");

        // Alone, an upper bound below zero lets llama.cpp write zeros in front.
        if (low is null && high < 0)
        {
            low = -Greatest;
        }

        if (low is not null)
        {
            schema["minimum"] = low;
        }

        if (high is not null)
        {
            schema["maximum"] = high;
        }

        return schema;
    }

    /// <inheritdoc/>
    protected override JsonObject Write(Goal goal, RecordShape record, ProviderPlace place)
    {
        JsonObject schema = OfType("object");
        var properties = new JsonObject();
        foreach (ShapeMember member in record.Members.Where(member => HasValues(member.Goal)))
        {
            if (member.Name is "$ref" or "$defs")
            {
                Refuse($"{place} may have a member named '{member.Name}', which llama.cpp takes for the keyword.");
            }

            properties[member.Name] = Of(member.Goal, place.Member(member.Name));
        }

        bool isFree = properties.Count == 0 && record.Others is { Nodes.IsEmpty: true };
        if (!isFree)
        {
            schema["properties"] = properties;
            schema["required"] = new JsonArray([.. record.Members.Where(member => member.Required).Select(member => (JsonNode)member.Name)]);
            schema["additionalProperties"] = Others(goal, record, properties, place);
        }

        if (isFree || schema["additionalProperties"]!.GetValueKind() != JsonValueKind.False)
        {
            Losses.Lost.Add(new SchemaLoss(goal.Pointer, "additionalProperties", "Nothing keeps members that the schema does not name from having the same name, or one that it refuses."));
        }

        return schema;
    }

    /// <inheritdoc/>
    protected override JsonObject Write(JsonElement constant, ProviderPlace place)
    {
        if (constant.GetRawText() is { } text && (text.Contains("$ref", StringComparison.Ordinal) || text.Contains("$defs", StringComparison.Ordinal)))
        {
            Refuse($"{place} may be a constant with '$ref' or '$defs' in it, which llama.cpp takes for the keyword.");
        }

        return new JsonObject { ["enum"] = new JsonArray(JsonNode.Parse(constant.GetRawText())) };
    }

    /// <inheritdoc/>
    protected override void WriteCounts(JsonObject schema, Goal goal, int min, int? max) =>
        WriteSizes(schema, goal, ("minItems", min), ("maxItems", max));

    private static readonly ExactNumber s_one = ExactNumber.Parse("1"u8);

    private void WriteLengths(JsonObject schema, Goal goal, int min, int? max) => WriteSizes(schema, goal, ("minLength", min), ("maxLength", max));

    private void WriteSizes(JsonObject schema, Goal goal, (string Keyword, int Value) min, (string Keyword, int? Value) max)
    {
        if (min.Value > 0)
        {
            schema[min.Keyword] = Math.Min(min.Value, GbnfSpelling.MaxRepeats);
        }

        if (min.Value > GbnfSpelling.MaxRepeats)
        {
            Losses.LoseSize(goal, min.Keyword, $"llama.cpp repeats at most {GbnfSpelling.MaxRepeats} times.");
        }

        if (max.Value <= GbnfSpelling.MaxRepeats)
        {
            schema[max.Keyword] = max.Value;
        }
        else if (max.Value is not null)
        {
            Losses.LoseSize(goal, max.Keyword, $"llama.cpp repeats at most {GbnfSpelling.MaxRepeats} times; beyond, nothing is counted.");
        }
    }

    /// <summary>What members may be that the schema does not name; llama.cpp keeps their names from those it does name letter by letter, unescaped.</summary>
    private JsonNode Others(Goal goal, RecordShape record, JsonObject properties, ProviderPlace place)
    {
        if (record.Others is not { } others || !HasValues(others))
        {
            return false;
        }

        if (properties.Any(property => property.Key.Length == 0 || !property.Key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')))
        {
            Losses.Narrowed.Add(new SchemaLoss(goal.Pointer, "additionalProperties", "Only members that the schema names are written."));
            return false;
        }

        return others.Nodes.IsEmpty ? true : Of(others, place.Member("*"));
    }

    /// <summary>The nearest whole number within a bound; <see langword="null"/> when there is no bound, or one too far out.</summary>
    private static long? Whole(ExactNumber? bound, bool isExclusive, bool up)
    {
        if (bound is not { } number)
        {
            return null;
        }

        (string integer, string fraction) = number.ToDecimal(MagnitudeBound.MaxDigits);
        if (integer.Length > MaxDigits)
        {
            return null;
        }

        long toZero = long.Parse(integer, CultureInfo.InvariantCulture) * (number.Sign < 0 ? -1 : 1);
        int step = up ? 1 : -1;
        return fraction.Length == 0
            ? toZero + (isExclusive ? step : 0)
            : toZero + (number.Sign == step ? step : 0);
    }
}
