namespace Bridge.Configuration;

/// <summary>How the tools that a tool caller sees are picked where not all fit.</summary>
public sealed class ShortlistingOptions
{
    /// <summary>The model of embeddings, <c>provider/model</c>, that ranks tools beside their words.</summary>
    /// <value>When not set, words alone rank, and nothing is asked.</value>
    public string? Embeddings { get; set; }

    /// <summary>The most time a prompt waits for its embedding; after that, words alone rank it.</summary>
    /// <value>The default is 500 ms.</value>
    public TimeSpan EmbeddingTimeout { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether earlier requests say which tools are meant: a tool that served requests with the same words is looked at first.</summary>
    /// <value>The default is <see langword="false"/>. With <see cref="LearningOptions.Record"/>, requests of earlier runs count too.</value>
    public bool Experience { get; set; }
}
