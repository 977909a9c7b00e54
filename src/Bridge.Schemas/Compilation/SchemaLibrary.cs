using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Schemas.Json;

namespace Bridge.Schemas.Compilation;

/// <summary>The schemas that references can lead to: the one that is compiled, and those that were handed in with it.</summary>
/// <param name="documents">The schemas handed in, by URI.</param>
internal sealed class SchemaLibrary(ImmutableDictionary<string, JsonElement> documents)
{
    private static readonly Uri s_unnamed = new("json-schema:///");

    private readonly Dictionary<string, SchemaResource> _resources = new(StringComparer.Ordinal);

    /// <summary>All resources known so far.</summary>
    public IReadOnlyCollection<SchemaResource> Resources => _resources.Values;

    /// <summary>Makes a document known.</summary>
    /// <param name="root">The document.</param>
    /// <param name="uri">Its URI; null for the schema that is compiled.</param>
    /// <param name="dialect">The dialect of the schema that refers to it.</param>
    public SchemaResource Load(JsonElement root, Uri? uri = null, SchemaDialect? dialect = null)
    {
        var document = new SchemaDocument(root);
        new SchemaScanner(this, dialect ?? SchemaDialect.Default).Scan(document, root, "", resource: null, uri ?? s_unnamed, depth: 0);
        SchemaResource resource = document.Resources[""];
        _resources.TryAdd(Key(uri ?? s_unnamed), resource);
        return resource;
    }

    public void Add(SchemaResource resource) => _resources.TryAdd(Key(resource.BaseUri), resource);

    /// <summary>The dialect a schema declares, else the one around it.</summary>
    public SchemaDialect DialectOf(JsonElement schema, SchemaDialect outer)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("$schema", out JsonElement declared)
            || declared.ValueKind != JsonValueKind.String)
        {
            return outer;
        }

        string uri = declared.GetString()!;
        if (SchemaDialect.Find(uri) is { } known)
        {
            return known;
        }

        if (!documents.TryGetValue(uri.TrimEnd('#'), out JsonElement meta) || meta.ValueKind != JsonValueKind.Object)
        {
            return SchemaDialect.Default with { IsDeclared = true, HasFlagBounds = false };
        }

        bool says = meta.TryGetProperty("$vocabulary", out JsonElement vocabulary) && vocabulary.ValueKind == JsonValueKind.Object;
        bool Takes(string name) => vocabulary.TryGetProperty($"https://json-schema.org/draft/2020-12/vocab/{name}", out _);
        return SchemaDialect.Default with
        {
            IsDeclared = true,
            HasFlagBounds = false,
            Validates = !says || Takes("validation"),
            AssertsFormat = says && Takes("format-assertion"),
        };
    }

    /// <summary>Resolves a reference.</summary>
    /// <param name="from">The resource it stands in.</param>
    /// <param name="reference">The reference.</param>
    /// <param name="pointer">Where it stands, for the error.</param>
    /// <exception cref="InvalidSchemaException">It leads nowhere.</exception>
    public SchemaPlace Resolve(SchemaResource from, string reference, string pointer)
    {
        int hash = reference.IndexOf('#', StringComparison.Ordinal);
        string address = hash < 0 ? reference : reference[..hash];
        string fragment = hash < 0 ? "" : Uri.UnescapeDataString(reference[(hash + 1)..]);
        SchemaResource resource = address.Length == 0 ? from : Find(Combine(from.BaseUri, address, pointer), from.Dialect)
            ?? throw new InvalidSchemaException(
                pointer, $"The reference '{JsonText.Cap(reference)}' leads outside the schema; schemas are never fetched, put it under '$defs'.");
        if (fragment.Length == 0)
        {
            return new SchemaPlace(resource, resource.Element, resource.Pointer);
        }

        SchemaPlace? place = fragment[0] == '/' ? Walk(resource, fragment)
            : resource.Anchors.TryGetValue(fragment, out (JsonElement Element, string Pointer) anchor)
                ? new SchemaPlace(resource, anchor.Element, anchor.Pointer)
                : null;
        return place ?? throw new InvalidSchemaException(pointer, $"The reference '{JsonText.Cap(reference)}' leads nowhere in the schema.");
    }

    /// <summary>Resolves a URI against a base.</summary>
    public static Uri Combine(Uri baseUri, string relative, string pointer) => Uri.TryCreate(baseUri, relative, out Uri? uri)
        ? uri
        : throw new InvalidSchemaException(pointer, $"'{JsonText.Cap(relative)}' is not a URI reference.");

    private static SchemaPlace? Walk(SchemaResource resource, string fragment)
    {
        JsonElement element = resource.Element;
        string pointer = resource.Pointer;
        foreach (string token in fragment.Split('/').Skip(1))
        {
            string name = JsonPointer.Unescape(token);
            if (!JsonPointer.TryStep(element, name, out element))
            {
                return null;
            }

            pointer = JsonPointer.Append(pointer, name);
            resource = resource.Document.Resources.GetValueOrDefault(pointer, resource);
        }

        return new SchemaPlace(resource, element, pointer);
    }

    private static string Key(Uri uri) => uri.AbsoluteUri.TrimEnd('#');

    private SchemaResource? Find(Uri uri, SchemaDialect dialect)
    {
        string key = Key(uri);
        if (_resources.TryGetValue(key, out SchemaResource? known))
        {
            return known;
        }

        return documents.TryGetValue(key, out JsonElement document) ? Load(document, uri, dialect) : null;
    }
}
