namespace Bridge.Llama.Tests.Jinja;

/// <summary>Each feature of the language, beside what Jinja for Python writes.</summary>
public class LanguageTests
{
    private const string Data =
        """{"name": "Ann", "n": 7, "f": 0.5, "yes": true, "nil": null, "list": [3, 1, 2], "map": {"b": 1, "A": "x"}, "people": [{"name": "Ann", "age": 3}, {"name": "bob", "age": 2}, {"name": "Cy"}], "text": "  a\nb  "}""";

    [Theory]
    [InlineData("a {{ name }} b", "a Ann b")]
    [InlineData("{{ 'it''s' 'one' }}{{ \"q\\\"\\n\\x41\\u00e9\" }}", "itsoneq\"\nAé")]
    [InlineData("{{ 1_000 }} {{ 1.50 }} {{ 2e3 }} {{ true }} {{ False }} [{{ none }}]", "1000 1.5 2000.0 True False []")]
    [InlineData("{{ [1, 'a', none, true] }} {{ (1,) }} {{ () }} {{ {'a': 1.0, 2: 'it\\'s'} }}", "[1, 'a', None, True] (1,) () {'a': 1.0, 2: \"it's\"}")]
    [InlineData("{{ 'a{{ b }}' }}{{ {'a': {'b': 1}}['a']['b'] }}", "a{{ b }}1")]
    [InlineData("[{{ missing }}][{{ map.missing }}]", "[][]")]
    public void Values(string template, string expected) => Rendered.Text(template, Data).Should().Be(expected);

    [Theory]
    [InlineData("{{ 7 // 2 }} {{ -7 // 2 }} {{ -7 % 3 }} {{ 7 / 2 }} {{ 4 / 2 }} {{ 2 ** 3 ** 2 }} {{ 2 ** -1 }}", "3 -4 2 3.5 2.0 64 0.5")]
    [InlineData("{{ 1 + 2 * 3 - -4 }} {{ (1 + 2) * 3 }} {{ -3|abs }} {{ +3 }}", "11 9 3 3")]
    [InlineData("{{ 'a' + 'b' ~ 1 ~ none ~ true }} {{ 'ab' * 3 }} {{ [1] + [2] }} {{ [0] * 3 }}", "ab1NoneTrue ababab [1, 2] [0, 0, 0]")]
    [InlineData("{{ 1 < 2 < 3 }} {{ 1 < 3 < 2 }} {{ 1 == 1.0 }} {{ '1' == 1 }} {{ [1, [2]] == [1, [2]] }} {{ {'a': 1} != {'a': 1} }}", "True False True False True False")]
    [InlineData("{{ 'b' in 'abc' }} {{ 2 in [1, 2] }} {{ 'x' not in {'x': 1} }} {{ 1 in missing }}", "True True False False")]
    [InlineData("{{ 0 or 'x' }} {{ 1 and '' or 'y' }} {{ not 1 == 2 }} {{ not not 0 }}", "x y True False")]
    [InlineData("{{ 'a' if n > 5 else 'b' }}{{ 'c' if n > 9 }}{{ 1 if false else 2 if false else 3 }}", "a3")]
    [InlineData("{{ '%s is %d%%' % ('x', 5) }} {{ '%s' % 3 }}", "x is 5% 3")]
    [InlineData("{{ 1e16 }} {{ 123456789012345680.0 }} {{ 0.0001 }} {{ 0.00001 }} {{ 1e300 * 1e10 }}", "1e+16 1.2345678901234568e+17 0.0001 1e-05 inf")]
    public void Operators(string template, string expected) => Rendered.Text(template, Data).Should().Be(expected);

    [Theory]
    [InlineData("{{ list[0] }}{{ list[-1] }}{{ map['A'] }}{{ map.A }}{{ people.0.name }}{{ people[1]['name'][0] }}", "32xxAnnb")]
    [InlineData("{{ list[1:] }}{{ list[:-1] }}{{ list[::-1] }}{{ list[5:] }}{{ list[-9:2] }}{{ list[2:0:-1] }}", "[1, 2][3, 1][2, 1, 3][][3, 1][2, 1]")]
    [InlineData("{{ 'abcdef'[1:4] }}{{ 'abc'[::-1] }}{{ 'a🦙b'[1] }}{{ 'a🦙b'[2:] }}{{ 'a🦙b'|length }}", "bcdcba🦙b3")]
    [InlineData("{{ map.get('b') }}{{ map.get('z', 5) }}{{ map.get('z') is none }}{{ map.keys()|list }}{{ map.values()|list }}{{ map.items()|list }}", "15True['b', 'A'][1, 'x'][('b', 1), ('A', 'x')]")]
    [InlineData("{{ {'items': 1}['items'] }}{{ {'items': 1}.items()|list }}", "1[('items', 1)]")]
    [InlineData("{% set l = [1] %}{% set _ = l.append(2) %}{{ l }}{{ l.pop(0) }}{{ l }}{{ l.index(2) }}{{ l.count(2) }}", "[1, 2]1[2]01")]
    public void Members(string template, string expected) => Rendered.Text(template, Data).Should().Be(expected);

