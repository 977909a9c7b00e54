using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Bridge.Configuration;

/// <summary>Reads one YAML document by events into the JSON it stands for (YAML 1.2, core schema).</summary>
internal sealed class ConfigFileYaml(string path, string text)
{
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private readonly List<ConfigProblem> _problems = [];

    public ConfigFileContent Read()
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            JsonNode? root = null;
            if (parser.TryConsume<DocumentStart>(out _))
            {
                root = ReadValue(parser, "", depth: 0);
                parser.Consume<DocumentEnd>();
            }

            if (!parser.Accept<StreamEnd>(out _))
            {
                Report("several-documents", "", parser.Current!.Start, "The file holds several YAML documents.", "Keep one.");
            }

            if (root is not JsonObject)
            {
                Report("invalid-root", "", null, "The root of the file is not a mapping.", "Put everything under keys: `key: value`.");
            }

            return new ConfigFileContent(path, text, _problems.Count == 0 ? root as JsonObject : null, [.. _problems], _lines);
        }
        catch (YamlException error)
        {
            Report("invalid-yaml", "", error.Start, $"The file is not YAML: {error.Message}", "Correct the text at that place.");
            return new ConfigFileContent(path, text, null, [.. _problems], _lines);
        }
    }

    private JsonNode? ReadValue(Parser parser, string at, int depth)
    {
        if (depth > ConfigFile.MaxDepth)
        {
            throw new YamlException(parser.Current!.Start, parser.Current.End, $"nested deeper than {ConfigFile.MaxDepth}");
        }

        _lines.TryAdd(at, (int)parser.Current!.Start.Line);
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            return Resolve(scalar);
        }

        if (parser.TryConsume<MappingStart>(out _))
        {
            return ReadMapping(parser, at, depth);
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            return ReadSequence(parser, at, depth);
        }

        // An alias can stand for a document of exponential size; no configuration needs one.
        throw new YamlException(parser.Current.Start, parser.Current.End, "aliases are not supported: write the value out");
    }

    private JsonObject ReadMapping(Parser parser, string at, int depth)
    {
        var result = new JsonObject();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            Mark start = parser.Current!.Start;
            string key = parser.Consume<Scalar>().Value;
            string member = ConfigFileContent.Member(at, key);
            JsonNode? value = ReadValue(parser, member, depth + 1);
            if (!result.TryAdd(key, value))
            {
                Report("duplicate-key", member, start, $"The key '{key}' is there twice.", "Remove one of the two: which one is meant cannot be known.");
            }
        }

        return result;
    }

    private JsonArray ReadSequence(Parser parser, string at, int depth)
    {
        var result = new JsonArray();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            result.Add(ReadValue(parser, $"{at}[{result.Count}]", depth + 1));
        }

        return result;
    }

    private static JsonValue? Resolve(Scalar scalar)
    {
        string value = scalar.Value;
        if (scalar.Style != ScalarStyle.Plain)
        {
            return JsonValue.Create(value);
        }

        return value switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => JsonValue.Create(true),
            "false" or "False" or "FALSE" => JsonValue.Create(false),
            _ when long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer) => JsonValue.Create(integer),
            _ when IsNumber(value, out double number) => JsonValue.Create(number),
            _ => JsonValue.Create(value),
        };
    }

    private static bool IsNumber(string value, out double number) =>
        double.TryParse(value, NumberStyles.Float & ~NumberStyles.AllowLeadingWhite & ~NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out number)
        && double.IsFinite(number);

    private void Report(string code, string at, Mark? mark, string message, string cure) =>
        _problems.Add(new ConfigProblem(code, ConfigFileContent.Locate(path, at, mark is { } start ? (int)start.Line : null), message, cure));
}
