using System.Text;

namespace Bridge.Configuration;

/// <summary>Reads the configuration files that do not go through <c>IConfiguration</c>: JSON with comments and trailing commas, or YAML by file ending.</summary>
/// <remarks>Keys are case-sensitive; a duplicate key is refused.</remarks>
public static class ConfigFile
{
    /// <summary>The largest file that is read, in bytes.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>The deepest nesting that is accepted.</summary>
    public const int MaxDepth = 64;

    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file; what is wrong with it is in the result, not thrown.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The content; its root is <see langword="null"/> when the file cannot be used at all.</returns>
    public static ConfigFileContent Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && file.Length > MaxBytes)
            {
                return Unusable(path, "file-too-large", $"The file has {file.Length} bytes; at most {MaxBytes} are read.", "Split it, or remove what is not configuration.");
            }

            return Parse(path, s_strictUtf8.GetString(WithoutMark(File.ReadAllBytes(path))));
        }
        catch (DecoderFallbackException)
        {
            return Unusable(path, "invalid-encoding", "The file is not valid UTF-8.", "Save it as UTF-8.");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return Unusable(path, "file-not-found", "The file does not exist.", "Create it (`bridge init` writes one), or correct the path.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Unusable(path, "file-not-readable", $"The file cannot be read: {error.Message}", "Check the path and its permissions.");
        }
    }

    /// <summary>Reads a text as the file of that path would be read.</summary>
    /// <param name="path">The path, for its ending and for messages.</param>
    /// <param name="text">The text.</param>
    /// <returns>The content; its root is <see langword="null"/> when the text cannot be used at all.</returns>
    public static ConfigFileContent Parse(string path, string text)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(text);
        return IsYaml(path) ? new ConfigFileYaml(path, text).Read() : new ConfigFileJson(path, text).Read();
    }

    /// <summary>Whether the file's ending says YAML.</summary>
    /// <param name="path">The path.</param>
    /// <returns><see langword="true"/> for <c>.yaml</c> and <c>.yml</c>.</returns>
    public static bool IsYaml(string path) =>
        path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);

    private static ConfigFileContent Unusable(string path, string code, string message, string cure) =>
        new(path, "", null, [new ConfigProblem(code, path, message, cure)], ConfigFileContent.NoLines);

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
}