    [Theory]
    [InlineData("{{ text.strip() }}|{{ text.lstrip() }}|{{ text.rstrip() }}|{{ 'xxaxx'.strip('x') }}|{{ '\\n a'.lstrip('\\n') }}", "a\nb|a\nb  |  a\nb|a| a")]
    [InlineData("{{ 'a,b,c'.split(',') }}{{ 'a,b,c'.split(',', 1) }}{{ ' a  b '.split() }}{{ 'a b c'.split(none, 1) }}{{ 'a,b,c'.rsplit(',', 1) }}", "['a', 'b', 'c']['a', 'b,c']['a', 'b']['a', 'b c']['a,b', 'c']")]
    [InlineData("{{ 'abcabc'.replace('b', 'X') }}{{ 'aaa'.replace('a', 'b', 2) }}{{ 'ab'.replace('', '-') }}", "aXcaXcbba-a-b-")]
    [InlineData("{{ 'abc'.startswith('ab') }}{{ 'abc'.endswith(('x', 'bc')) }}{{ 'abcabc'.find('c') }}{{ 'abcabc'.rfind('c') }}{{ 'x'.find('y') }}{{ 'abab'.count('ab') }}", "TrueTrue25-12")]
    [InlineData("{{ 'aB c'.upper() }}{{ 'aB'.lower() }}{{ 'ab cD'.title() }}{{ 'aB c'.capitalize() }}", "AB CabAb CdAb c")]
    [InlineData("{{ '{} {} {x}'.format(1, 2, x='z') }}{{ '{{}}'.format() }}{{ ','.join(['a', 'b']) }}", "1 2 z{}a,b")]
    [InlineData("{{ 'a\\nb\\r\\nc'.splitlines() }}{{ 'a=b=c'.partition('=') }}{{ 'pre-x'.removeprefix('pre-') }}{{ 'x.py'.removesuffix('.py') }}", "['a', 'b', 'c']('a', '=', 'b=c')xx")]
    [InlineData("{{ '12'.isdigit() }}{{ 'a1'.isalpha() }}{{ 'a1'.isalnum() }}{{ ' '.isspace() }}{{ 'AB'.isupper() }}{{ ''.isdigit() }}", "TrueFalseTrueTrueTrueFalse")]
    public void Methods(string template, string expected) => Rendered.Text(template, Data).Should().Be(expected);

    [Theory]
    [InlineData("{{ name|upper }}{{ name|lower }}{{ 'a b'|title }}{{ 'aB'|capitalize }}{{ text|trim|length }}{{ 'xax'|trim('x') }}", "ANNannA BAb3a")]
    [InlineData("{{ list|sort }}{{ list|sort(reverse=true) }}{{ list|reverse|list }}{{ list|first }}{{ list|last }}{{ list|length }}{{ list|min }}{{ list|max }}{{ list|sum }}", "[1, 2, 3][3, 2, 1][2, 1, 3]323136")]
    [InlineData("{{ ['b', 'A', 'a']|sort }}{{ ['b', 'A', 'a']|sort(case_sensitive=true) }}{{ ['a', 'A', 'b']|unique|list }}", "['A', 'a', 'b']['A', 'a', 'b']['a', 'b']")]
    [InlineData("{{ people|map(attribute='name')|join(', ') }} {{ people|map(attribute='age', default=0)|list }} {{ ['a']|map('upper')|first }} {{ people|join('/', attribute='name') }}", "Ann, bob, Cy [3, 2, 0] A Ann/bob/Cy")]
    [InlineData("{{ people|selectattr('age')|map(attribute='name')|list }}{{ people|selectattr('age', 'eq', 2)|list|length }}{{ people|rejectattr('age', 'defined')|list|length }}{{ list|select('odd')|list }}{{ list|reject('gt', 1)|list }}", "['Ann', 'bob']11[3, 1][1]")]
    [InlineData("{{ people|sort(attribute='name')|map(attribute='name')|list }}{{ map|dictsort }}{{ map|dictsort(by='key', reverse=true) }}{{ map|items|list }}", "['Ann', 'bob', 'Cy'][('A', 'x'), ('b', 1)][('b', 1), ('A', 'x')][('b', 1), ('A', 'x')]")]
    [InlineData("{{ missing|default('x') }}{{ ''|default('y') }}{{ ''|default('z', true) }}{{ nil|d('w', boolean=True) }}", "xzw")]
    [InlineData("{{ '42'|int }}{{ 'x'|int }}{{ 'x'|int(default=5) }}{{ 3.9|int }}{{ '3.5'|float }}{{ 'a'|float }}{{ 2.5|round }}{{ 2.345|round(2) }}{{ 2.1|round(method='ceil') }}", "420533.50.02.02.353.0")]
    [InlineData("{{ 'a\\nb\\n\\nc'|indent }}|{{ 'a\\nb'|indent(2, first=true) }}|{{ 'a\\n\\nb'|indent('> ', blank=true) }}", "a\n    b\n\n    c|  a\n  b|a\n> \n> b")]
    [InlineData("{{ '<a>'|e }}{{ 'a b c'|wordcount }}{{ 'a'|replace('a', 'b') }}{{ '%s-%s'|format(1, 'x') }}{{ 'x'|safe }}{{ [1, 'a']|string }}{{ 'abc'|list }}{{ 'abc'|reverse }}{{ map|length }}", "&lt;a&gt;3b1-xx[1, 'a']['a', 'b', 'c']cba2")]
    public void Filters(string template, string expected) => Rendered.Text(template, Data).Should().Be(expected);

