using System.Diagnostics.CodeAnalysis;

namespace Bridge.Identity;

/// <summary>The key of the user of this machine, in a file that only this user can read: the only key that can be shown again.</summary>
/// <param name="folder">The data folder.</param>
public sealed class LocalKeyFile(string folder)
{
    /// <summary>The name of the file below the data folder.</summary>
    public const string FileName = "key";

    /// <summary>The file.</summary>
    public string Path { get; } = System.IO.Path.Combine(folder, FileName);

    /// <summary>Reads the key.</summary>
    /// <returns>The key's text; <see langword="null"/> before the first <c>serve</c>.</returns>
    public string? Read()
    {
        try
        {
            return File.ReadAllText(Path).Trim();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Reads the key, making a random one first where there is none; of several processes at once one wins.</summary>
    /// <returns>The key's text.</returns>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public string ReadOrCreate()
    {
        if (Read() is { } text)
        {
            return text;
        }

        Directory.CreateDirectory(folder);
        string draft = $"{Path}.{Guid.NewGuid():N}";
        try
        {
            Write(draft, KeyText.Create().Text);
            File.Move(draft, Path, overwrite: false);
        }
        catch (IOException) when (File.Exists(Path))
        {
            // Another process was faster; its key is the one.
        }
        finally
        {
            File.Delete(draft);
        }

        return Read() ?? throw new IOException($"The key file '{Path}' vanished while it was made; start again.");
    }

    [SuppressMessage("Interoperability", "CA1416", Justification = "Guarded by the check for Windows.")]
    private static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new StreamWriter(path, options);
        stream.WriteLine(text);
        stream.Flush();
    }
}
