using System.Text.Json;
using Bridge.TestKit;

namespace Bridge.Schemas.Tests.Conformance;

/// <summary>The schemas of schemas, as the validator Ajv carries them.</summary>
internal static class MetaSchemas
{
    private static readonly string[] s_files =
    [
        "json-schema-draft-07.json", "json-schema-2020-12/schema.json", "json-schema-2020-12/meta/core.json",
        "json-schema-2020-12/meta/applicator.json", "json-schema-2020-12/meta/unevaluated.json", "json-schema-2020-12/meta/validation.json",
        "json-schema-2020-12/meta/meta-data.json", "json-schema-2020-12/meta/format-annotation.json", "json-schema-2020-12/meta/content.json",
    ];

    /// <summary>Reads them, by the URI they give themselves; skips the test, with the reason, where Ajv is not to be had.</summary>
    public static IEnumerable<KeyValuePair<string, JsonElement>> Read()
    {
        string folder = Path.Combine(NpmPackages.Package("ajv"), "dist", "refs");
        foreach (string file in s_files)
        {
            JsonElement schema = JsonElement.Parse(File.ReadAllBytes(Path.Combine(folder, file)));
            yield return KeyValuePair.Create(schema.GetProperty("$id").GetString()!.TrimEnd('#'), schema);
        }
    }

    /// <summary>Whether the schema of a group of tests refers to one.</summary>
    public static bool AreNamedIn(JsonElement group) => Refers(group.GetProperty("schema"));

    private static bool Refers(JsonElement part) => part.ValueKind switch
    {
        JsonValueKind.Object => part.EnumerateObject().Any(member => IsReference(member) || Refers(member.Value)),
        JsonValueKind.Array => part.EnumerateArray().Any(Refers),
        _ => false,
    };

    private static bool IsReference(JsonProperty member) =>
        member is { Name: "$ref", Value.ValueKind: JsonValueKind.String }
        && new Uri(new Uri("json-schema:///"), member.Value.GetString()).Host == "json-schema.org";
}
