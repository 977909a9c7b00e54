using System.Globalization;

namespace Bridge.Storage;

/// <summary>The folder of everything Bridge remembers: private to its user, versioned, shared by all processes of that user.</summary>
public sealed class DataFolder
{
    /// <summary>The version of the layout that this program writes.</summary>
    public const int Version = 1;

    private const string Marker = "version";

    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private DataFolder(string path) => Path = path;

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    /// <summary>Opens a data folder, creating it with mode 0700 where it is missing.</summary>
    /// <param name="path">The folder, as <see cref="DataFolderPlaces"/> found it.</param>
    /// <returns>The folder, checked: it can be written, others cannot write it, and its layout is understood.</returns>
    /// <exception cref="DataFolderException">It cannot be used; the message says why and what to do.</exception>
    public static DataFolder Open(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        try
        {
            CreatePrivate(path);
            CheckMode(path);
            CheckMarker(path);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException and not DataFolderException)
        {
            throw new DataFolderException(
                $"The data folder '{path}' cannot be used: {error.Message} Give it to the user that runs Bridge, or name another by '--data' or '{DataFolderPlaces.Variable}'.",
                error);
        }

        return new DataFolder(path);
    }

    /// <summary>A folder below this one, created with mode 0700 where it is missing.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its full path.</returns>
    /// <exception cref="DataFolderException">It cannot be created.</exception>
    public string Folder(string name)
    {
        string path = System.IO.Path.Combine(Path, name);
        try
        {
            CreatePrivate(path);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new DataFolderException($"The folder '{path}' cannot be created: {error.Message}", error);
        }

        return path;
    }

    private static void CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, Private);
        }
    }

    /// <summary>A folder others can write is refused, not narrowed: it may be one, like <c>/tmp</c>, that is theirs too.</summary>
    private static void CheckMode(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & WritableByOthers) != 0)
        {
            throw new DataFolderException(
                $"The data folder '{path}' can be written by other users, who could then approve calls in your name: name a folder that only you can write, such as '{System.IO.Path.Combine(path, "bridge")}', or run 'chmod 700' on it.");
        }
    }

    private static void CheckMarker(string path)
    {
        string marker = System.IO.Path.Combine(path, Marker);
        if (!File.Exists(marker))
        {
            PrivateFile.Replace(marker, System.Text.Encoding.ASCII.GetBytes(Version.ToString(CultureInfo.InvariantCulture)));
            return;
        }

        // Reading proves nothing about writing: a folder on a read-only mount would fail at the first call.
        PrivateFile.Probe(path);
        string text = File.ReadAllText(marker).Trim();
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int version) || version is < 1 or > Version)
        {
            throw new DataFolderException(
                $"The data folder '{path}' has layout '{text}', and this program knows 1 to {Version}: use the newer program that wrote it, or name another folder by '--data'.");
        }
    }
}
