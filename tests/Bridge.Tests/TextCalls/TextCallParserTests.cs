using System.Diagnostics;
using System.Text;
using Bridge.TextCalls;

namespace Bridge.Tests.TextCalls;

public sealed class TextCallParserTests
{
    private static readonly HashSet<string> s_names = ["add", "now", "write-file", "get.weather"];

    [Theory]
    // <tool_call>
    [InlineData("""<tool_call>{"name": "add", "arguments": {"a": 2, "b": 3}}</tool_call>""", """add{"a": 2, "b": 3}""")]
    [InlineData("""<tool_call>{"name": "add", "arguments": {"a": 2}}""", """add{"a": 2}""")]
    [InlineData("Sure!\n<tool_call>\n{\"name\":\"now\"}\n</tool_call>\nbye", "now{}")]
    [InlineData("""<tool_call>{"name":"now","arguments":{}}</tool_call><tool_call>{"name":"add","arguments":{"a":1}}</tool_call>""", """now{}|add{"a":1}""")]
    [InlineData("""<tool_call>[{"name":"now","arguments":null},{"name":"add","parameters":{"a":1}}]</tool_call>""", """now{}|add{"a":1}""")]
    [InlineData("""<tool_calls>{"tool_calls":[{"id":"1","type":"function","function":{"name":"add","arguments":"{\"a\":1}"}}]}</tool_calls>""", """add{"a":1}""")]
    [InlineData("""<function_call>{"name":"add","arguments":{"a":"}"}}</function_call>""", """add{"a":"}"}""")]
    // <function=…>
    [InlineData("""<function=add>{"a": 2}</function>""", """add{"a": 2}""")]
    [InlineData("<function=now></function>", "now{}")]
    [InlineData("""<function="add">{"a": 2}""", """add{"a": 2}""")]
    [InlineData("<function=add>{a: 2}</function>", "add{a: 2}")]
    [InlineData("<tool_call>\n<function=add>\n<parameter=a>\n2\n</parameter>\n<parameter=list>[1, 2]</parameter>\n</function>\n</tool_call>", """add{"a":"2","list":[1,2]}""")]
    // <|python_tag|>
    [InlineData("""<|python_tag|>{"name": "add", "parameters": {"a": 2}}""", """add{"a": 2}""")]
    [InlineData("""<|python_tag|>{"name":"now","parameters":{}}; {"name":"add","parameters":{"a":1}}<|eom_id|>""", """now{}|add{"a":1}""")]
    [InlineData("<|python_tag|>add(a=2, b=3)", """add{"a":2,"b":3}""")]
    // Mistral
    [InlineData("""[TOOL_CALLS] [{"name": "add", "arguments": {"a": 2}}, {"name": "now", "arguments": {}}]""", """add{"a": 2}|now{}""")]
    [InlineData("""[TOOL_CALLS]add[ARGS]{"a": 2}""", """add{"a": 2}""")]
    [InlineData("""[TOOL_CALLS]add{"a": 2}[TOOL_CALLS]now{}""", """add{"a": 2}|now{}""")]
    // fences
    [InlineData("Here:\n```json\n{\"name\": \"add\", \"arguments\": {\"a\": 2}}\n```\n", """add{"a": 2}""")]
    [InlineData("```\n{\"tool\": \"add\", \"args\": {\"a\": 2}}\n```", """add{"a": 2}""")]
    [InlineData("```json\n{\"name\":\"now\",\"arguments\":{}}\n{\"name\":\"add\",\"arguments\":{\"a\":1}}", """now{}|add{"a":1}""")]
    [InlineData("```tool_code\nadd(a=2)\n```", """add{"a":2}""")]
    [InlineData("```{\"name\":\"now\",\"arguments\":{}}```", "now{}")]
    // bare JSON
    [InlineData("""{"name": "add", "arguments": {"a": 2, "b": 3}}""", """add{"a": 2, "b": 3}""")]
    [InlineData("""{"name": "add", "parameters": {"a": 2}}""", """add{"a": 2}""")]
    [InlineData("""[{"name": "add", "arguments": {"a": 2}}, {"name": "now", "arguments": {}}]""", """add{"a": 2}|now{}""")]
    [InlineData("I will call it.\n  {\"name\": \"add\", \"arguments\": {\"a\": 2}}\nDone.", """add{"a": 2}""")]
    [InlineData("""{"calls": [{"tool": "add", "arguments": {"a": 2}}]}""", """add{"a": 2}""")]
    [InlineData("""{"name": "add", "arguments": "{\"a\": 2}"}""", """add{"a": 2}""")]
    [InlineData("""{"name": "add", "arguments": {"a": "é😀"}}""", """add{"a": "é😀"}""")]
    [InlineData("""{"name": "add", "arguments": {"a": 1, "a": 2}}""", """add{"a": 1, "a": 2}""")]
    // Python
    [InlineData("add(a=2, b=3)", """add{"a":2,"b":3}""")]
    [InlineData("[add(a=2, b=\"x\"), now()]", """add{"a":2,"b":"x"}|now{}""")]
    [InlineData("add(a=[1, {'k': (True, None)}], b='it\\'s')", """add{"a":[1,{"k":[true,null]}],"b":"it\u0027s"}""")]
    [InlineData("I'll use a tool:\n`add(a=-1.5e3)`", """add{"a":-1.5e3}""")]
    [InlineData("get.weather(city=\"Köln\\n\\u00e9\\q\")", """get.weather{"city":"K\u00F6ln\n\u00E9\\q"}""")]
    [InlineData("add(a=1); now()", """add{"a":1}|now{}""")]
    [InlineData("add(a=false, b=null, c=[],)", """add{"a":false,"b":null,"c":[]}""")]
    // thinking
    [InlineData("""<think>maybe {"name":"now","arguments":{}}</think>{"name": "add", "arguments": {"a": 2}}""", """add{"a": 2}""")]
    [InlineData("I ponder</think>\nadd(a=2)", """add{"a":2}""")]
    public void Parse_CallAsText_IsRead(string answer, string expected) => Show(TextCallParser.Parse(answer, s_names)).Should().Be(expected);

