using Bridge.Llama.Jinja;

namespace Bridge.Llama.Tests.Jinja;

/// <summary>Errors say what is wrong, and where.</summary>
public class ErrorTests
{
    [Theory]
    [InlineData("a\n  {{ b", 2, 3, "*'{{' has no end; write '}}'*")]
    [InlineData("a\n{% if x %}\nb", 3, 2, "*'{% endif %}' is expected here, not the end of the template*")]
    [InlineData("{% if x %}{% endfor %}", 1, 14, "*'endfor' is no statement*")]
    [InlineData("{{ a b }}", 1, 6, "*'}}' is expected here, not 'b'*")]
    [InlineData("{{ }}", 1, 4, "*a value is expected here, not '}}'*")]
    [InlineData("{{ 'a }}", 1, 4, "*has no end*")]
    [InlineData("{{ 'a\\xzz' }}", 1, 6, "*'\\x' needs 2 hexadecimal digits*")]
    [InlineData("{{ a ! b }}", 1, 6, "*'!' has no meaning here*")]
    [InlineData("{# a", 1, 1, "*comment has no end*")]
    [InlineData("{% raw %}a", 1, 1, "*'raw' has no end*")]
    [InlineData("{% break %}", 1, 4, "*stands in no loop*")]
    [InlineData("{% for x in y %}{% set z %}{% continue %}{% endset %}{% endfor %}", 1, 31, "*stands in no loop*")]
    [InlineData("{% macro m(a, a) %}{% endmacro %}", 1, 15, "*two parameters 'a'*")]
    [InlineData("{{ f(a=1, 2) }}", 1, 11, "*Arguments by place*")]
    [InlineData("{% set a.b.c = 1 %}", 1, 11, "*'%}' is expected*")]
    [InlineData("{{ 99999999999999999999 }}", 1, 4, "*64 bits*")]
    public void Parse_OfAMalformedTemplate_SaysWhereAndWhat(string template, int line, int column, string message)
    {
        Action parse = () => JinjaTemplate.Parse(template);
        TemplateException error = parse.Should().Throw<TemplateException>().WithMessage(message).Which;
        (error.Line, error.Column).Should().Be((line, column));
        error.Message.Should().StartWith($"Line {line}, column {column} of the chat template: ");
    }

    [Theory]
    [InlineData("a\n {{ missing.a }}", 2, 0, "*no member 'a' of 'missing'*")]
    [InlineData("\n{{ 1 + none }}", 2, 6, "*'+' does not work with an integer and none*")]
    [InlineData("{{ 1|nosuch }}", 1, 6, "*There is no filter 'nosuch'*")]
    [InlineData("{{ 1 is nosuch }}", 1, 6, "*There is no test 'nosuch'*")]
    [InlineData("{{ f(1) }}", 1, 5, "*'f' cannot be called: it is undefined ('f')*")]
    [InlineData("{{ 1 // 0 }}", 1, 6, "*divided by 0*")]
    [InlineData("{{ 2 ** 64 }}", 1, 6, "*greater than 64 bits*")]
    [InlineData("{% for x in 5 %}{% endfor %}", 1, 13, "*cannot go through an integer*")]
    [InlineData("{% set a, b = [1] %}", 1, 8, "*2 variables take the items of a list of 2, not of 1*")]
    [InlineData("{% set a.b = 1 %}", 1, 8, "*'a' is no namespace*")]
    [InlineData("{{ {[1]: 2} }}", 1, 5, "*A key of a map is a text or an integer, not a list*")]
    [InlineData("{{ 'a' < 1 }}", 1, 4, "*no order between a text and an integer*")]
    [InlineData("{{ ['a', 1]|sort }}", 1, 13, "*no order between*")]
    [InlineData("{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}", 1, 35, "*'m' takes at most 1 arguments, not 2*")]
    [InlineData("{% macro m(a) %}{% endmacro %}{{ m(b=2) }}", 1, 35, "*'m' has no parameter 'b'*")]
    [InlineData("{{ 'a'.split('') }}", 1, 13, "*separator is empty*")]
    [InlineData("{{ range|tojson }}", 1, 10, "*no JSON of the function 'range'*")]
    [InlineData("{{ '{'.format(1) }}", 1, 14, "*brace without its other*")]
    public void Render_OfATemplateThatFails_SaysWhereAndWhat(string template, int line, int column, string message)
    {
        Action render = () => Rendered.Text(template);
        TemplateException error = render.Should().Throw<TemplateException>().WithMessage(message).Which;
        error.Line.Should().Be(line);
        error.Limit.Should().BeNull();
        error.IsRefusal.Should().BeFalse();
        if (column > 0)
        {
            error.Column.Should().Be(column);
        }
    }

    [Fact]
    public void Render_OfATemplateThatRefuses_GivesItsWords()
    {
        Action render = () => Rendered.Text("{{ raise_exception('Roles must alternate') }}");
        TemplateException error = render.Should().Throw<TemplateException>().WithMessage("*: Roles must alternate").Which;
        error.IsRefusal.Should().BeTrue();
    }
}
