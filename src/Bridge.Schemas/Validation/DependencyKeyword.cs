using System.Collections.Immutable;
using System.Text.Json;

namespace Bridge.Schemas.Validation;

/// <summary>What the presence of a member asks for: other members, or a schema for the whole object.</summary>
/// <param name="keyword">The keyword: <c>dependentRequired</c>, <c>dependentSchemas</c> or <c>dependencies</c>.</param>
/// <param name="entries">Per member: the members it needs, and the schema it asks for.</param>
internal sealed class DependencyKeyword(
    string keyword, ImmutableArray<(string Name, ImmutableArray<string> Required, SchemaNode? Node)> entries) : Keyword
{
    private readonly SchemaNode[] _inPlace = [.. entries.Select(entry => entry.Node).OfType<SchemaNode>()];

    public override JsonKinds Kinds => JsonKinds.Object;

    public override ReadOnlySpan<SchemaNode> InPlace => _inPlace;

    public override bool Check(in JsonElement instance, Evaluation run)
    {
        bool valid = true;
        foreach ((string name, ImmutableArray<string> required, SchemaNode? node) in entries)
        {
            if (!instance.TryGetProperty(name, out _))
            {
                continue;
            }

            valid &= node?.Check(instance, run) ?? true;
            foreach (string needed in required)
            {
                if (!instance.TryGetProperty(needed, out _))
                {
                    valid = false;
                    run.ReportMember(
                        keyword, needed, $"is required because '{name}' is given, but it is missing",
                        $"is required with `{name}` and missing", atMember: false);
                }
            }
        }

        return valid;
    }
}
