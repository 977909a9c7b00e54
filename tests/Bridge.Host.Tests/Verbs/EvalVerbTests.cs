using System.Text.Json;
using Bridge.Host.Terminal;
using Bridge.Host.Tests.Terminal;

namespace Bridge.Host.Tests.Verbs;

public sealed class EvalVerbTests : IDisposable
{
    private const string Tools = """[{"name":"add","description":"Add two numbers","inputSchema":{"type":"object","properties":{"a":{"type":"integer","description":"The first number"},"b":{"type":"integer","description":"The second number"}},"required":["a","b"]}}]""";

    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Eval_Folder_ScoresByCategoryAndWritesPredictions()
    {
        _run.Write("set/sums.jsonl", Sum("a", 2, 3) + "\n" + Sum("b", 4, 5) + "\n");
        _run.Write("set/talk.jsonl", None("c", "Good morning!") + "\n");

        (await _run.RunAsync("eval", "set", "--caller", "embedded", "--out", "out.jsonl", "--json")).Should().Be(ExitCode.Ok, _run.Error);

        JsonElement summary = JsonElement.Parse(_run.Output);
        (summary.GetProperty("caller").GetString(), summary.GetProperty("answered").GetInt32(), summary.GetProperty("kept").GetInt32()).Should().Be(("embedded", 3, 0));
        JsonElement sums = summary.GetProperty("categories").GetProperty("sums");
        (sums.GetProperty("right").GetInt32(), sums.GetProperty("total").GetInt32()).Should().Be((2, 2));
        summary.GetProperty("categories").GetProperty("talk").GetProperty("right").GetInt32().Should().Be(1);
        string[] lines = _run.Read("out.jsonl").TrimEnd().Split('\n');
        lines.Should().HaveCount(3);
        JsonElement call = JsonElement.Parse(lines[0]).GetProperty("calls")[0];
        call.GetProperty("name").GetString().Should().Be("add");
        call.GetProperty("arguments").GetRawText().Should().Be("""{"a":2,"b":3}""");
    }

    [Fact]
    public async Task Eval_AgainWithTheSameFile_AsksOnlyWhatIsMissingOrChanged()
    {
        _run.Write("sums.jsonl", Sum("a", 2, 3) + "\n" + Sum("b", 4, 5) + "\n");
        await _run.RunAsync("eval", "sums.jsonl", "--out", "out.jsonl");
        _run.Write("sums.jsonl", Sum("a", 2, 3) + "\n" + Sum("b", 6, 5) + "\n" + Sum("c", 1, 1) + "\n");

        (await _run.RunAsync("eval", "sums.jsonl", "--out", "out.jsonl", "--json")).Should().Be(ExitCode.Ok, _run.Error);

        _run.Error.Should().Contain("'out.jsonl' holds 1 of 3 predictions");
        JsonElement all = JsonElement.Parse(_run.Output).GetProperty("categories").GetProperty("all");
        (all.GetProperty("right").GetInt32(), all.GetProperty("total").GetInt32()).Should().Be((3, 3));
        _run.Read("out.jsonl").TrimEnd().Split('\n').Should().HaveCount(4, "what changed is asked again");
    }

    [Fact]
    public async Task Eval_BrokenAndContradictoryLines_AreNamedAndTheOthersScored()
    {
        _run.Write("sums.jsonl", string.Join('\n', Sum("a", 2, 3), "{", None("b", "Hello.").Replace("[]}", """[{"name":"add","arguments":{}}]}""", StringComparison.Ordinal), Sum("c", 4, 5)));

        (await _run.RunAsync("eval", "sums.jsonl")).Should().Be(ExitCode.Ok);
        _run.Error.Should().Contain("line 2: The line is not JSON").And.Contain("line 3 ('b'): 'check' is 'no_call', and calls are expected");
        _run.Output.Should().Contain("2 of 2 records answered, 2 lines left out").And.MatchRegex(@"sums +2 +2 +100\.0 %");
        (await _run.RunAsync("eval", "sums.jsonl", "--strict")).Should().Be(ExitCode.Failed);
    }