    [Theory]
    [InlineData("{{ map|tojson }}", """{"b": 1, "A": "x"}""")]
    [InlineData("{{ map|tojson(sort_keys=true, separators=(',', ':')) }}", """{"A":"x","b":1}""")]
    [InlineData("{{ [1, {'a': []}, {}]|tojson(indent=2) }}", "[\n  1,\n  {\n    \"a\": []\n  },\n  {}\n]")]
    [InlineData("{{ 'é\"\\\\\\n\\t\\x01<&>\\'🦙'|tojson }}", "\"é\\\"\\\\\\n\\t\\u0001<&>'🦙\"")]
    [InlineData("{{ 'é🦙'|tojson(ensure_ascii=true) }}", "\"\\u00e9\\ud83e\\udd99\"")]
    [InlineData("{{ [f, n, nil, yes, 1e16, 1.0]|tojson }}", "[0.5, 7, null, true, 1e+16, 1.0]")]
    public void Json(string template, string expected) => Rendered.Text(template, Data).Should().Be(expected);

    [Theory]
    [InlineData("{{ n is odd }}{{ n is even }}{{ n is divisibleby 7 }}{{ n is divisibleby(2) }}{{ n is eq 7 }}{{ n is gt(9) }}{{ n is in [7] }}{{ n is not in([7]) }}", "TrueFalseTrueFalseTrueFalseTrueFalse")]
    [InlineData("{{ name is string }}{{ n is number }}{{ n is integer }}{{ f is float }}{{ yes is boolean }}{{ yes is integer }}{{ yes is number }}{{ nil is none }}{{ yes is true }}{{ yes is false }}", "TrueTrueTrueTrueTrueFalseTrueTrueTrueFalse")]
    [InlineData("{{ map is mapping }}{{ list is mapping }}{{ list is iterable }}{{ map is iterable }}{{ n is iterable }}{{ name is sequence }}{{ map is sequence }}{{ n is sequence }}", "TrueFalseTrueTrueFalseTrueTrueFalse")]
    [InlineData("{{ missing is defined }}{{ missing is undefined }}{{ missing is not defined }}{{ nil is defined }}{{ range is callable }}{{ 'a' is lower }}{{ 'A' is upper }}{{ list is sameas list }}", "FalseTrueTrueTrueTrueTrueTrueTrue")]
    public void Tests(string template, string expected) => Rendered.Text(template, Data).Should().Be(expected);

