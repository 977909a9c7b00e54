namespace Bridge.Calling;

/// <summary>A model that this process can load.</summary>
/// <param name="Id">Its name, such as <c>llama/qwen</c>.</param>
/// <param name="State">Whether it is loaded.</param>
public sealed record LoadableModel(string Id, LoadState State)
{
    /// <summary>Its architecture; <see langword="null"/> when unknown.</summary>
    public string? Architecture { get; init; }

    /// <summary>Its size in a word, such as <c>494M</c>; <see langword="null"/> when unknown.</summary>
    public string? Size { get; init; }

    /// <summary>What its weights mostly are, such as <c>Q4_K_M</c>; <see langword="null"/> when unknown.</summary>
    public string? Quantisation { get; init; }

    /// <summary>The longest context it was trained for, in tokens; <see langword="null"/> when unknown.</summary>
    public int? ContextTokens { get; init; }

    /// <summary>The length of its files, in bytes; <see langword="null"/> when unknown.</summary>
    public long? Bytes { get; init; }
}

/// <summary>Whether a model is in memory.</summary>
public enum LoadState
{
    /// <summary>It is not.</summary>
    Unloaded,

    /// <summary>It is being loaded.</summary>
    Loading,

    /// <summary>It is, and answers at once.</summary>
    Loaded,
}
