using System.Collections.Immutable;
using Bridge.Schemas.Decoding;

namespace Bridge.Llama.Templates;

/// <summary>The forms of families whose templates do not show them, or show one that is no JSON.</summary>
internal static class KnownCallForms
{
    /// <summary>The form of Hermes, which most open models have seen.</summary>
    public static CallForm Hermes { get; } = new()
    {
        Name = "Hermes",
        Opening = "<tool_call>\n",
        Call = Json("name", "arguments"),
        Separator = "\n</tool_call>\n<tool_call>\n",
        Closing = "\n</tool_call>",
    };

    private static readonly (string Sign, CallForm Form)[] s_bySign =
    [
        ("<|tool_call|>", new CallForm { Name = "Granite", Opening = "<|tool_call|>[", Call = Json("name", "arguments"), Separator = ", ", Closing = "]" }),
        ("<|tool_list_start|>", Lfm()),
        ("List of tools: [", Lfm()),
    ];

    /// <summary>The form of a template that tells of tools but writes no calls, by what it tells.</summary>
    /// <param name="prompt">A prompt with tools.</param>
    public static CallForm BySigns(string prompt) =>
        s_bySign.FirstOrDefault(known => prompt.Contains(known.Sign, StringComparison.Ordinal)).Form ?? Hermes;

    // As the template of LFM2.5 shows it.
    private static CallForm Lfm()
    {
        var value = new MemberValue("=", "", ValueNotation.Python);
        var form = new MemberForm
        {
            Open = "",
            Separator = ", ",
            String = value,
            Number = value,
            Boolean = value,
            Null = value,
            Array = value,
            Object = value with { Notation = ValueNotation.Json },
        };
        return new CallForm
        {
            Name = "LFM",
            Opening = "<|tool_call_start|>[",
            Call = [new CallPiece.ToolName(), new CallPiece.Literal("("), new CallPiece.Members(form), new CallPiece.Literal(")")],
            Separator = ", ",
            Closing = "]<|tool_call_end|>",
        };
    }

    private static ImmutableArray<CallPiece> Json(string name, string arguments) =>
    [
        new CallPiece.Literal("{\"" + name + "\": \""),
        new CallPiece.ToolName(),
        new CallPiece.Literal("\", \"" + arguments + "\": "),
        new CallPiece.Arguments(),
        new CallPiece.Literal("}"),
    ];
}
