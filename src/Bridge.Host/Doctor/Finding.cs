namespace Bridge.Host.Doctor;

/// <summary>One thing that <c>doctor</c> found.</summary>
/// <param name="Code">A stable code in kebab case; each has an entry in <c>docs/troubleshooting.md</c>.</param>
/// <param name="Level">How bad it is.</param>
/// <param name="Subject">What it is about, such as a server's id or a file.</param>
/// <param name="Message">What was found, in a sentence.</param>
/// <param name="Cure">What to do; <see langword="null"/> when nothing is to be done.</param>
internal sealed record Finding(string Code, FindingLevel Level, string Subject, string Message, string? Cure = null)
{
    /// <summary>More about it, in sentences, for <c>--verbose</c> and programs; <see langword="null"/> when there is no more.</summary>
    public string? Detail { get; init; }
}

/// <summary>How bad a finding is.</summary>
internal enum FindingLevel
{
    /// <summary>All is well.</summary>
    Ok,

    /// <summary>Worth knowing.</summary>
    Note,

    /// <summary>Something does not work as written, the rest does.</summary>
    Warning,

    /// <summary>Something configured does not work.</summary>
    Error,
}
