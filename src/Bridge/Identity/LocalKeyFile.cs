using System.Text;
using Bridge.Storage;

namespace Bridge.Identity;

/// <summary>The key of the user of this machine, in a file that only this user can read: the only key that can be shown again.</summary>
/// <param name="folder">The data folder.</param>
public sealed class LocalKeyFile(DataFolder folder)
{
    /// <summary>The name of the file below the data folder.</summary>
    public const string FileName = "key";

    /// <summary>The file.</summary>
    public string Path { get; } = System.IO.Path.Combine(folder.Path, FileName);

    /// <summary>Reads the key.</summary>
    /// <returns>The key's text; <see langword="null"/> before the first <c>serve</c>.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
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

        PrivateFile.CreateOnce(Path, Encoding.ASCII.GetBytes(KeyText.Create().Text + "\n"));
        return Read() ?? throw new IOException($"The key file '{Path}' vanished while it was made; start again.");
    }
}
