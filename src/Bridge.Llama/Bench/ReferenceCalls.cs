using System.Text.Json;
using Bridge.Tools;

namespace Bridge.Llama.Bench;

/// <summary>Reads reference calls: JSON Lines with <c>messages</c>, <c>tools</c> and <c>expected</c> calls, whose arguments list the values that count as right.</summary>
public static class ReferenceCalls
{
    /// <summary>The calls that Bridge brings along.</summary>
    public static IReadOnlyList<ReferenceCall> BuiltIn()
    {
        using Stream stream = typeof(ReferenceCalls).Assembly.GetManifestResourceStream("reference-calls.jsonl")!;
        using var reader = new StreamReader(stream);
        return [.. Read("reference-calls.jsonl", reader.ReadToEnd().Split('\n'))];
    }

    /// <summary>Reads a file, or all files <c>*.jsonl</c> of a folder.</summary>
    /// <param name="path">The file or folder.</param>
    /// <returns>The records with one message and one call of plain values; one for each tool.</returns>
    /// <exception cref="InvalidDataException">A line is no such record; the message names file and line.</exception>
    /// <exception cref="FileNotFoundException">There is neither.</exception>
    public static IReadOnlyList<ReferenceCall> Read(string path)
    {
        string[] files = Directory.Exists(path) ? [.. Directory.GetFiles(path, "*.jsonl").Order(StringComparer.Ordinal)]
            : File.Exists(path) ? [path]
            : throw new FileNotFoundException($"There is no file and no folder '{path}'.", path);
        return [.. files.SelectMany(file => Read(file, File.ReadLines(file))).DistinctBy(call => call.Tool.Id)];
    }

    private static IEnumerable<ReferenceCall> Read(string file, IEnumerable<string> lines)
    {
        int number = 0;
        foreach (string line in lines)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line) && Parse(file, number, line) is { } call)
            {
                yield return call;
            }
        }
    }

    private static ReferenceCall? Parse(string file, int number, string line)
    {
        try
        {
            return Of(JsonElement.Parse(line));
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidDataException($"{file}, line {number}: {error.Message} A line is an object with 'messages', 'tools' and 'expected'.", error);
        }
    }

    private static ReferenceCall? Of(JsonElement record)
    {
        JsonElement messages = record.GetProperty("messages");
        JsonElement expected = record.GetProperty("expected");
        if (messages.GetArrayLength() != 1 || expected.ValueKind == JsonValueKind.Null || expected.GetArrayLength() != 1)
        {
            return null;
        }

        string name = expected[0].GetProperty("name").GetString()!;
        JsonElement definition = record.GetProperty("tools").EnumerateArray().First(tool => tool.GetProperty("name").GetString() == name);
        var arguments = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (JsonProperty argument in expected[0].GetProperty("arguments").EnumerateObject())
        {
            JsonElement first = argument.Value[0];
            if (first.ValueKind == JsonValueKind.Object)
            {
                return null; // alternatives within objects are written in a form of their own
            }

            // An empty alternative says that the argument may be left out.
            if (!argument.Value.EnumerateArray().Any(value => value.ValueKind == JsonValueKind.String && value.GetString() == ""))
            {
                arguments[argument.Name] = first;
            }
        }

        Tool tool = Tool.Create(new ToolId("bench", name), definition.GetProperty("description").GetString(), definition.GetProperty("inputSchema"));
        return new ReferenceCall(messages[0].GetProperty("content").GetString()!, tool, Object(arguments));
    }

    private static JsonElement Object(Dictionary<string, JsonElement> members)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach ((string name, JsonElement value) in members)
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(stream.ToArray());
    }
}