    [Theory]
    [InlineData("")]
    [InlineData("The sum is 5.")]
    [InlineData("<tool_call>not json</tool_call>")]
    [InlineData("<tool_call>{\"a\": 1}</tool_call>")]
    [InlineData("<tool_call>{\"name\": 5}</tool_call>")]
    [InlineData("<tool_call>")]
    [InlineData("""<tool_call>{"name": "rm", "arguments": {}}</tool_call>""")]
    [InlineData("<function=rm>{}</function>")]
    [InlineData("<function=add")]
    [InlineData("<function=add><parameter=a>2")]
    [InlineData("<function=add><parameter=a")]
    [InlineData("<|python_tag|>print(1)")]
    [InlineData("[TOOL_CALLS] add")]
    [InlineData("[TOOL_CALLS] [1]")]
    [InlineData("[TOOL_CALLS] add {broken")]
    [InlineData("""{"name": "rm", "arguments": {}}""")]
    [InlineData("""{"name": "add"}""")]
    [InlineData("""{"name": "add", "arguments": {}, "price": 3}""")]
    [InlineData("""[{"name": "add", "arguments": {}}, 5]""")]
    [InlineData("[]")]
    [InlineData("""The object {"name": "add", "arguments": {"a": 1}} would add.""")]
    [InlineData("{\"name\": \"add\", \"arguments\": {\"a\": ")]
    [InlineData("add(2, 3)")]
    [InlineData("add(a=b)")]
    [InlineData("add(a=1, a=2)")]
    [InlineData("add(a=1")]
    [InlineData("add(a=1 b=2)")]
    [InlineData("add(a=\"open")]
    [InlineData("add(a=\"open\\")]
    [InlineData("add(a=\"\\u00g0\")")]
    [InlineData("add(a=1.2.3)")]
    [InlineData("add(a=[1 2])")]
    [InlineData("add(a={1: 2})")]
    [InlineData("add(a={'x' 2})")]
    [InlineData("add(a={'x': y})")]
    [InlineData("add(a={'x': 1 'y': 2})")]
    [InlineData("[add(a=1)")]
    [InlineData("[add(a=1) now()]")]
    [InlineData("You can write add(a=1) to add.")]
    [InlineData("rm(path=\"/\")")]
    [InlineData("```yaml\nname: add\n```")]
    [InlineData("<think>add(a=1)")]
    public void Parse_NoCall_FindsNothing(string answer) => TextCallParser.Parse(answer, s_names).Calls.Should().BeEmpty();

    [Fact]
    public void Parse_UnknownNameInTag_SaysSo() =>
        TextCallParser.Parse("""<tool_call>{"name": "rm", "arguments": {}}</tool_call>""", s_names)
            .Malformed.Should().Be("it calls 'rm', which is not one of the tools");

    [Fact]
    public void Parse_CallQuotedFromTheConversation_IsNotACall()
    {
        const string call = """<tool_call>{"name":"add","arguments":{"a":1}}</tool_call>""";
        TextCallResult result = TextCallParser.Parse($"You wrote {call}, which I do not run.", s_names, $"What does {call} mean?");

        result.Calls.Should().BeEmpty();
        result.Malformed.Should().Contain("stands in the conversation");
    }

    [Fact]
    public void Parse_TooLongAnswer_ReadsItsBeginningOnly()
    {
        string answer = new string('x', TextCallParser.MaxLength) + "\nadd(a=1)";
        TextCallParser.Parse(answer, s_names).Calls.Should().BeEmpty();
    }

    [Fact]
    public void Parse_MoreCallsThanAnyoneMeans_StopsCounting()
    {
        string answer = string.Concat(Enumerable.Repeat("""<tool_call>{"name":"now"}</tool_call>""", 1000));
        TextCallParser.Parse(answer, s_names).Calls.Should().HaveCount(64);
    }

    [Theory]
    [InlineData("<tool_call>{")]
    [InlineData("<tool_call>{\"name\":\"add\",\"arguments\":{\"a\":\"")]
    [InlineData("<function=")]
    [InlineData("<function=a>")]
    [InlineData("<function=add><parameter=")]
    [InlineData("[TOOL_CALLS]")]
    [InlineData("[TOOL_CALLS]a{")]
    [InlineData("```json\n{\n")]
    [InlineData("```")]
    [InlineData("{\"a\":\n")]
    [InlineData("[\n")]
    [InlineData("[1,\n")]
    [InlineData("add(a=[")]
    [InlineData("add(a={'x':")]
    [InlineData("add(\n")]
    [InlineData("<think>")]
    [InlineData("<think></think>")]
    [InlineData("</think>")]
    [InlineData("\ud800")]
    public void Parse_HostileRepetition_EndsSoonWithoutACall(string piece)
    {
        string answer = new StringBuilder().Insert(0, piece, TextCallParser.MaxLength / piece.Length).ToString();
        long start = Stopwatch.GetTimestamp();
        bool none = TextCallParser.Parse(answer, s_names).Calls.IsEmpty;
        none.Should().BeTrue();

        // Generous, because the machine may be busy; a quadratic search takes minutes.
        Stopwatch.GetElapsedTime(start).Should().BeLessThan(TimeSpan.FromSeconds(20));
    }

    private static string Show(TextCallResult result) =>
        string.Join('|', result.Calls.Select(call => call.Name + Encoding.UTF8.GetString(call.Arguments.Span)));
}
