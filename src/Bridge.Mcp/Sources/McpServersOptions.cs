using Bridge.Configuration;
using Bridge.Mcp.Configuration;

namespace Bridge.Mcp.Sources;

/// <summary>Which MCP servers there are.</summary>
public sealed class McpServersOptions
{
    /// <summary>The file of servers, watched while the program runs; <see langword="null"/> for none.</summary>
    public string? File { get; set; }

    /// <summary>Servers given in code; they come first, and one of the file with the same id replaces its namesake.</summary>
    public IList<McpServerConfig> Servers { get; } = [];

    /// <summary>What <c>${…}</c> stands for beside environment variables, such as <c>bridge:exe</c>.</summary>
    public IDictionary<string, string> Variables { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    internal ConfigFileVariables CreateVariables() => new(new Dictionary<string, string>(Variables, StringComparer.Ordinal));
}
