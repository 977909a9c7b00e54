using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bridge.Configuration;

/// <summary>Reads JSON by tokens, so that every duplicate key is found and every value keeps its line.</summary>
internal sealed class ConfigFileJson(string path, string text)
{
    private static readonly JsonReaderOptions s_options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = ConfigFile.MaxDepth,
    };

    private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(text);
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private readonly List<ConfigProblem> _problems = [];
    private int _line = 1;
    private int _counted;

    public ConfigFileContent Read()
    {
        try
        {
            var reader = new Utf8JsonReader(_utf8, s_options);
            reader.Read();
            JsonNode? root = ReadValue(ref reader, "");
            reader.Read(); // text behind the root is an error
            return Finish(root as JsonObject, root is JsonObject);
        }
        catch (JsonException error)
        {
            int? line = error.LineNumber is { } zeroBased ? (int)zeroBased + 1 : null;
            _problems.Add(new ConfigProblem(
                "invalid-json",
                ConfigFileContent.Locate(path, "", line),
                $"The file is not JSON: {FirstSentence(error.Message)}",
                "Correct the text at that place; comments and trailing commas are allowed."));
            return new ConfigFileContent(path, text, null, [.. _problems], _lines);
        }
    }

    private ConfigFileContent Finish(JsonObject? root, bool isObject)
    {
        if (!isObject)
        {
            _problems.Add(new ConfigProblem("invalid-root", path, "The root of the file is not an object.", "Put everything into one object: { … }."));
        }

        return new ConfigFileContent(path, text, _problems.Count == 0 ? root : null, [.. _problems], _lines);
    }

    private JsonNode? ReadValue(ref Utf8JsonReader reader, string at)
    {
        _lines.TryAdd(at, LineOf(reader.TokenStartIndex));
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadObject(ref reader, at),
            JsonTokenType.StartArray => ReadArray(ref reader, at),
            JsonTokenType.String => JsonValue.Create(reader.GetString()),
            JsonTokenType.True => JsonValue.Create(true),
            JsonTokenType.False => JsonValue.Create(false),
            JsonTokenType.Number => JsonValue.Create(JsonElement.ParseValue(ref reader)),
            _ => null,
        };
    }

    private JsonObject ReadObject(ref Utf8JsonReader reader, string at)
    {
        var result = new JsonObject();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string key = reader.GetString()!;
            string member = ConfigFileContent.Member(at, key);
            int line = LineOf(reader.TokenStartIndex);
            reader.Read();
            JsonNode? value = ReadValue(ref reader, member);
            if (!result.TryAdd(key, value))
            {
                _problems.Add(new ConfigProblem(
                    "duplicate-key",
                    ConfigFileContent.Locate(path, member, line),
                    $"The key '{key}' is there twice.",
                    "Remove one of the two: which one is meant cannot be known."));
            }
        }

        return result;
    }

    private JsonArray ReadArray(ref Utf8JsonReader reader, string at)
    {
        var result = new JsonArray();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            result.Add(ReadValue(ref reader, $"{at}[{result.Count}]"));
        }

        return result;
    }

    // Tokens come in order, so every byte is looked at once.
    private int LineOf(long index)
    {
        for (; _counted < index; _counted++)
        {
            _line += _utf8[_counted] == (byte)'\n' ? 1 : 0;
        }

        return _line;
    }

    // The reader ends its messages with a position of its own counting from zero.
    private static string FirstSentence(string message)
    {
        int tail = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return tail < 0 ? message : message[..tail];
    }
}