    [Theory]
    [InlineData("{% if n == 7 %}a{% elif n %}b{% else %}c{% endif %}{% if nil %}d{% elif yes %}e{% endif %}{% if nil %}{% else %}f{% endif %}", "aef")]
    [InlineData("{% for x in list %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }} {% endfor %}", "1032TrueFalse3 2121FalseFalse3 3210FalseTrue3 ")]
    [InlineData("{% for x in list %}{{ loop.previtem }}<{{ x }}>{{ loop.nextitem }} {% endfor %}", "<3>1 3<1>2 1<2> ")]
    [InlineData("{% for x in list if x > 1 %}{{ x }}{{ loop.length }}{% else %}none{% endfor %}{% for x in [] %}{% else %}empty{% endfor %}", "3222empty")]
    [InlineData("{% for k, v in map.items() %}{{ k }}={{ v }};{% endfor %}{% for k in map %}{{ k }}{% endfor %}{% for c in 'ab' %}{{ c }}.{% endfor %}{% for x in missing %}x{% endfor %}", "b=1;A=x;bAa.b.")]
    [InlineData("{% for x in range(5) %}{% if x == 1 %}{% continue %}{% endif %}{% if x == 3 %}{% break %}{% endif %}{{ x }}{% endfor %}", "02")]
    [InlineData("{% for x in range(1, 10, 3) %}{{ x }}{{ loop.cycle('a', 'b') }}{% endfor %}{% for x in [1, 1, 2] %}{{ loop.changed(x) }}{% endfor %}{{ range(3, 0, -1)|list }}", "1a4b7aTrueFalseTrue[3, 2, 1]")]
    [InlineData("{% for x in [[1, [2]], [3]] recursive %}{% if x is iterable %}({{ loop(x) }}){% else %}{{ x }}:{{ loop.depth }}{% endif %}{% endfor %}", "(1:2(2:3))(3:2)")]
    [InlineData("{% set x = 1 %}{% for i in [1, 2] %}{{ x }}{% set x = 5 %}{{ x }}{% endfor %}{{ x }}{% if true %}{% set x = 2 %}{% endif %}{{ x }}", "151512")]
    [InlineData("{% set ns = namespace(a=1, b='x') %}{% for i in list %}{% set ns.a = ns.a + i %}{% endfor %}{{ ns.a }}{{ ns.b }}{{ namespace({'q': 2}).q }}{{ dict(a=1) }}", "7x2{'a': 1}")]
    [InlineData("{% set a, b = 1, [2] %}{{ a }}{{ b }}{% set c %}x{{ a }}{% endset %}{{ c|length }}{% set d | upper %}y{% endset %}{{ d }}{% set t = 1, %}{{ t }}", "1[2]2Y(1,)")]
    public void Statements(string template, string expected) => Rendered.Text(template, Data).Should().Be(expected);

    [Theory]
    [InlineData("{% macro m(a, b=2, c=a) %}{{ a }}{{ b }}{{ c }};{% endmacro %}{{ m(1) }}{{ m(1, c=3) }}{{ m(*[4, 5, 6]) }}{{ m(**{'a': 7}) }}", "121;123;456;727;")]
    [InlineData("{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, x=3) }}", "(1, 2){'x': 3}")]
    [InlineData("{% macro m(a) %}[{{ caller(a) }}]{% endmacro %}{% call(x) m(5) %}got {{ x }}{% endcall %}", "[got 5]")]
    [InlineData("{% set y = 1 %}{% macro m() %}{{ y }}{% endmacro %}{% set y = 2 %}{{ m() }}{% for y in [3] %}{{ m() }}{% endfor %}", "22")]
    [InlineData("{% macro fact(n) %}{{ n * fact(n - 1)|int if n > 1 else 1 }}{% endmacro %}{{ fact(5) }}", "120")]
    [InlineData("{% filter upper %}a{{ name }}{% endfilter %}{% with q = 1, r = n %}{{ q }}{{ r }}{% endwith %}{{ q }}{% generation %}g{% endgeneration %}", "AANN17g")]
    [InlineData("{{ strftime_now('%d %b %Y %H:%M:%S %B %y %A %j %-d %I %p %% %q') }}", "03 Nov 2026 14:05:06 November 26 Tuesday 307 3 02 PM % %q")]
    public void Macros(string template, string expected) => Rendered.Text(template, Data).Should().Be(expected);

    [Theory]
    [InlineData("a\n", "a")]
    [InlineData("a\n\n", "a\n")]
    [InlineData("{% if yes %}\n  a\n  {% endif %}\nb", "  a\nb")]
    [InlineData("x {% if yes %} a {% endif %} b", "x  a  b")]
    [InlineData("x \n {%- if yes -%} \n a \n {%- endif -%} \n b", "xab")]
    [InlineData("x \n {{- name -}} \n b", "xAnnb")]
    [InlineData("  {{ name }}\nb", "  Ann\nb")]
    [InlineData("  {%+ if yes +%}\n a{% endif %}", "  \n a")]
    [InlineData("a{# c {{ x }} #}\n  {# d #}\nb{#- e -#} c", "ab" + "c")]
    [InlineData("{% raw %}{{ x }}{% if %}{% endraw %}b", "{{ x }}{% if %}b")]
    [InlineData("{ {x} #} %} }}", "{ {x} #} %} }}")]
    [InlineData("a\r\n{% if yes %}\r\nb{% endif %}", "a\nb")]
    public void WhiteSpace(string template, string expected) => Rendered.Text(template, Data).Should().Be(expected);
}
