using System.CommandLine;

namespace Bridge.Host.Verbs;

/// <summary>The options every verb understands.</summary>
internal static class GlobalOptions
{
    public static Option<string?> Config { get; } = new("--config")
    {
        Description = "The configuration folder. Default: $BRIDGE_CONFIG_DIR, ./config when it holds mcp.json and is trusted, ~/.config/bridge.",
        HelpName = "DIR",
        Recursive = true,
    };

    public static Option<string?> Data { get; } = new("--data")
    {
        Description = "The data folder. Default: $BRIDGE_DATA_DIR, ~/.local/state/bridge.",
        HelpName = "DIR",
        Recursive = true,
    };

    public static Option<bool> Verbose { get; } = new("--verbose", "-v")
    {
        Description = "Say on standard error what happens, with logs.",
        Recursive = true,
    };

    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Write the result as JSON.",
        Recursive = true,
    };

    public static Option<bool> Standalone { get; } = new("--standalone")
    {
        Description = "Do not use a running 'bridge serve'.",
        Recursive = true,
    };

    public static IEnumerable<Option> All => [Config, Data, Verbose, Json, Standalone];
}
