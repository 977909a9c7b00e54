using System.Collections.Immutable;
using System.Text.Json;

namespace Bridge.Schemas.Signatures;

/// <summary>Writes parameters as JSON Schema (2020-12).</summary>
/// <param name="json">Where to.</param>
internal sealed class ParameterWriter(Utf8JsonWriter json)
{
    public void WriteArguments(ImmutableArray<ToolParameter> parameters)
    {
        json.WriteStartObject();
        json.WriteString("type", "object");
        WriteMembers(parameters, others: [], isClosed: true);
        json.WriteEndObject();
    }

    /// <param name="parameter">What to write.</param>
    /// <param name="isOpen">Whether members it does not know are declared elsewhere.</param>
    private void Write(ToolParameter parameter, bool isOpen = false)
    {
        if (parameter.Repeats is not null || parameter.IsCut)
        {
            throw new ArgumentException(
                $"The parameter '{parameter.Name}' comes from a schema that contains itself or is too big, and is not whole; declare it without.");
        }

        json.WriteStartObject();
        WriteType(parameter);
        WriteText("description", parameter.Description.Length == 0 ? null : parameter.Description);
        WriteValues(parameter);
        WriteText("format", parameter.Format);
        WriteText("pattern", parameter.Pattern);
        WriteBounds(parameter.Bounds);
        bool array = parameter.Types.Contains(ParameterType.Array) || parameter.Type == ParameterType.Array;
        WriteCount(array ? "minItems" : "minLength", parameter.MinLength);
        WriteCount(array ? "maxItems" : "maxLength", parameter.MaxLength);
        WriteItems(parameter);
        if (!parameter.Properties.IsEmpty || !parameter.Others.IsEmpty)
        {
            bool isClosed = !isOpen && parameter.Others.IsEmpty && parameter.Alternatives.IsEmpty && parameter.Types is [ParameterType.Object];
            WriteMembers(parameter.Properties, parameter.Others, isClosed);
        }

        WriteAlternatives(parameter);
        WriteList("allOf", parameter.Conditions);
        WriteList("examples", parameter.Examples);
        if (parameter.Default is { } fallback)
        {
            json.WritePropertyName("default");
            fallback.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private void WriteType(ToolParameter parameter)
    {
        ImmutableArray<ParameterType> types = parameter.Types.IsEmpty && parameter.Type != ParameterType.Any ? [parameter.Type] : parameter.Types;
        bool toldByAlternatives = !parameter.Alternatives.IsEmpty && parameter.Alternatives.All(branch => !branch.Types.IsEmpty);
        if (types.IsEmpty || toldByAlternatives)
        {
            return;
        }

        string[] names = [.. types.Select(ParameterTypes.NameOf), .. parameter.Nullable ? (string[])["null"] : []];
        json.WritePropertyName("type");
        if (names.Length == 1)
        {
            json.WriteStringValue(names[0]);
            return;
        }

        json.WriteStartArray();
        foreach (string name in names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }

    private void WriteValues(ToolParameter parameter)
    {
        bool toldByAlternatives = !parameter.Alternatives.IsEmpty && parameter.Alternatives.All(branch => !branch.Values.IsEmpty);
        if (!toldByAlternatives)
        {
            WriteList("enum", parameter is { Nullable: true, Values.IsEmpty: false } ? parameter.Values.Add(JsonElement.Parse("null")) : parameter.Values);
        }
    }

    private void WriteBounds(NumberBounds bounds)
    {
        WriteNumber(bounds.MinimumExclusive ? "exclusiveMinimum" : "minimum", bounds.Minimum);
        WriteNumber(bounds.MaximumExclusive ? "exclusiveMaximum" : "maximum", bounds.Maximum);
        WriteNumber("multipleOf", bounds.MultipleOf);
    }

    private void WriteItems(ToolParameter parameter)
    {
        if (parameter.Unique)
        {
            json.WriteBoolean("uniqueItems", true);
        }

        if (!parameter.Prefix.IsEmpty)
        {
            WriteSchemas("prefixItems", parameter.Prefix, withNull: false, areOpen: false);
        }

        if (parameter.Item is { } item)
        {
            json.WritePropertyName("items");
            Write(item);
        }
        else if (!parameter.Prefix.IsEmpty)
        {
            json.WriteBoolean("items", false);
        }
    }

    private void WriteMembers(ImmutableArray<ToolParameter> members, ImmutableArray<ToolParameter> others, bool isClosed)
    {
        json.WriteStartObject("properties");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (ToolParameter member in members)
        {
            if (!names.Add(member.Name))
            {
                throw new ArgumentException($"The parameter '{member.Name}' is declared twice; each name may stand once.");
            }

            json.WritePropertyName(member.Name);
            Write(member);
        }

        json.WriteEndObject();
        WriteRequired(members);
        WriteOthers(others, isClosed);
    }

    private void WriteRequired(ImmutableArray<ToolParameter> members)
    {
        if (!members.Any(member => member.Required))
        {
            return;
        }

        json.WriteStartArray("required");
        foreach (ToolParameter member in members.Where(member => member.Required))
        {
            json.WriteStringValue(member.Name);
        }

        json.WriteEndArray();
    }

    private void WriteOthers(ImmutableArray<ToolParameter> others, bool isClosed)
    {
        ToolParameter[] patterns = [.. others.Where(other => other.Name.Length > 0)];
        if (patterns.Length > 0)
        {
            json.WriteStartObject("patternProperties");
            foreach (ToolParameter other in patterns)
            {
                json.WritePropertyName(other.Name);
                Write(other);
            }

            json.WriteEndObject();
        }

        if (others.FirstOrDefault(other => other.Name.Length == 0) is { } any)
        {
            json.WritePropertyName("additionalProperties");
            Write(any);
        }
        else if (isClosed || patterns.Length > 0)
        {
            json.WriteBoolean("additionalProperties", false);
        }
    }

    private void WriteAlternatives(ToolParameter parameter)
    {
        if (!parameter.Alternatives.IsEmpty)
        {
            WriteSchemas(
                "anyOf", parameter.Alternatives, withNull: parameter.Nullable, areOpen: !parameter.Properties.IsEmpty || !parameter.Others.IsEmpty);
        }
    }

    private void WriteSchemas(string keyword, ImmutableArray<ToolParameter> parts, bool withNull, bool areOpen)
    {
        json.WriteStartArray(keyword);
        foreach (ToolParameter part in parts)
        {
            Write(part, areOpen);
        }

        if (withNull)
        {
            json.WriteStartObject();
            json.WriteString("type", "null");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteList(string keyword, ImmutableArray<JsonElement> values)
    {
        if (values.IsEmpty)
        {
            return;
        }

        json.WriteStartArray(keyword);
        foreach (JsonElement value in values)
        {
            value.WriteTo(json);
        }

        json.WriteEndArray();
    }

    private void WriteText(string keyword, string? text)
    {
        if (text is not null)
        {
            json.WriteString(keyword, text);
        }
    }

    private void WriteNumber(string keyword, double? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(keyword, value);
        }
    }

    private void WriteCount(string keyword, int? count)
    {
        if (count is { } value)
        {
            json.WriteNumber(keyword, value);
        }
    }
}
