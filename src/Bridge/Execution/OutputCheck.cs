using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Validation;
using Bridge.Tools;
using Microsoft.Extensions.AI;

namespace Bridge.Execution;

/// <summary>Says so, in the text a model reads, when a structured result breaks the schema its tool declares.</summary>
internal static class OutputCheck
{
    private const int MostErrors = 5;
    private static readonly ConditionalWeakTable<Tool, OutputSchema> s_schemas = [];

    /// <summary>Flags a result that breaks its tool's own word; errors owe no structure.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="result">Its result.</param>
    /// <returns>The same instance when there is nothing to say.</returns>
    public static ToolResult Flag(Tool tool, ToolResult result)
    {
        if (tool.OutputSchema is null || result.IsError || s_schemas.GetValue(tool, Compile).Compiled is not { } schema)
        {
            return result;
        }

        if (result.Structured is not { } structured)
        {
            return Note(result, $"[Note by Bridge: the tool '{tool.Id}' declares a structured result and gave none.]");
        }

        ImmutableArray<ValidationError> errors = schema.Validate(structured);
        return errors.IsEmpty ? result : Note(result, Describe(tool, errors));
    }

    private static string Describe(Tool tool, ImmutableArray<ValidationError> errors)
    {
        string shown = string.Join(' ', errors.Take(MostErrors).Select(error => error.Message));
        string more = errors.Length > MostErrors ? $" There are {errors.Length - MostErrors} more errors." : "";
        return $"[Note by Bridge: the result does not fit the schema that the tool '{tool.Id}' declares for it. {shown}{more}]";
    }

    /// <summary>Where the structure was the whole text, it is written out first: a note alone would hide it.</summary>
    private static ToolResult Note(ToolResult result, string note)
    {
        bool bare = result.Content.IsEmpty && result.Structured is not null;
        ImmutableArray<AIContent> content = bare ? [new TextContent(result.Structured!.Value.GetRawText())] : result.Content;
        return result with { Content = content.Add(new TextContent(note)) };
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
