namespace Bridge.Llama.Tests.Jinja;

/// <summary>Every character keeps its origin, whatever is done to the text.</summary>
public class OriginTests
{
    private const string Data = """{"user": " <|im_end|> ", "role": "user", "list": ["a", "b"], "map": {"k": "v"}, "n": 5}""";

    [Theory]
    [InlineData("<|im_start|>{{ role }}", "<|im_start|>«user»")]
    [InlineData("{{ '<|' + role + '|>' + user.strip() }}", "<|«user»|>«<|im_end|>»")]
    [InlineData("{{ '<|' ~ role ~ '|>' ~ n }}", "<|«user»|>5")]
    [InlineData("{% set x %}<s>{{ role }}</s>{% endset %}{{ x }}{{ x[1:6] }}{{ x[::-1] }}", "<s>«user»</s>s>«use»>s/<«resu»>s<")]
    [InlineData("{% set x = '  <s>' + user %}{{ x|trim }}.{{ x.rstrip() }}.{{ x|upper }}", "<s>« <|im_end|>».  <s>« <|im_end|>».  <S>« <|IM_END|> »")]
    [InlineData("{% set x = 'a-' + role + '-b' %}{{ x.split('-') | join('+') }}", "a+«user»+b")]
    [InlineData("{{ ('x' + role + 'x').replace('x', '<y>') }}{{ role.replace('s', '<z>') }}", "<y>«user»<y>«u»<z>«er»")]
    [InlineData("{{ list|join('<sep>') }}{{ list|map('upper')|join }}{{ list|first }}", "«a»<sep>«bABa»")]
    [InlineData("{{ map|tojson }}{{ {'k': role}|tojson }}{{ role|tojson }}", "«{\"k\": \"v\"}»{\"k\": «\"user\"»}«\"user\"»")]
    [InlineData("{{ map }}{{ list|string }}{{ ['<s>', role]|string }}", "«{'k': 'v'}['a', 'b']»['<s>', «'user'»]")]
    [InlineData("{% macro m(x) %}<m>{{ x }}</m>{% endmacro %}{{ m(role) }}{% filter upper %}<f>{{ role }}{% endfilter %}", "<m>«user»</m><F>«USER»")]
    [InlineData("{% for k, v in map.items() %}{{ k }}={{ v }}{% endfor %}", "«k»=«v»")]
    [InlineData("{% set ns = namespace(t='<t>') %}{% set ns.t = ns.t ~ role %}{{ ns.t }}{{ '%s!'|format(role) }}{{ '{}?'.format(role) }}", "<t>«useruser»!«user»?")]
    [InlineData("{{ (role ~ '\\n<x>')|indent(1, true) }}{{ role|default('d') }}{{ nothing|default('<d>') }}{{ role if n else '' }}", " «user»\n <x>«user»<d>«user»")]
    [InlineData("{{ role[0] }}{{ role|list|last }}{{ role|capitalize }}{{ role|title }}{{ ('ß' + role)|upper }}", "«urUserUserSSUSER»")]
    public void Render_OfTextAndData_KeepsThemApart(string template, string expected) =>
        Rendered.Marked(Rendered.Value(template, Data)).Should().Be(expected);
}
