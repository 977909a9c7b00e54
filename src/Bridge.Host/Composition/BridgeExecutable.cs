using Bridge.Storage;

namespace Bridge.Host.Composition;

/// <summary>Finds the one file that starts this program again: what <c>${bridge:exe}</c> stands for.</summary>
internal static class BridgeExecutable
{
    private const string Name = "bridge";

    /// <summary>Finds the file.</summary>
    /// <param name="processPath">The running executable: the program itself, or <c>dotnet</c>.</param>
    /// <param name="programFolder">The folder of <c>bridge.dll</c>.</param>
    /// <param name="dataFolder">Where a launcher is written when there is no other way.</param>
    /// <returns>A path that can be started with the arguments of <c>bridge</c>.</returns>
    public static string Find(string? processPath, string programFolder, string dataFolder)
    {
        if (processPath is not null && Path.GetFileNameWithoutExtension(processPath) == Name)
        {
            return processPath;
        }

        string beside = Path.Combine(programFolder, OperatingSystem.IsWindows() ? $"{Name}.exe" : Name);
        return File.Exists(beside) ? beside : WriteLauncher(processPath ?? "dotnet", programFolder, dataFolder);
    }

    // A package for every platform has no executable of its own: `dotnet tool run` starts the assembly.
    private static string WriteLauncher(string dotnet, string programFolder, string dataFolder)
    {
        string program = Path.Combine(programFolder, $"{Name}.dll");
        string folder = DataFolder.Open(dataFolder).Folder("bin");
        bool windows = OperatingSystem.IsWindows();
        string path = Path.Combine(folder, windows ? $"{Name}.cmd" : Name);
        string beside = $"{path}.{Guid.NewGuid():N}";
        File.WriteAllText(beside, windows
            ? $"@\"{dotnet}\" \"{program}\" %*\r\n"
            : $"#!/bin/sh\nexec '{Quoted(dotnet)}' '{Quoted(program)}' \"$@\"\n");
        if (!windows)
        {
            File.SetUnixFileMode(beside, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        File.Move(beside, path, overwrite: true);
        return path;
    }

    private static string Quoted(string text) => text.Replace("'", "'\\''", StringComparison.Ordinal);
}
