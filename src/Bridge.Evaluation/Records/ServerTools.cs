using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Evaluation.Reading;
using Bridge.Tools;

namespace Bridge.Evaluation.Records;

/// <summary>Tools that lie in a file of their own, by server: <c>sgd_tools_dev.jsonl.gz</c> has those of <c>sgd_dev.jsonl.gz</c>.</summary>
internal sealed class ServerTools
{
    private const string Mark = "_tools_";

    private readonly Dictionary<string, List<string>> _tools = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<Tool>> _read = new(StringComparer.Ordinal);

    public static ServerTools None { get; } = new();

    /// <summary>Tools that all records share, under one name.</summary>
    public static ServerTools Shared(string name, IEnumerable<string> tools)
    {
        var shared = new ServerTools();
        shared._tools.Add(name, [.. tools]);
        return shared;
    }

    /// <summary>Whether a file holds tools, by its name.</summary>
    public static bool IsTools(string file) => Path.GetFileName(file) is var name
        && (name.Contains(Mark, StringComparison.Ordinal) || name is "tools.jsonl" or "tools.jsonl.gz");

    /// <summary>Reads the file of tools that lies beside a file of records; none where there is no such file.</summary>
    /// <exception cref="InvalidDataException">A line is no tool of a server.</exception>
    public static async Task<ServerTools> BesideAsync(string file, CancellationToken cancellationToken)
    {
        string name = Path.GetFileName(file);
        int cut = name.IndexOf('_', StringComparison.Ordinal);
        string path = cut < 0 ? "" : Path.Combine(Path.GetDirectoryName(file) ?? "", name[..cut] + Mark + name[(cut + 1)..]);
        if (cut < 0 || !File.Exists(path))
        {
            return None;
        }

        var tools = new ServerTools();
        await foreach ((int number, string line) in TextFile.LinesAsync(path, cancellationToken).ConfigureAwait(false))
        {
            tools.Add(line, $"{path}, line {number}");
        }

        return tools;
    }

    /// <summary>The tools of servers, as a list.</summary>
    /// <param name="services">The value of <c>services</c>.</param>
    public JsonElement Of(JsonElement services)
    {
        if (_lists.TryGetValue(services.GetRawText(), out JsonElement known))
        {
            return known;
        }

        string[] names = services.ValueKind == JsonValueKind.Array
            ? [.. services.EnumerateArray().Select(name => name.ToString())]
            : throw new RecordException(RecordProblemKind.Broken, "'services' must be a list of names.");
        return names.FirstOrDefault(name => !_tools.ContainsKey(name)) is { } absent
            ? throw new RecordException(RecordProblemKind.Broken, $"No file beside this one holds the tools of '{absent}'; the tools of 'sgd_dev.jsonl' are in 'sgd_tools_dev.jsonl'.")
            : _lists[services.GetRawText()] = JsonElement.Parse($"[{string.Join(',', names.SelectMany(name => _tools[name]))}]");
    }

    /// <summary>The same as tools: one array for all records that name the same servers.</summary>
    /// <param name="services">The value of <c>services</c>.</param>
    /// <param name="definitions">What <see cref="Of"/> said of it.</param>
    /// <param name="tools">Reads tools.</param>
    /// <param name="note">Hears what is left aside.</param>
    public ImmutableArray<Tool> ToolsOf(JsonElement services, JsonElement definitions, RecordTools tools, Action<string> note) =>
        _read.TryGetValue(services.GetRawText(), out ImmutableArray<Tool> known) ? known : _read[services.GetRawText()] = tools.Read(definitions, note);

    private void Add(string line, string place)
    {
        try
        {
            JsonElement tool = JsonElement.Parse(line);
            string server = tool.GetProperty("server").GetString()!;
            if (!_tools.TryGetValue(server, out List<string>? tools))
            {
                _tools.Add(server, tools = []);
            }

            tools.Add(line);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentNullException)
        {
            throw new InvalidDataException($"{place} is no tool with the name of its 'server': {error.Message}");
        }
    }
}
