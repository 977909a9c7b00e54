using System.Diagnostics;
using Bridge.Llama.Jinja;
using Bridge.TestKit;

namespace Bridge.Llama.Tests.Jinja;

/// <summary>A template that means ill fails soon, and reaches nothing.</summary>
public class HostileTests
{
    private const string Marks = "{}%|()[]'\"-+~.,:=#*/<>\n \\e0";

    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(30); // far above what any takes, for busy machines

    [Theory]
    [InlineData("{% for a in range(10000) %}{% for b in range(10000) %}{% for c in range(10000) %}{% endfor %}{% endfor %}{% endfor %}", "MaxSteps")]
    [InlineData("{{ range(1000000000000)|length }}", "MaxSteps")]
    [InlineData("{{ range(0, 9223372036854775807, 3)|list }}", "MaxSteps")]
    [InlineData("{{ 'a' * 1000000000 }}", "MaxTextLength")]
    [InlineData("{{ 'abc' * 9223372036854775807 }}", "MaxTextLength")]
    [InlineData("{{ [1, 2] * 1000000000 }}", "MaxSteps")]
    [InlineData("{% set ns = namespace(x='aaaaaaaaaa') %}{% for i in range(100) %}{% set ns.x = ns.x + ns.x %}{% endfor %}", "MaxTextLength")]
    [InlineData("{% set ns = namespace(x=[1]) %}{% for i in range(100) %}{% set ns.x = ns.x + ns.x %}{% endfor %}", "MaxSteps")]
    [InlineData("{% set x = 'a' * 1000000 %}{% for i in range(1000) %}{{ 'b' in x }}{% endfor %}", "MaxTextLength")]
    [InlineData("{% set x = 'a' * 1000000 %}{% for i in range(1000) %}{{ x.replace('a', 'bb')|length }}{% endfor %}", "MaxSteps")]
    [InlineData("{% for i in range(4000) %}{{ 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' * 100 }}{% endfor %}", "MaxOutputLength")]
    [InlineData("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "MaxCallDepth")]
    [InlineData("{% macro a() %}{% call b() %}{{ a() }}{% endcall %}{% endmacro %}{% macro b() %}{{ caller() }}{% endmacro %}{{ a() }}", "MaxCallDepth")]
    [InlineData("{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}", "MaxCallDepth")]
    [InlineData("{% set l = [] %}{% set _ = l.append(l) %}{{ l }}", "MaxValueDepth")]
    [InlineData("{% set l = [] %}{% set _ = l.append(l) %}{{ l|tojson }}", "MaxValueDepth")]
    [InlineData("{% set l = [] %}{% set m = [] %}{% set _ = l.append(l) %}{% set _ = m.append(m) %}{{ l == m }}", "MaxValueDepth")]
    [InlineData("{% set ns = namespace(x=[]) %}{% for i in range(100000) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x }}", "MaxValueDepth")]
    [InlineData("{% set l = [1] %}{% for x in l %}{% for y in range(3000) %}{% for z in range(3000) %}{% set _ = l.append(1) %}{% endfor %}{% endfor %}{% endfor %}", "MaxSteps")]
    public void Render_OfATemplateOverALimit_NamesTheLimit(string template, string limit)
    {
        var watch = Stopwatch.StartNew();
        Action render = () => Rendered.Text(template);
        render.Should().Throw<TemplateException>().Which.Limit.Should().Be(limit);
        watch.Elapsed.Should().BeLessThan(s_soon);
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("[", "]")]
    [InlineData("{'a':", "}")]
    [InlineData("not ", "")]
    [InlineData("-", "")]
    [InlineData("1 if 1 else ", "")]
    [InlineData("f(", ")")]
    [InlineData("a[", "]")]
    public void Parse_OfVeryDeepExpressions_NamesTheLimit(string open, string close)
    {
        string template = "{{ " + string.Concat(Enumerable.Repeat(open, 40_000)) + "1" + string.Concat(Enumerable.Repeat(close, 40_000)) + " }}";
        Action parse = () => JinjaTemplate.Parse(template);
        parse.Should().Throw<TemplateException>().Which.Limit.Should().Be("MaxNesting");
    }

    [Theory]
    [InlineData(" + 1")]
    [InlineData(" or 1")]
    [InlineData("|abs")]
    [InlineData(".a")]
    [InlineData("[0]")]
    [InlineData("()")]
    [InlineData(" is true")]
    public void Parse_OfVeryLongChains_NamesTheLimit(string link)
    {
        Action parse = () => JinjaTemplate.Parse("{{ 1" + string.Concat(Enumerable.Repeat(link, 50_000)) + " }}");
        parse.Should().Throw<TemplateException>().Which.Limit.Should().Be("MaxNesting");
    }

    [Fact]
    public void Parse_OfVeryDeepBlocks_NamesTheLimit()
    {
        Action parse = () => JinjaTemplate.Parse(string.Concat(Enumerable.Repeat("{% if 1 %}", 40_000)));
        parse.Should().Throw<TemplateException>().Which.Limit.Should().Be("MaxNesting");
    }

    [Fact]
    public void Parse_OfAVeryLongTemplate_NamesTheLimit()
    {
        Action parse = () => JinjaTemplate.Parse(new string('a', 600_000));
        parse.Should().Throw<TemplateException>().Which.Limit.Should().Be("MaxTemplateLength");
    }

    [Theory]
    [InlineData("{{ ''.__class__ }}", "")]
    [InlineData("{{ [].__class__.__base__ }}", null)]
    [InlineData("{{ ''.__class__.__mro__[1].__subclasses__() }}", null)]
    [InlineData("{{ x.GetType() }}", null)]
    [InlineData("{{ ''|attr('__class__') }}", "")]
    [InlineData("{{ range.__globals__ }}", "")]
    [InlineData("{{ namespace.__init__.__globals__['os'] }}", null)]
    [InlineData("{{ self }}{{ config }}{{ request }}{{ open }}", "")]
    [InlineData("{% include '/etc/passwd' %}", null)]
    [InlineData("{% import 'os' as os %}", null)]
    [InlineData("{% extends 'x' %}", null)]
    public void Render_OfATemplateThatReachesOut_FindsNothing(string template, string? expected)
    {
        Func<string> render = () => Rendered.Text(template);
        if (expected is null)
        {
            render.Should().Throw<TemplateException>();
        }
        else
        {
            render().Should().Be(expected);
        }
    }

    [Fact]
    public void Render_OfValuesFromOutside_CannotChangeThem()
    {
        Action render = () => Rendered.Text("{% set _ = list.append(1) %}", """{"list": []}""");
        render.Should().Throw<TemplateException>().WithMessage("*Only a list that the template made can be changed*");
    }

    [Fact]
    public void Render_WhenCancelled_Ends()
    {
        JinjaTemplate template = JinjaTemplate.Parse("{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}", new TemplateLimits { MaxSteps = long.MaxValue });
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        Action render = () => template.Render([], DateTimeOffset.UnixEpoch, soon.Token);
        render.Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public void Render_FromManyThreads_IsTheSame()
    {
        JinjaTemplate template = JinjaTemplate.Parse("{% set ns = namespace(n=0) %}{% macro m(x) %}{% set ns.n = ns.n + x %}{% endmacro %}{% for i in range(100) %}{{ m(i) }}{% endfor %}{{ ns.n }}");
        Enumerable.Range(0, 200).AsParallel()
            .Select(_ => template.Render([], DateTimeOffset.UnixEpoch, CancellationToken.None).Value)
            .Should().AllBe("4950");
    }

    [Fact]
    public void ParseAndRender_OfBrokenPublishedTemplates_GivesATextOrATemplateException()
    {
        var random = new Random(20261121);
        var limits = new TemplateLimits { MaxSteps = 200_000, MaxTextLength = 4_000_000 };
        const string Variables = """{"messages": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "", "tool_calls": [{"function": {"name": "f", "arguments": {"a": 1}}}]}, {"role": "tool", "content": "1"}], "tools": [{"type": "function", "function": {"name": "f", "description": "d", "parameters": {"type": "object", "properties": {"a": {"type": "integer"}}}}}], "bos_token": "<s>"}""";
        int rendered = 0;
        int refused = 0;
        foreach (FileInfo file in PublishedTemplates.All)
        {
            string text = File.ReadAllText(file.FullName);
            for (int round = 0; round < 20; round++)
            {
                try
                {
                    Rendered.Text(Break(text, random, round), Variables, limits);
                    rendered++;
                }
                catch (TemplateException)
                {
                    refused++;
                }
            }
        }

        rendered.Should().BePositive();
        refused.Should().BePositive();
    }

    private static string Break(string text, Random random, int round)
    {
        int at = random.Next(text.Length);
        int length = Math.Min(random.Next(1, 30), text.Length - at);
        int other = random.Next(text.Length - length + 1);
        return (round % 4) switch
        {
            0 => text[..at],
            1 => text.Remove(at, length),
            2 => text.Insert(other, text.Substring(at, length)),
            _ => text[..at] + Marks[random.Next(Marks.Length)] + text[(at + 1)..],
        };
    }
}
