using System.Collections.Immutable;
using Bridge.Llama.Jinja;

namespace Bridge.Llama.Templates;

/// <summary>What a chat template can render, and the form in which calls are decoded with it.</summary>
/// <param name="Renders">What it has a place for, in words.</param>
/// <param name="Lacks">What it has no place for, and is written otherwise.</param>
/// <param name="CallForm">One call, with marks for what differs from call to call.</param>
/// <param name="CallFormName">What the form is: the template's own, or the one that stands in for it.</param>
/// <param name="IsOwnCallForm">Whether the template itself writes calls this way.</param>
public sealed record TemplateReport(
    ImmutableArray<string> Renders, ImmutableArray<string> Lacks, string CallForm, string CallFormName, bool IsOwnCallForm)
{
    /// <summary>Why the template cannot be used; <see langword="null"/> when it can.</summary>
    public string? Problem { get; init; }

    /// <summary>Tries a template.</summary>
    /// <param name="template">The template; <see langword="null"/> for a model without one.</param>
    public static TemplateReport Of(string? template)
    {
        try
        {
            // What the tokens are is in the vocabulary; here their usual texts do.
            var chat = ChatTemplate.Parse(template ?? ChatTemplate.ForModelsWithoutOne, new ControlTexts("<s>", "</s>"));
            ILookup<bool, string> abilities = Abilities(chat.Capabilities).ToLookup(ability => ability.Has, ability => ability.Name);
            return new TemplateReport([.. abilities[true]], [.. abilities[false]], chat.Calls.ToString(), chat.Calls.Name, chat.Calls.IsOwn);
        }
        catch (TemplateException error)
        {
            return new TemplateReport([], [], "", "none", IsOwnCallForm: false) { Problem = error.Message };
        }
    }

    private static IEnumerable<(string Name, bool Has)> Abilities(TemplateCapabilities has) =>
    [
        ("system messages", has.System),
        ("tools", has.Tools),
        ("calls", has.ToolCalls),
        ("several calls at once", has.ParallelCalls),
        ("results", has.ToolResults),
        ("thinking", has.Thinking),
    ];
}
