using System.Collections.Immutable;

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

    private static CallForm Lfm() => new()
    {
        Name = "LFM, as JSON",
        Opening = "<|tool_call_start|>[",
        Call = Json("name", "arguments"),
        Separator = ", ",
        Closing = "]<|tool_call_end|>",
    };

    private static ImmutableArray<CallPiece> Json(string name, string arguments) =>
    [
        new CallPiece.Literal("{\"" + name + "\": \""),
        new CallPiece.ToolName(),
        new CallPiece.Literal("\", \"" + arguments + "\": "),
        new CallPiece.Arguments(),
        new CallPiece.Literal("}"),
    ];
}