    [Fact]
    public async Task Eval_WithReport_WritesAPageAndSaysHowSureTheCallerWas()
    {
        _run.Write("sums.jsonl", Sum("a", 2, 3) + "\n" + None("b", "Hello.") + "\n" + Sum("c", 4, 5).Replace("[4]", "[400]", StringComparison.Ordinal));

        (await _run.RunAsync("eval", "sums.jsonl", "--report", "pages/scores.html")).Should().Be(ExitCode.Ok, _run.Error);

        _run.Output.Should().Contain("expected calibration error").And.MatchRegex(@"recall of .no call. +100\.0 %").And.MatchRegex(@"calls valid at the first attempt +100\.0 %").And.Contain("p95");
        _run.Read("pages/scores.html").Should().StartWith("<!DOCTYPE html>").And.Contain("<svg").And.Contain("value:a");
    }

    [Fact]
    public async Task Eval_FolderOfQuestions_MeasuresTheShortlister()
    {
        _run.Write("set/tools.jsonl", string.Join('\n', Enumerable.Range(0, 30).Select(number => $$"""{"name":"tool{{number}}","description":"Finds {{(char)('a' + (number % 26))}}-things"}""").Append("""{"name":"weather","description":"Weather of a city"}""")));
        _run.Write("set/queries-dev.jsonl", """{"kind":"easy","query":"What is the weather in the city of Oslo?","relevant":["weather"]}""");

        (await _run.RunAsync("eval", "set", "--json")).Should().Be(ExitCode.Ok, _run.Error);

        JsonElement.Parse(_run.Output).GetProperty("retrieval").GetProperty("easy").GetProperty("recall_at_1").GetDouble().Should().Be(1);
    }

    [Fact]
    public async Task Eval_QuestionsThatNameToolsAlone_ScoresTheChoiceAndTheShortlister()
    {
        _run.Write("set/plugin_des.json", $$"""{"Weather":"Weather of a city",{{string.Join(',', Enumerable.Range(0, 30).Select(number => $"\"tool{number}\":\"Finds {(char)('a' + (number % 26))}-things\""))}}}""");
        _run.Write("set/data/all.csv", "Query,Tool\nWhat is the weather in the city of Oslo?,Weather\nplain nonsense line\n");

        (await _run.RunAsync("eval", "set/data")).Should().Be(ExitCode.Ok, _run.Error);
        _run.Output.Should().MatchRegex(@"scored by choice of tools alone +1 of 1 answers").And.MatchRegex(@"metatool_single +1 +100\.0 %");
        _run.Error.Should().Contain("have no schemas").And.Contain("all.csv, line 3");
        (await _run.RunAsync("eval", "set/data", "--json")).Should().Be(ExitCode.Ok, _run.Error);
        JsonElement summary = JsonElement.Parse(_run.Output);
        summary.GetProperty("by_tool_choice").GetInt32().Should().Be(1);
        summary.GetProperty("retrieval").GetProperty("metatool_single").GetProperty("recall_at_1").GetDouble().Should().Be(1);
        (await _run.RunAsync("eval", "set/plugin_des.json")).Should().Be(ExitCode.Usage);
        _run.Error.Should().Contain("no known form").And.Contain("ACEBench").And.Contain("LiveMCPBench");
    }

    [Fact]
    public async Task Eval_Limit_TakesRecordsSpreadOverAll()
    {
        _run.Write("sums.jsonl", string.Join('\n', Enumerable.Range(0, 10).Select(number => Sum($"s{number}", number, 1))));

        (await _run.RunAsync("eval", "sums.jsonl", "--limit", "2", "--out", "out.jsonl")).Should().Be(ExitCode.Ok, _run.Error);

        _run.Read("out.jsonl").TrimEnd().Split('\n').Select(line => JsonElement.Parse(line).GetProperty("id").GetString()).Should().Equal("s0", "s5");
    }

