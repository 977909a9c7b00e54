using Bridge.Llama.Jinja;

namespace Bridge.Llama.Templates;

/// <summary>Schemas that say all that templates ask for: some fail, or never end, where a property has no type or no description.</summary>
internal static class CompleteSchema
{
    private static readonly TextValue s_type = TextValue.Own("type");
    private static readonly TextValue s_description = TextValue.Own("description");
    private static readonly TextValue s_properties = TextValue.Own("properties");
    private static readonly TextValue s_items = TextValue.Own("items");

    /// <summary>The schema of a tool's arguments, completed.</summary>
    public static TemplateValue Of(TemplateValue schema)
    {
        var map = schema as MapValue ?? new MapValue(TextOrigin.Data);
        map.Set(s_type, TextValue.Data("object"));
        if (map.Get(s_properties) is not MapValue)
        {
            map.Set(s_properties, new MapValue(TextOrigin.Data));
        }

        CompleteProperties(map);
        return map;
    }

    private static void CompleteProperties(MapValue schema)
    {
        if (schema.Get(s_properties) is not MapValue properties)
        {
            return;
        }

        foreach ((TemplateValue name, TemplateValue property) in properties.Entries.ToArray())
        {
            properties.Set(name, Complete(property));
        }
    }

    private static MapValue Complete(TemplateValue schema)
    {
        var map = schema as MapValue ?? new MapValue(TextOrigin.Data); // true and false are schemas too
        if (map.Get(s_type) is not TextValue)
        {
            map.Set(s_type, map.Get(s_type) is ListValue { All: [TextValue first, ..] } ? first : TextValue.Data("string"));
        }

        if (map.Get(s_description) is null)
        {
            map.Set(s_description, TextValue.Data(""));
        }

        if (map.Get(s_type) is TextValue { Value: "array" } || map.Get(s_items) is not null)
        {
            map.Set(s_items, Complete(map.Get(s_items) ?? NullValue.Instance));
        }

        CompleteProperties(map);
        return map;
    }
}
