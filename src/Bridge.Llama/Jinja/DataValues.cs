using System.Text.Json;

namespace Bridge.Llama.Jinja;

/// <summary>JSON from outside as values of a template, its texts marked as data.</summary>
internal static class DataValues
{
    /// <summary>The value of a JSON value.</summary>
    /// <exception cref="TemplateException">It has more levels than are allowed.</exception>
    public static TemplateValue Of(JsonElement json) => Of(json, 1);

    private static TemplateValue Of(JsonElement json, int depth)
    {
        if (depth > TemplateLimits.Default.MaxValueDepth)
        {
            throw new TemplateException($"A message or a tool has more levels of lists and maps within one another than {TemplateLimits.Default.MaxValueDepth}.")
            {
                Limit = nameof(TemplateLimits.MaxValueDepth),
            };
        }

        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                return TextValue.Data(json.GetString()!);
            case JsonValueKind.True or JsonValueKind.False:
                return BooleanValue.Of(json.ValueKind == JsonValueKind.True);
            case JsonValueKind.Number:
                return NumberOf(json);
            case JsonValueKind.Array:
                return new ListValue([.. json.EnumerateArray().Select(item => Of(item, depth + 1))], TextOrigin.Data);
            case JsonValueKind.Object:
                var map = new MapValue(TextOrigin.Data);
                foreach (JsonProperty property in json.EnumerateObject())
                {
                    map.Set(TextValue.Data(property.Name), Of(property.Value, depth + 1));
                }

                return map;
            default:
                return NullValue.Instance;
        }
    }

    // An integer too great for 64 bits keeps its digits.
    private static TemplateValue NumberOf(JsonElement json)
    {
        if (json.TryGetInt64(out long integer))
        {
            return IntegerValue.Of(integer);
        }

        string digits = json.GetRawText();
        return new FloatValue(json.GetDouble(), digits.AsSpan().IndexOfAny('.', 'e', 'E') < 0 ? digits : null);
    }
}