    [Fact]
    public async Task Eval_Calibrate_WritesThresholdsIntoTheProfile()
    {
        _run.Write("sums.jsonl", Sum("a", 2, 3) + "\n" + Sum("b", 4, 5) + "\n" + None("c", "Add 7 and 8.") + "\n");
        _run.Write("../xdg/bridge/models.json", """{"profiles":[{"match":"*","attempts":2}]}""");

        (await _run.RunAsync("eval", "sums.jsonl", "--calibrate")).Should().Be(ExitCode.Ok, _run.Error);
        _run.Output.Should().MatchRegex(@"\nthreshold +0\.\d{3}").And.MatchRegex(@"\nsideEffectThreshold +[01]\.\d{3}").And.Contain("a wrong call costs 4 right answers");
        (await _run.RunAsync("eval", "sums.jsonl", "--calibrate", "--write", "--json")).Should().Be(ExitCode.Ok, _run.Error);

        JsonElement advice = JsonElement.Parse(_run.Output).GetProperty("advice");
        JsonElement[] profiles = [.. JsonElement.Parse(_run.Read("../xdg/bridge/models.json")).GetProperty("profiles").EnumerateArray()];
        profiles.Select(profile => profile.GetProperty("match").GetString()).Should().Equal("embedded", "*");
        profiles[0].GetProperty("sideEffectThreshold").GetDouble().Should().Be(advice.GetProperty("side_effect_threshold").GetProperty("value").GetDouble());
        profiles[0].GetProperty("attempts").GetInt32().Should().Be(2, "what held for the model holds on");
        _run.Error.Should().Contain("'sideEffectThreshold' of 'embedded'");
    }

