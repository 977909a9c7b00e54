namespace Bridge.Llama.Templates;

/// <summary>What a template can render, found by trying.</summary>
internal sealed record TemplateCapabilities
{
    /// <summary>Whether it has a place for a system message.</summary>
    public bool System { get; init; }

    /// <summary>Whether it tells the model of tools.</summary>
    public bool Tools { get; init; }

    /// <summary>Whether it writes the calls of earlier answers.</summary>
    public bool ToolCalls { get; init; }

    /// <summary>Whether it writes the results of calls.</summary>
    public bool ToolResults { get; init; }

    /// <summary>Whether one answer may hold several calls.</summary>
    public bool ParallelCalls { get; init; }

    /// <summary>Whether it takes content as a list of parts alone.</summary>
    public bool ContentInParts { get; init; }

    /// <summary>Whether an answer of calls alone must have no content, rather than empty content.</summary>
    public bool NoContentBesideCalls { get; init; }

    /// <summary>Whether it takes arguments as text that is JSON.</summary>
    public bool ArgumentsAsText { get; init; }

    /// <summary>Whether it knows of thinking.</summary>
    public bool Thinking { get; init; }

    /// <summary>Whether thinking can be switched.</summary>
    public bool ThinkingSwitch { get; init; }

    /// <summary>What closes the thinking that the prompt opens; <see langword="null"/> where it opens none.</summary>
    public string? ThinkingEnd { get; init; }
}
