using Bridge.Configuration;

namespace Bridge.Tests.Configuration;

public sealed class ConfigFileVariablesTests
{
    private static readonly ConfigFileVariables s_variables = new(
        new Dictionary<string, string> { ["bridge:exe"] = "/opt/bridge" },
        name => name switch { "TOKEN" => "secret", "EMPTY" => "", _ => null });

    [Theory]
    [InlineData("plain $ { }", "plain $ { }")]
    [InlineData("Bearer ${env:TOKEN}!", "Bearer secret!")]
    [InlineData("${TOKEN}${TOKEN}", "secretsecret")]
    [InlineData("${NONE:-fall-back}", "fall-back")]
    [InlineData("${env:NONE:-x}", "x")]
    [InlineData("${EMPTY:-x}", "x")]
    [InlineData("[${EMPTY}]", "[]")]
    [InlineData("${TOKEN:-x}", "secret")]
    [InlineData("${NONE:-}", "")]
    [InlineData("${bridge:exe}", "/opt/bridge")]
    [InlineData("$${TOKEN}", "${TOKEN}")]
    public void Expand_Known_PutsTheValue(string text, string expected)
    {
        List<ConfigProblem> problems = [];

        s_variables.Expand(text, "f", problems).Should().Be(expected);
        problems.Should().BeEmpty();
    }

    [Theory]
    [InlineData("${NONE}", "unset-variable")]
    [InlineData("${input:key}", "unknown-variable")]
    [InlineData("${}", "unknown-variable")]
    [InlineData("a ${TOKEN", "unclosed-variable")]
    public void Expand_Unknown_IsAProblemAndKeepsTheText(string text, string code)
    {
        List<ConfigProblem> problems = [];

        s_variables.Expand(text, "f: a", problems).Should().Be(text);
        problems.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Code = code, Location = "f: a" });
    }

    [Fact]
    public void Expand_Tree_ExpandsStringsAndNamesTheirPlace()
    {
        ConfigFileContent file = ConfigFile.Parse("m.json", "{\"a\": {\"b\": [\"${TOKEN}\", 1,\n \"${NONE}\"], \"c\": null}}");
        List<ConfigProblem> problems = [];

        s_variables.Expand(file.Root, file, "", problems)!.ToJsonString().Should().Be("""{"a":{"b":["secret",1,"${NONE}"],"c":null}}""");
        problems.Should().ContainSingle().Which.Location.Should().Be("m.json: a.b[2] (line 2)");
        problems[0].Cure.Should().Contain("export NONE=").And.Contain("${NONE:-default}");
    }

    [Theory]
    [InlineData("comand", "command")]
    [InlineData("Command", "command")]
    [InlineData("hedaers", "headers")]
    [InlineData("server_url", "serverUrl")]
    [InlineData("arg", "args")]
    [InlineData("description", null)]
    [InlineData("envFile", null)]
    public void NearMiss_Key_FindsTheOneMeant(string key, string? meant) =>
        ConfigFileKeys.NearMiss(key, ["command", "args", "env", "headers", "serverUrl"]).Should().Be(meant);
}
