namespace Bridge.Configuration;

/// <summary>One thing that is wrong with the configuration.</summary>
/// <param name="Code">A stable code in kebab case, such as <c>unknown-key</c>; each has an entry in <c>docs/troubleshooting.md</c>.</param>
/// <param name="Location">The file and the path in it, such as <c>config/mcp.json: mcpServers.weather.url</c>.</param>
/// <param name="Message">A sentence: what is wrong, and what is allowed.</param>
/// <param name="Cure">What to do.</param>
public sealed record ConfigProblem(string Code, string Location, string Message, string Cure)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Location}: {Message} {Cure}";
}
