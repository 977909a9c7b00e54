namespace Bridge.Configuration;

/// <summary>What the embedded tool caller and the ranker of tools know, where it is not what ships with Bridge.</summary>
public sealed class EmbeddedOptions
{
    /// <summary>The weights of the embedded tool caller, a file as <c>bridge train</c> writes it, relative to the configuration folder.</summary>
    /// <value>When not set, those that ship with Bridge.</value>
    public string? Weights { get; set; }

    /// <summary>The weights of the ranker of tools, a file as <c>bridge train</c> writes it, relative to the configuration folder.</summary>
    /// <value>When not set, those that ship with Bridge.</value>
    public string? Ranker { get; set; }
}
