using System.CommandLine;

namespace Bridge.Host.Verbs;

/// <summary>A command whose help ends with examples.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">What it does.</param>
internal sealed class Verb(string name, string description) : Command(name, description)
{
    /// <summary>Lines to try, each a command and what it does.</summary>
    public IReadOnlyList<(string Line, string Meaning)> Examples { get; init; } = [];
}
