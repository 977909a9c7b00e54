using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Schemas.Compilation;
using Bridge.TestKit;

namespace Bridge.Schemas.Tests.Conformance;

/// <summary>The official JSON Schema test suite, run file by file.</summary>
internal static class OfficialSuite
{
    private const string RemoteBase = "http://localhost:1234/";

    /// <summary>Runs the tests of some files: those whose schemas refer to a meta-schema, or those whose schemas do not.</summary>
    /// <param name="draft">The draft's folder.</param>
    /// <param name="files">The files, relative to it.</param>
    /// <param name="assertFormat">Whether <c>format</c> asserts.</param>
    /// <param name="withMetaSchemas">Which of the tests run.</param>
    /// <returns>How many there are, and the names of those that do not pass.</returns>
    public static (int Count, List<string> Failures) Run(string draft, IEnumerable<string> files, bool assertFormat, bool withMetaSchemas)
    {
        string root = TestData.Require("eval/json-schema");
        ImmutableDictionary<string, JsonElement> documents = ReadRemotes(Path.Combine(root, "remotes"));
        documents = withMetaSchemas ? documents.AddRange(MetaSchemas.Read()) : documents;
        var options = new SchemaOptions { AssertFormat = assertFormat, Documents = documents };
        int count = 0;
        var failures = new List<string>();
        foreach (string file in files)
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(root, draft, file)));
            foreach (JsonElement group in document.RootElement.EnumerateArray().Where(group => MetaSchemas.AreNamedIn(group) == withMetaSchemas))
            {
                count += group.GetProperty("tests").GetArrayLength();
                failures.AddRange(RunGroup(file, group, options, draft));
            }
        }

        return (count, failures);
    }

    /// <summary>The files of a folder of a draft, relative to the draft, sorted.</summary>
    public static IEnumerable<string> Files(string draft, string folder)
    {
        string root = Path.Combine(TestData.Require("eval/json-schema"), draft);
        return Directory.GetFiles(Path.Combine(root, folder), "*.json").Select(file => Path.GetRelativePath(root, file)).Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> RunGroup(string file, JsonElement group, SchemaOptions options, string draft)
    {
        string name = $"{draft}/{file}: {group.GetProperty("description").GetString()}";
        CompiledSchema? schema = null;
        string problem = "";
        try
        {
            // Draft-07 schemas of the suite do not say which draft they are.
            JsonElement source = group.GetProperty("schema");
            schema = draft == "draft7" && source.ValueKind == JsonValueKind.Object && !source.TryGetProperty("$schema", out _)
                ? CompiledSchema.Compile(WithDraft7(source), options)
                : CompiledSchema.Compile(source, options);
        }
        catch (InvalidSchemaException error)
        {
            problem = $" ({error.Message})";
        }

        foreach (JsonElement test in group.GetProperty("tests").EnumerateArray())
        {
            JsonElement data = test.GetProperty("data");
            bool expected = test.GetProperty("valid").GetBoolean();
            bool passes = schema is not null && schema.IsValid(data) == expected && schema.Validate(data).IsEmpty == expected;
            if (!passes)
            {
                yield return $"{name}: {test.GetProperty("description").GetString()}{problem}";
            }
        }
    }

    private static JsonElement WithDraft7(JsonElement source)
    {
        string text = source.GetRawText();
        string rest = text[(text.IndexOf('{') + 1)..];
        string comma = rest.TrimStart().StartsWith('}') ? "" : ",";
        using JsonDocument document = JsonDocument.Parse($$"""{"$schema":"http://json-schema.org/draft-07/schema#"{{comma}}{{rest}}""");
        return document.RootElement.Clone();
    }

    private static ImmutableDictionary<string, JsonElement> ReadRemotes(string folder)
    {
        ImmutableDictionary<string, JsonElement>.Builder remotes = ImmutableDictionary.CreateBuilder<string, JsonElement>();
        foreach (string file in Directory.GetFiles(folder, "*.json", SearchOption.AllDirectories))
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
            string uri = RemoteBase + Path.GetRelativePath(folder, file).Replace('\\', '/');
            remotes[uri] = document.RootElement.Clone();
        }

        return remotes.ToImmutable();
    }
}
