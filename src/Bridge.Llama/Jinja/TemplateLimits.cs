namespace Bridge.Llama.Jinja;

/// <summary>What a chat template may use; a template comes with a model and is not trusted.</summary>
public sealed record TemplateLimits
{
    /// <summary>The limits that apply where none are given.</summary>
    public static TemplateLimits Default { get; } = new();

    /// <summary>The most characters of a template. The default is 524,288.</summary>
    public int MaxTemplateLength { get; init; } = 512 * 1024;

    /// <summary>The most levels of expressions and blocks within one another. The default is 200.</summary>
    public int MaxNesting { get; init; } = 200;

    /// <summary>The most steps of a rendering: expressions, statements, items of lists. The default is 4,000,000.</summary>
    public long MaxSteps { get; init; } = 4_000_000;

    /// <summary>The most characters of the result. The default is 16,777,216.</summary>
    public int MaxOutputLength { get; init; } = 16 * 1024 * 1024;

    /// <summary>The most characters that all texts made and searched while rendering have together. The default is 67,108,864.</summary>
    public long MaxTextLength { get; init; } = 64 * 1024 * 1024;

    /// <summary>The most calls of macros within one another. The default is 64.</summary>
    public int MaxCallDepth { get; init; } = 64;

    /// <summary>The most levels of lists and maps within one another. The default is 100.</summary>
    public int MaxValueDepth { get; init; } = 100;
}
