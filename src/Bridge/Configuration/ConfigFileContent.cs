using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Bridge.Configuration;

/// <summary>A configuration file as it was read.</summary>
public sealed class ConfigFileContent
{
    private readonly IReadOnlyDictionary<string, int> _lines;

    internal ConfigFileContent(
        string path, string text, JsonObject? root, ImmutableArray<ConfigProblem> problems, IReadOnlyDictionary<string, int> lines)
    {
        Path = path;
        Text = text;
        Root = root;
        Problems = problems;
        _lines = lines;
    }

    /// <summary>The file's path as it was given.</summary>
    public string Path { get; }

    /// <summary>The text the content was read from.</summary>
    public string Text { get; }

    /// <summary>The root object; <see langword="null"/> when the file cannot be used at all.</summary>
    public JsonObject? Root { get; }

    /// <summary>What is wrong with the file; empty when it was read whole.</summary>
    public ImmutableArray<ConfigProblem> Problems { get; }

    internal static IReadOnlyDictionary<string, int> NoLines { get; } = FrozenDictionary<string, int>.Empty;

    /// <summary>The location of a value, for a <see cref="ConfigProblem"/>.</summary>
    /// <param name="path">The path in the file, such as <c>mcpServers.weather.url</c> or <c>profiles[0].match</c>; empty for the file.</param>
    /// <returns>The file, the path in it, and the line where it is known.</returns>
    public string Location(string path) => Locate(Path, path, _lines.TryGetValue(path, out int line) ? line : null);

    /// <summary>The path of a member of an object.</summary>
    /// <param name="path">The object's path; empty for the root.</param>
    /// <param name="key">The member's key.</param>
    /// <returns>The member's path.</returns>
    public static string Member(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    internal static string Locate(string file, string path, int? line)
    {
        string place = line is null ? "" : $" (line {line})";
        return path.Length == 0 ? $"{file}{place}" : $"{file}: {path}{place}";
    }
}
