using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Schemas.Compilation;
using Bridge.Tools;

namespace Bridge.Evaluation.Records;

/// <summary>Reads the tools of records. Equal definitions become one tool, compiled once.</summary>
internal sealed class RecordTools
{
    private const string Source = "eval";

    private static readonly JsonElement s_anyObject = JsonElement.Parse("""{"type":"object"}""");

    private readonly Dictionary<string, Tool?> _known = new(StringComparer.Ordinal);

    /// <summary>Reads a list of tools; those whose schema cannot be used are left out, as the catalog does.</summary>
    /// <param name="json">The value of <c>tools</c>.</param>
    /// <param name="note">Hears what was left aside.</param>
    public ImmutableArray<Tool> Read(JsonElement json, Action<string> note)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            throw new RecordException(RecordProblemKind.Broken, "'tools' must be a list of tools.");
        }

        var tools = ImmutableArray.CreateBuilder<Tool>(json.GetArrayLength());
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonElement item in json.EnumerateArray())
        {
            if (ReadTool(item, note) is not { } tool)
            {
                continue;
            }

            if (names.Add(tool.Id.Name))
            {
                tools.Add(tool);
            }
            else
            {
                note("A tool was offered twice in one record: the first counts.");
            }
        }

        return tools.ToImmutable();
    }

    /// <summary>Reads a tool.</summary>
    /// <param name="json">The tool.</param>
    /// <param name="note">Hears what was left aside.</param>
    /// <returns>The tool; <see langword="null"/> when its schema cannot be used.</returns>
    /// <exception cref="RecordException">It is no tool.</exception>
    public Tool? ReadTool(JsonElement json, Action<string> note)
    {
        string text = json.GetRawText();
        if (_known.TryGetValue(text, out Tool? known))
        {
            return known;
        }

        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("name", out JsonElement name) || name.ValueKind != JsonValueKind.String || name.GetString() is not { Length: > 0 } called)
        {
            throw new RecordException(RecordProblemKind.Broken, "A tool must be an object with a 'name'.");
        }

        string? description = json.TryGetProperty("description", out JsonElement said) && said.ValueKind == JsonValueKind.String ? said.GetString() : null;
        if (!json.TryGetProperty("inputSchema", out JsonElement schema) || schema.ValueKind == JsonValueKind.Null)
        {
            note($"The tool '{called}' has no 'inputSchema': it takes any object.");
            schema = s_anyObject;
        }

        Tool? tool = null;
        try
        {
            tool = Tool.Create(new ToolId(Source, called), description, schema.Clone());
        }
        catch (InvalidSchemaException error)
        {
            note($"The tool '{called}' is not offered, as no catalog would offer it: {error.Message}");
        }

        return _known[text] = tool;
    }
}
