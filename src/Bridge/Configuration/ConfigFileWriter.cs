namespace Bridge.Configuration;

/// <summary>Writes a file so that a reader, or who watches it, sees the old content or the new, never half of it.</summary>
public static class ConfigFileWriter
{
    /// <summary>Writes the file as UTF-8; a link keeps pointing to it, and who may read it stays as it was.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Its content.</param>
    public static void Write(string path, string content)
    {
        string target = File.Exists(path) ? new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path : path;
        string folder = Path.GetDirectoryName(Path.GetFullPath(target))!;
        Directory.CreateDirectory(folder);
        string beside = Path.Combine(folder, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}");
        try
        {
            File.WriteAllText(beside, content);
            if (!OperatingSystem.IsWindows() && File.Exists(target))
            {
                File.SetUnixFileMode(beside, File.GetUnixFileMode(target));
            }

            File.Move(beside, target, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
