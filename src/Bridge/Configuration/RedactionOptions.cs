namespace Bridge.Configuration;

/// <summary>Where secrets are replaced, and which beside keys of known forms.</summary>
public sealed class RedactionOptions
{
    /// <summary>Whether results of tools are redacted too, before a model or a client reads them.</summary>
    /// <value>The default is <see langword="false"/>: logs and the audit alone.</value>
    public bool Results { get; set; }

    /// <summary>Regular expressions of further secrets.</summary>
    public IList<string> Patterns { get; } = [];
}
