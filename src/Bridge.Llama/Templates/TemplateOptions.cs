using System.Text.Json;

namespace Bridge.Llama.Templates;

/// <summary>How a conversation is rendered.</summary>
internal sealed record TemplateOptions
{
    /// <summary>Whether the prompt ends where the model's answer begins. The default is true.</summary>
    public bool AddGenerationPrompt { get; init; } = true;

    /// <summary>Whether the model thinks first, for templates that let one choose; <see langword="null"/> leaves it to the template.</summary>
    public bool? EnableThinking { get; init; }

    /// <summary>More variables for the template, such as <c>reasoning_effort</c>.</summary>
    public IReadOnlyDictionary<string, JsonElement> Variables { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>The time that the template is told. The default is that of the system.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
