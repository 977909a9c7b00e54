using System.Text.Json;
using Bridge.Tools;

namespace Bridge.Shortlisting;

/// <summary>The parts of a tool's definition that are searched.</summary>
internal enum ToolField
{
    Name,
    Title,
    Description,
    ParameterName,
    ParameterDescription,
    EnumValue,
    Source,
}

/// <summary>Walks the searchable text of a tool. Bounded, so that a bloated definition costs no more than a plain one.</summary>
internal static class ToolText
{
    private const int MaxDepth = 3;
    private const int MaxParameters = 64;
    private const int MaxEnumValues = 32;

    /// <summary>Hands every text of a tool's definition to a receiver, with the field it stands in.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="receive">The receiver.</param>
    public static void Visit(Tool tool, Action<ToolField, string> receive)
    {
        receive(ToolField.Name, tool.Id.Name);
        receive(ToolField.Title, tool.Title ?? "");
        receive(ToolField.Description, tool.Description);
        VisitSchema(tool.InputSchema, receive, 0);
    }

    private static void VisitSchema(JsonElement schema, Action<ToolField, string> receive, int depth)
    {
        if (depth == MaxDepth || schema.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (schema.TryGetProperty("properties", out JsonElement properties) && properties.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in properties.EnumerateObject().Take(MaxParameters))
            {
                receive(ToolField.ParameterName, property.Name);
                VisitParameter(property.Value, receive);
                VisitSchema(property.Value, receive, depth + 1);
            }
        }

        if (schema.TryGetProperty("items", out JsonElement items))
        {
            VisitParameter(items, receive);
            VisitSchema(items, receive, depth + 1);
        }
    }

    private static void VisitParameter(JsonElement parameter, Action<ToolField, string> receive)
    {
        if (parameter.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        if (parameter.TryGetProperty("description", out JsonElement description) && description.ValueKind == JsonValueKind.String)
        {
            receive(ToolField.ParameterDescription, description.GetString()!);
        }

        if (parameter.TryGetProperty("enum", out JsonElement values) && values.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement value in values.EnumerateArray().Take(MaxEnumValues).Where(value => value.ValueKind == JsonValueKind.String))
            {
                receive(ToolField.EnumValue, value.GetString()!);
            }
        }
    }
}