    [Fact]
    public async Task ModelsAdvise_TwoCallers_RecommendsTheBetterAndWritesProfiles()
    {
        _run.Write("sums.jsonl", Sum("a", 2, 3) + "\n" + Sum("b", 4, 5) + "\n");
        await _run.RunAsync("eval", "sums.jsonl", "--calibrate", "--out", "embedded.jsonl");
        _run.Write("other.jsonl", """
            {"id":"a","calls":[{"name":"add","arguments":{"a":2,"b":3},"confidence":0.9}],"caller":"ollama/qwen3:0.6b","ms":90,"attempts":[{"result":"invalid","ms":1,"temperature":0},{"result":"valid","ms":1,"temperature":0.2}]}
            {"id":"b","calls":[{"name":"add","arguments":{"a":0,"b":5},"confidence":0.4}],"caller":"ollama/qwen3:0.6b","ms":90,"attempts":[{"result":"valid","ms":1,"temperature":0}]}
            broken
            """);

        (await _run.RunAsync("models", "advise", "embedded.jsonl", "other.jsonl", "--records", "sums.jsonl", "--write")).Should().Be(ExitCode.Ok, _run.Error);

        _run.Output.Should().Contain("embedded: 100.0 % right").And.Contain("ollama/qwen3:0.6b: 50.0 % right, p50 90.0 ms").And.Contain("Recommended: \"Callers\": [\"embedded\"]");
        _run.Error.Should().Contain("other.jsonl, line 3 is no prediction");
        JsonElement profile = JsonElement.Parse(_run.Read("../xdg/bridge/models.json")).GetProperty("profiles").EnumerateArray().Single(found => found.GetProperty("match").GetString() == "qwen3:0.6b");
        (profile.GetProperty("attempts").GetInt32(), profile.GetProperty("temperatures").GetRawText().Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal)).Should().Be((2, "[0,0.2]"));
        profile.GetProperty("sideEffectThreshold").GetDouble().Should().Be(0.401);
    }

    [Fact]
    public async Task Eval_EndlessPrompt_IsAskedLikeAnyOther()
    {
        _run.Write("long.jsonl", Sum("a", 2, 3).Replace("Add 2", $"{string.Concat(Enumerable.Repeat("word ", 20_000))} Add 2", StringComparison.Ordinal));

        (await _run.RunAsync("eval", "long.jsonl", "--json")).Should().Be(ExitCode.Ok, _run.Error);

        JsonElement.Parse(_run.Output).GetProperty("answered").GetInt32().Should().Be(1);
    }

    [Theory]
    [InlineData("eval absent", ExitCode.Usage, "no file and no folder")]
    [InlineData("eval empty", ExitCode.Usage, "holds no file of records")]
    [InlineData("eval none.jsonl", ExitCode.Usage, "No line is a record")]
    [InlineData("eval sums.jsonl --caller nobody/there", ExitCode.Usage, "nothing serves 'nobody'")]
    [InlineData("eval sums.jsonl --write", ExitCode.Usage, "goes with '--calibrate'")]
    [InlineData("eval sums.jsonl --parallel 0", ExitCode.Usage, "from 1 to 1024")]
    [InlineData("eval sums.jsonl --out other.jsonl", ExitCode.Usage, "holds predictions of 'ollama/other'")]
    [InlineData("eval sums.jsonl --caller ollama/qwen3:0.6b", ExitCode.Failed, "0 of 4 records were answered")]
    public async Task Eval_BadInput_SaysWhatIsWrong(string line, int code, string said)
    {
        Directory.CreateDirectory(Path.Combine(_run.Current, "empty"));
        _run.Write("none.jsonl", "\n\n");
        _run.Write("sums.jsonl", string.Join('\n', Enumerable.Range(1, 4).Select(number => Sum($"s{number}", number, 1))));
        _run.Write("other.jsonl", """{"id":"s1","calls":[],"caller":"ollama/other"}""" + "\n");
        _run.Write("../xdg/bridge/models.json", """{"profiles":[{"match":"*","attempts":1}]}""");

        (await _run.RunAsync(line.Split(' '))).Should().Be(code, _run.Output);

        _run.Error.Should().Contain(said);
    }

    [Fact]
    public async Task Eval_Interrupted_LeavesAFileThatTheSameCommandGoesOnWith()
    {
        _run.Write("sums.jsonl", Sum("a", 2, 3));
        using var stopped = new CancellationTokenSource();
        _run.Write("kept.jsonl", "");
        await stopped.CancelAsync();

        (await _run.RunAsync(stopped.Token, "eval", "sums.jsonl", "--out", "kept.jsonl")).Should().Be(ExitCode.Interrupted);
        (await _run.RunAsync("eval", "sums.jsonl", "--out", "kept.jsonl")).Should().Be(ExitCode.Ok, _run.Error);

        _run.Read("kept.jsonl").TrimEnd().Split('\n').Should().ContainSingle();
    }

    [Fact]
    public async Task Eval_FromTraffic_MakesRecordsOfWhatWasAskedAndCalled()
    {
        _run.Variables["BRIDGE__LEARNING__RECORD"] = "true";
        (await _run.RunAsync("ask", "Add 2 to 3 using available tools.")).Should().Be(ExitCode.Ok, _run.Error);
        (await _run.RunAsync("ask", "Multiply 6 by 7.")).Should().Be(ExitCode.Ok, _run.Error);
        (await _run.RunAsync("ask", "Good morning!")).Should().Be(ExitCode.Ok, _run.Error);

        (await _run.RunAsync("eval", "--from-traffic", "--since", "30d", "--out", "mine.jsonl", "--json")).Should().Be(ExitCode.Ok, _run.Error);

        _run.Error.Should().Contain("3 kept prompts gave 2 records");
        JsonElement made = JsonElement.Parse(_run.Output);
        (made.GetProperty("records").GetInt32(), made.GetProperty("without_success").GetInt32()).Should().Be((2, 1));
        (await _run.RunAsync("eval", "mine.jsonl", "--json")).Should().Be(ExitCode.Ok, _run.Error);
        JsonElement scores = JsonElement.Parse(_run.Output).GetProperty("categories").GetProperty("traffic");
        (scores.GetProperty("right").GetInt32(), scores.GetProperty("total").GetInt32()).Should().Be((2, 2));
    }

    [Theory]
    [InlineData("eval --from-traffic", "No prompts are kept")]
    [InlineData("eval --from-traffic records.jsonl", "takes none")]
    [InlineData("eval records.jsonl --since 2h", "'--since' goes with '--from-traffic'")]
    [InlineData("eval", "Name a file or folder of records")]
    public async Task Eval_FromTrafficThatCannotBe_SaysWhatToDo(string line, string said)
    {
        (await _run.RunAsync(line.Split(' '))).Should().Be(ExitCode.Usage);
        _run.Error.Should().Contain(said);
    }

    private static string Sum(string id, int a, int b) =>
        $$$"""{"id":"{{{id}}}","messages":[{"role":"user","content":"Add {{{a}}} and {{{b}}}."}],"tools":{{{Tools}}},"check":"calls","expected":[{"name":"add","arguments":{"a":[{{{a}}}],"b":[{{{b}}}]}}]}""";

    private static string None(string id, string text) =>
        $$"""{"id":"{{id}}","messages":[{"role":"user","content":"{{text}}"}],"tools":{{Tools}},"check":"no_call","expected":[]}""";
}
