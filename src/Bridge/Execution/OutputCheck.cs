using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Validation;
using Bridge.Tools;
using Microsoft.Extensions.AI;

namespace Bridge.Execution;

/// <summary>Says so, in the text a model reads, when a result breaks its tool's own word, and leaves a prompt one form of it.</summary>
internal static class OutputCheck
{
    private const int MostErrors = 5;
    private static readonly ConditionalWeakTable<Tool, OutputSchema> s_schemas = [];

    /// <summary>Flags a result that breaks its tool's own word; errors owe no structure.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="result">Its result.</param>
    /// <param name="forPrompt">Whether a model reads it: then of text and structure one is left, the structure where the tool declares it and keeps to it.</param>
    /// <returns>The same instance when there is nothing to say or to leave out.</returns>
    public static ToolResult Flag(Tool tool, ToolResult result, bool forPrompt)
    {
        if (result.IsError)
        {
            return result;
        }

        CompiledSchema? schema = tool.OutputSchema is null ? null : s_schemas.GetValue(tool, Compile).Compiled;
        if (result.Structured is not { } structured)
        {
            return schema is null ? result : Note(result, ResultFlaw.StructureMissing, $"[Note by Bridge: the tool '{tool.Id}' declares a structured result and gave none.]");
        }

        if (schema?.Validate(structured) is { IsEmpty: false } errors)
        {
            return Note(result, ResultFlaw.StructureInvalid, Describe(tool, errors));
        }

        FormMatch match = ResultForms.Compare(result, structured);
        ToolResult shown = forPrompt && schema is not null && match is FormMatch.Part or FormMatch.Differ ? WithoutTexts(result, structured) : result;
        return match == FormMatch.Differ ? Note(shown, ResultFlaw.FormsDiffer, Describe(tool, forPrompt, schema is not null)) : shown;
    }

    private static ToolResult WithoutTexts(ToolResult result, JsonElement structured) =>
        result with { Content = [new TextContent(structured.GetRawText()), .. result.Content.Where(block => !ResultForms.IsText(block))] };

    private static string Describe(Tool tool, bool forPrompt, bool declared)
    {
        string shown = !forPrompt ? "" : declared ? " This is the structured one, which it declares." : " This is the text, because it declares no structure.";
        return $"[Note by Bridge: the text and the structured result of the tool '{tool.Id}' say different things.{shown}]";
    }

    private static string Describe(Tool tool, ImmutableArray<ValidationError> errors)
    {
        string shown = string.Join(' ', errors.Take(MostErrors).Select(error => error.Message));
        string more = errors.Length > MostErrors ? $" There are {errors.Length - MostErrors} more errors." : "";
        return $"[Note by Bridge: the result does not fit the schema that the tool '{tool.Id}' declares for it. {shown}{more}]";
    }

    /// <summary>Where the structure was the whole text, it is written out first: a note alone would hide it.</summary>
    private static ToolResult Note(ToolResult result, ResultFlaw flaw, string note)
    {
        bool bare = result.Content.IsEmpty && result.Structured is not null;
        ImmutableArray<AIContent> content = bare ? [new TextContent(result.Structured!.Value.GetRawText())] : result.Content;
        return result with { Content = content.Add(new TextContent(note)), Flaw = flaw };
    }

    private static OutputSchema Compile(Tool tool)
    {
        try
        {
            return new OutputSchema(CompiledSchema.Compile(tool.OutputSchema!.Value));
        }
        catch (InvalidSchemaException)
        {
            // A broken promise of structure binds nobody; the input schema is what keeps a tool from being offered.
            return new OutputSchema(null);
        }
    }

    private sealed record OutputSchema(CompiledSchema? Compiled);
}
