namespace Bridge.Configuration;

/// <summary>Whether prompts are kept in the data folder, to measure and to train with.</summary>
public sealed class LearningOptions
{
    /// <summary>Whether every finished prompt is kept, with the tools it was offered and the calls that were made.</summary>
    /// <value>The default is <see langword="false"/>: nothing that anybody said is written anywhere.</value>
    public bool Record { get; set; }

    /// <summary>The bytes that all kept prompts may take together; the oldest go.</summary>
    /// <value>The default is 64 MiB.</value>
    public long MaxBytes { get; set; } = 64 * 1024 * 1024;
}
