namespace Bridge.Llama.Jinja;

/// <summary>A variable.</summary>
internal sealed class NameTarget(string name) : Target
{
    public override void Assign(Scope scope, TemplateValue value) => scope.Set(name, value);
}

/// <summary>A member of a namespace.</summary>
internal sealed class MemberTarget(int position, string owner, string name) : Target
{
    public override void Assign(Scope scope, TemplateValue value)
    {
        scope.Context.Position = position;
        if (scope.Find(owner) is not NamespaceValue space)
        {
            throw new TemplateException($"'{owner}' is no namespace; only members of a namespace can be set.");
        }

        space.Set(name, value);
    }
}

/// <summary>Several targets for the items of a list.</summary>
internal sealed class TupleTarget(int position, IReadOnlyList<Target> targets) : Target
{
    public override void Assign(Scope scope, TemplateValue value)
    {
        scope.Context.Position = position;
        IReadOnlyList<TemplateValue> items = value.Items(scope.Context)
            ?? throw new TemplateException($"{targets.Count} variables take the items of a list, not {value.Kind}.");
        if (items.Count != targets.Count)
        {
            throw new TemplateException($"{targets.Count} variables take the items of a list of {targets.Count}, not of {items.Count}.");
        }

        for (int at = 0; at < targets.Count; at++)
        {
            targets[at].Assign(scope, items[at]);
        }
    }
}
