using System.Text.Json;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Signatures;

namespace Bridge.Linting;

/// <summary>What is wrong with the parameters of a tool, as a model sees them.</summary>
internal static class ParameterRules
{
    public static IEnumerable<LintFinding> Check(ToolParameter arguments, CompiledSchema schema)
    {
        bool takesObjects = arguments.Types.IsEmpty || arguments.Types.Contains(ParameterType.Object);
        if (!takesObjects)
        {
            yield return new LintFinding(
                LintLevel.Error, "not-an-object", "", "Arguments are always an object, but the schema allows none.", """Write "type": "object" at the root.""");
        }
        else if (schema.Source.ValueKind == JsonValueKind.Object && !schema.Source.TryGetProperty("type", out _))
        {
            yield return new LintFinding(
                LintLevel.Warning, "root-without-type", "", "The schema does not say that arguments are an object; MCP and several model APIs demand it.",
                """Write "type": "object" at the root.""");
        }

        if (arguments.IsCut || AllParts(arguments).Any(part => part.IsCut))
        {
            yield return new LintFinding(
                LintLevel.Warning, "schema-unfolds-endlessly", "", "By its references, the schema unfolds into more parts than a model can be shown.", "Describe deep parts as free objects.");
        }

        foreach (LintFinding finding in AllParts(arguments).SelectMany(Check))
        {
            yield return finding;
        }
    }

    private static IEnumerable<LintFinding> Check(ToolParameter parameter)
    {
        string said = parameter.Name.Length == 0 ? "The items are" : $"The parameter '{parameter.Name}' is";
        if (parameter.Repeats is not null)
        {
            yield return new LintFinding(
                LintLevel.Note, "recursive-parameter", parameter.Pointer, $"{said} of the same shape as what it stands in; some model APIs refuse recursive schemas.",
                "Bound the depth, if it is bounded.");
            yield break;
        }

        bool isUntyped = parameter.Types.IsEmpty && parameter.Values.IsEmpty && parameter.Alternatives.IsEmpty && parameter.Pointer.Length > 0;
        if (isUntyped)
        {
            yield return new LintFinding(
                LintLevel.Warning, "untyped-parameter", parameter.Pointer, $"{said} without a type: a model may write anything.", "Say its 'type', or its values by 'enum'.");
        }

        if (parameter.Name.Length > 0 && parameter.Pointer.Length > 0 && Letters(parameter.Description).SequenceEqual(parameter.Description.Length == 0 ? [] : Letters(parameter.Name)))
        {
            yield return new LintFinding(
                LintLevel.Note, "undescribed-parameter", parameter.Pointer, $"{said} not described.", "Say what it is, unless its name says all.");
        }

        if (parameter.Description.Length > DescriptionRules.MaxLength)
        {
            yield return new LintFinding(
                LintLevel.Note, "long-parameter-description", parameter.Pointer,
                $"The description of '{parameter.Name}' has {parameter.Description.Length} characters.", "Keep to what a caller must know.");
        }

        if (InvisibleText.Find(parameter.Description, isName: false) is { } invisible)
        {
            yield return new LintFinding(
                LintLevel.Error, "invisible-character", parameter.Pointer, $"The description of '{parameter.Name}' holds {invisible}, which people do not see but models read.",
                "Take it out; hidden text is how tools are made to mislead models.");
        }
    }

    // "Max Results" says no more than "max_results".
    private static IEnumerable<char> Letters(string text) => text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant);

    // Alternatives refine what they stand in; what they leave out is no fault.
    private static IEnumerable<ToolParameter> AllParts(ToolParameter owner) =>
        owner.Properties.Concat(owner.Others.Where(other => other.Name.Length > 0)).Concat(owner.Prefix).Concat(owner.Item is { } item ? [item] : [])
            .SelectMany(part => AllParts(part).Prepend(part));
}
