using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Decoding;
using Bridge.Schemas.Signatures;
using Bridge.Tokens;

namespace Bridge.Linting;

/// <summary>Looks for what keeps models from calling a tool well.</summary>
public static class ToolLinter
{
    /// <summary>Looks at some tools.</summary>
    /// <param name="tools">The tools.</param>
    /// <returns>What was found about each, in their order, found as it is asked for.</returns>
    public static IEnumerable<LintedTool> Lint(IEnumerable<ToolDefinition> tools)
    {
        ArgumentNullException.ThrowIfNull(tools);
        var known = new Dictionary<(string Source, string Name), ToolDefinition>();
        foreach (ToolDefinition tool in tools)
        {
            ToolDefinition? twin = null;
            if (tool.Name is { } name && !known.TryAdd((tool.Source, name), tool))
            {
                twin = known[(tool.Source, name)];
            }

            yield return Lint(tool, twin);
        }
    }

    private static LintedTool Lint(ToolDefinition tool, ToolDefinition? twin)
    {
        var findings = new List<LintFinding>(NameRules.Check(tool, twin));
        findings.AddRange(DescriptionRules.Check(tool));
        if (tool.Quarantine is { } reason)
        {
            findings.Add(new LintFinding(LintLevel.Error, "tool-quarantined", null, $"The tool is kept away from models: {reason}", "Ask the server's author to mend it."));
        }

        var linted = new LintedTool(tool, []);
        if (tool.InputSchema is { } schema)
        {
            linted = linted with { Definition = Measure($"{tool.Name} {tool.Description} {JsonSerializer.Serialize(schema, LintJsonContext.Compact.JsonElement)}") };
            if (Compile(schema, findings) is { } compiled)
            {
                findings.AddRange(SchemaRules.Check(compiled));
                findings.AddRange(ParameterRules.Check(ToolParameter.Of(compiled), compiled));
                findings.AddRange(CheckDecoding(compiled));
                linted = linted with { Signature = Measure(ToolSignature.Write(tool.Name ?? "", tool.Description, compiled)) };
            }
        }
        else if (tool.Quarantine is null)
        {
            findings.Add(new LintFinding(
                LintLevel.Warning, "no-schema", null, "There is no input schema.",
                """Write one; a tool without parameters has {"type": "object", "additionalProperties": false}."""));
        }

        findings.AddRange(SizeRules.Check(linted));
        return linted with { Findings = [.. findings.OrderByDescending(finding => finding.Level)] };
    }

    private static CompiledSchema? Compile(JsonElement schema, List<LintFinding> findings)
    {
        try
        {
            return CompiledSchema.Compile(schema);
        }
        catch (InvalidSchemaException error)
        {
            findings.Add(new LintFinding(
                LintLevel.Error, "invalid-schema", error.Pointer, error.Message, "Mend the schema; a tool whose schema does not compile is not offered."));
            return null;
        }
    }

    private static ImmutableArray<LintFinding> CheckDecoding(CompiledSchema schema)
    {
        try
        {
            return
            [
                .. DecodingProgram.For(schema).CheckedAfter.Select(loss => new LintFinding(
                    LintLevel.Note, "checked-after-decoding", loss.Pointer, $"No decoder can hold a model to '{loss.Keyword}': {loss.Reason}",
                    "Nothing is wrong: Bridge checks it when the call is written, and asks again. Say it in the description, too.")),
            ];
        }
        catch (InvalidSchemaException error)
        {
            return [new LintFinding(LintLevel.Error, "unsatisfiable-schema", error.Pointer, error.Message, "Loosen the keywords that contradict each other.")];
        }
    }

    private static DefinitionSize Measure(string text) => new(text.Length, TextTokens.Estimate(text));
}
