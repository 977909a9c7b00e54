using System.Collections.Immutable;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Signatures;

namespace Bridge.ChatCalling;

/// <summary>The arguments of a tool in one line: <c>(city: string, unit?: "C"|"F")</c>.</summary>
internal static class ToolSignature
{
    private const int MaxChoices = 12;

    public static string Of(CompiledSchema schema) => $"({Members(ToolParameter.List(schema))})";

    private static string Members(ImmutableArray<ToolParameter> parameters) => string.Join(", ", parameters.Select(parameter =>
        $"{parameter.Name}{(parameter.Required ? "" : "?")}: {Type(parameter)}"));

    private static string Type(ToolParameter parameter)
    {
        if (!parameter.Enum.IsEmpty)
        {
            string choices = string.Join('|', parameter.Enum.Take(MaxChoices).Select(choice => choice.GetRawText()));
            return parameter.Enum.Length > MaxChoices ? $"{choices}|…" : choices;
        }

        string name = parameter.Types.Length > 1
            ? string.Join('|', parameter.Types.Select(Name))
            : parameter.Type switch
            {
                ParameterType.Object when !parameter.Properties.IsEmpty => $"{{{Members(parameter.Properties)}}}",
                ParameterType.Array when parameter.Item is { } item => $"{Type(item)}[]",
                var type => Name(type),
            };
        return parameter.Format is { } format ? $"{name}<{format}>" : name;
    }

    private static string Name(ParameterType type) => type switch
    {
        ParameterType.String => "string",
        ParameterType.Integer => "integer",
        ParameterType.Number => "number",
        ParameterType.Boolean => "boolean",
        ParameterType.Array => "array",
        ParameterType.Object => "object",
        _ => "any",
    };
}
