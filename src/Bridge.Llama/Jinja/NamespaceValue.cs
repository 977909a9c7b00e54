namespace Bridge.Llama.Jinja;

/// <summary>What <c>namespace()</c> makes: the one thing whose members a template can set.</summary>
internal sealed class NamespaceValue : TemplateValue
{
    private readonly Dictionary<string, TemplateValue> _members = new(StringComparer.Ordinal);

    public override string Kind => "a namespace";

    public override TemplateValue Member(string name) => _members.GetValueOrDefault(name) ?? base.Member(name);

    public void Set(string name, TemplateValue value) => _members[name] = value;
}
