using System.Text.Json;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Compilation;

/// <summary>Compiles schemas into a graph of nodes, each place once.</summary>
/// <param name="options">How schemas are read.</param>
internal sealed class SchemaCompiler(SchemaOptions options)
{
    private readonly SchemaLibrary _library = new(options.Documents);
    private readonly Queue<(RefKeyword Keyword, SchemaResource From, string Reference, string Pointer)> _references = new();
    private readonly List<(SchemaNode Node, SchemaResource Resource)> _nodes = [];
    private int _depth;

    public SchemaOptions Options => options;

    /// <summary>Whether some schema refers dynamically.</summary>
    public bool IsDynamic { get; private set; }

    /// <summary>Compiles a document.</summary>
    public SchemaNode Compile(JsonElement root)
    {
        SchemaResource resource = _library.Load(root);
        SchemaNode node = Compile(resource, root, "");
        bool refers = _references.Count > 0;
        Link();
        while (IsDynamic && AddDynamicAnchors())
        {
            Link();
        }

        if (refers)
        {
            ReferenceGuard.Check(_nodes.ConvertAll(entry => entry.Node));
        }

        if (IsDynamic)
        {
            _nodes.ForEach(entry => entry.Node.Anchors = entry.Resource.DynamicAnchors);
        }

        return node;
    }

    /// <summary>Compiles the schema at a place, unless that was done before.</summary>
    public SchemaNode Compile(SchemaResource resource, JsonElement schema, string pointer)
    {
        resource = resource.Document.Resources.GetValueOrDefault(pointer, resource);
        if (resource.Document.Nodes.TryGetValue(pointer, out SchemaNode? known))
        {
            return known;
        }

        if (schema.ValueKind is not (JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False))
        {
            throw new InvalidSchemaException(pointer, $"A schema must be an object, true or false; at '{pointer}' it is not.");
        }

        if (_nodes.Count >= SchemaBudget.MaxNodes || _depth > SchemaBudget.MaxDepth)
        {
            throw new InvalidSchemaException(
                pointer, $"The schema has more than {SchemaBudget.MaxNodes} subschemas or {SchemaBudget.MaxDepth} levels of them; make it smaller.");
        }

        var node = new SchemaNode(schema, pointer);
        resource.Document.Nodes[pointer] = node;
        _nodes.Add((node, resource));
        if (schema.ValueKind == JsonValueKind.Object)
        {
            _depth++;
            Read(new SchemaScope(this, resource, schema, pointer), node);
            _depth--;
        }

        return node;
    }

    /// <summary>Remembers a reference, to be looked up when all is read.</summary>
    public void Refer(RefKeyword keyword, SchemaResource from, string reference, string pointer) =>
        _references.Enqueue((keyword, from, reference, pointer));

    private static void Read(SchemaScope scope, SchemaNode node)
    {
        var keywords = new List<Keyword>();
        CombiningReader.ReadReference(scope, keywords, "$ref");
        if (keywords.Count == 0 || !scope.Dialect.IsDraft7)
        {
            AssertionReader.Read(scope, keywords);
            ArrayReader.Read(scope, keywords);
            ObjectReader.Read(scope, keywords);
            CombiningReader.Read(scope, keywords);
        }

        if (!scope.Dialect.IsDraft7)
        {
            CombiningReader.ReadReference(scope, keywords, "$dynamicRef");
            node.TracksEvaluated = CombiningReader.ReadUnevaluated(scope, keywords);
        }

        node.Keywords = [.. keywords];
    }

    private void Link()
    {
        while (_references.TryDequeue(out (RefKeyword Keyword, SchemaResource From, string Reference, string Pointer) next))
        {
            SchemaPlace place = _library.Resolve(next.From, next.Reference, next.Pointer);
            next.Keyword.Target = Compile(place.Resource, place.Element, place.Pointer);
            string anchor = next.Reference[(next.Reference.IndexOf('#', StringComparison.Ordinal) + 1)..];
            if (next.Keyword.IsDynamic && place.Resource.DynamicNames.Contains(anchor))
            {
                next.Keyword.DynamicAnchor = anchor;
                IsDynamic = true;
            }
        }
    }

    private bool AddDynamicAnchors()
    {
        SchemaResource[] unread = [.. _library.Resources.Where(resource => resource.DynamicNames.Count > 0 && resource.DynamicAnchors is null)];
        foreach (SchemaResource resource in unread)
        {
            resource.DynamicAnchors = new DynamicAnchors();
            foreach (string name in resource.DynamicNames)
            {
                (JsonElement element, string pointer) = resource.Anchors[name];
                resource.DynamicAnchors.Add(name, Compile(resource, element, pointer));
            }
        }

        return unread.Length > 0;
    }
}
