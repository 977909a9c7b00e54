using Bridge.Mcp.Configuration;

namespace Bridge.Host.Doctor;

/// <summary>The programs that servers of a kind need, and how to get them.</summary>
internal static class Prerequisites
{
    private static readonly Dictionary<string, string> s_cures = new(StringComparer.Ordinal)
    {
        ["npx"] = "Install Node.js 20 or newer (https://nodejs.org).",
        ["node"] = "Install Node.js 20 or newer (https://nodejs.org).",
        ["uvx"] = "Install uv (https://docs.astral.sh/uv).",
        ["uv"] = "Install uv (https://docs.astral.sh/uv).",
        ["python"] = "Install Python 3.",
        ["python3"] = "Install Python 3.",
        ["docker"] = "Install Docker, and start it.",
        ["dotnet"] = "Install the .NET SDK (https://dot.net).",
    };

    /// <summary>What a server's command lacks.</summary>
    /// <param name="server">The server.</param>
    /// <param name="path">The value of <c>PATH</c>.</param>
    /// <returns>The finding; <see langword="null"/> when nothing known is missing.</returns>
    public static Finding? Missing(McpServerConfig server, string? path)
    {
        if (server.Command is not { } command || !s_cures.TryGetValue(command, out string? cure) || IsIn(path, command))
        {
            return null;
        }

        return new Finding("program-missing", FindingLevel.Error, server.Id, $"The program '{command}' is not in PATH, so the server cannot be started.", cure);
    }

    private static bool IsIn(string? path, string command)
    {
        string[] names = OperatingSystem.IsWindows() ? [$"{command}.exe", $"{command}.cmd"] : [command];
        return (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => names.Any(name => File.Exists(Path.Combine(folder, name))));
    }
}
