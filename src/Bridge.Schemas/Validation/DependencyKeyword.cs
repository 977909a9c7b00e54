using System.Collections.Immutable;
using System.Text;
using Bridge.Schemas.Json;

namespace Bridge.Schemas.Validation;

/// <summary>What the presence of a member asks for: other members, or a schema for the whole object.</summary>
internal sealed class DependencyKeyword : Keyword
{
    private const int FewNames = 64;
    private readonly ImmutableArray<(string Name, ImmutableArray<string> Required, SchemaNode? Node)> _entries;
    private readonly SchemaNode[] _inPlace;
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly Utf8Names _names;

    /// <param name="keyword">The keyword: <c>dependentRequired</c>, <c>dependentSchemas</c> or <c>dependencies</c>.</param>
    /// <param name="entries">Per member: the members it needs, and the schema it asks for.</param>
    public DependencyKeyword(string keyword, ImmutableArray<(string Name, ImmutableArray<string> Required, SchemaNode? Node)> entries)
        : base(JsonKinds.Object)
    {
        Name = keyword;
        _entries = entries;
        _inPlace = [.. entries.Select(entry => entry.Node).OfType<SchemaNode>()];
        foreach (string name in entries.SelectMany(entry => entry.Required.Prepend(entry.Name)))
        {
            _index.TryAdd(name, _index.Count);
        }

        _names = new Utf8Names(_index.Keys.Select(Encoding.UTF8.GetBytes));
    }

    /// <summary>The keyword.</summary>
    public string Name { get; }

    public override ReadOnlySpan<SchemaNode> InPlace => _inPlace;

    public override bool Check(JsonValue instance, Evaluation run)
    {
        Span<bool> given = _index.Count <= FewNames ? stackalloc bool[FewNames] : new bool[_index.Count];
        foreach (JsonMember member in instance.Members)
        {
            int index = _names.Find(member.NameUtf8);
            if (index >= 0)
            {
                given[index] = true;
            }
        }

        bool valid = true;
        foreach ((string name, ImmutableArray<string> required, SchemaNode? node) in _entries)
        {
            if (!given[_index[name]])
            {
                continue;
            }

            valid &= node?.Check(instance, run) ?? true;
            foreach (string needed in required)
            {
                if (!given[_index[needed]])
                {
                    valid = false;
                    run.ReportMember(
                        Name, needed, $"is required because '{name}' is given, but it is missing",
                        $"is required with `{name}` and missing", atMember: false);
                }
            }
        }

        return valid;
    }
}
