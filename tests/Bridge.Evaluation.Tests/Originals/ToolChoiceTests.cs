using System.Text.Json;
using Bridge.Evaluation.Predictions;
using Bridge.Evaluation.Records;
using Bridge.Evaluation.Retrieval;
using Bridge.Evaluation.Scoring;
using Bridge.Evaluation.Summaries;
using Bridge.TestKit;

namespace Bridge.Evaluation.Tests.Originals;

public sealed class ToolChoiceTests : IDisposable
{
    private const string Tasks = """
        [
          {"task_id":"t1","Question":"Write the news down.","category":"Office","Annotator Metadata":{"Tools":"1. news\n2. write_file\n","Number of tools":"2"}},
          {"task_id":"t2","Question":"Fly.","category":"Travel","Annotator Metadata":{"Tools":"1. fly"}},
          {"task_id":"t3","Question":"Sleep.","Annotator Metadata":{}}
        ]
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ReadAsync_QuestionsWithOneTool_AreScoredByToolsAlone()
    {
        _folder.Write("plugin_des.json", """{"Weather":"Weather of a place","Radio":"Plays, and stops"}""");
        _folder.Write("data/all.csv", "Query,Tool\r\n\"Rain, or\nsun?\",Weather\r\nPlay \"jazz\" now,Radio\r\nPlay it,Radio\r\nPlay it,Radio\r\n");

        EvalSet set = await ReadAsync("data");

        set.Problems.Should().BeEmpty();
        set.Records.Select(record => (record.Id, record.Category, record.Check)).Should().Equal(
            ("metatool_single_2", "metatool_single", EvalCheck.Tools), ("metatool_single_4", "metatool_single", EvalCheck.Tools), ("metatool_single_5", "metatool_single", EvalCheck.Tools));
        set.Records[0].Prompt.UserText.Should().Be("Rain, or\nsun?");
        set.Records.Should().AllSatisfy(record => record.Tools.Select(tool => tool.Id.Name).Should().Equal("Weather", "Radio"));
        set.Notes.Should().HaveCount(2).And.Contain(note => note.Contains("have no schemas")).And.Contain(note => note.StartsWith("1 lines of 'all.csv' repeat", StringComparison.Ordinal));
        Mistake(set.Records[0], "Weather").Should().BeNull();
        Mistake(set.Records[0], "Weather", "Weather").Should().BeNull("how often a tool is called is not said");
        Mistake(set.Records[0], "Radio").Should().Be("wrong_name");
        Mistake(set.Records[0], "Weather", "Radio").Should().Be("wrong_name");
        Mistake(set.Records[0]).Should().Be("no_call");
    }

    [Fact]
    public async Task ReadAsync_OddLinesOfQuestions_AreNamed()
    {
        _folder.Write("plugin_des.json", """{"Weather":"Weather of a place","Radio":"Plays"}""");
        _folder.Write("all.csv", "Query,Tool\nPlay,Radio\nalone\n,Radio\nPlay,Weather\nFly,Plane\nSun?,Weather\n");

        EvalSet set = await ReadAsync();

        set.Records.Should().ContainSingle().Which.Prompt.UserText.Should().Be("Sun?");
        set.Problems.Select(problem => (problem.Line, problem.Kind)).Should().Equal(
            (2, RecordProblemKind.Contradictory), (3, RecordProblemKind.Broken), (4, RecordProblemKind.Broken), (5, RecordProblemKind.Contradictory), (6, RecordProblemKind.Contradictory));
        set.Problems[0].Message.Should().Contain("'Weather' in line 5");
        set.Problems[^1].Message.Should().Contain("'Plane'").And.Contain("not offered");
    }

    [Fact]
    public async Task ReadAsync_QuestionsWithSeveralTools_NeedThemAll()
    {
        _folder.Write("plugin_des.json", """{"Weather":"Weather of a place","Radio":"Plays"}""");
        _folder.Write("multi.json", """[{"query":"Sun and jazz","tool":["Weather","Radio"]},{"query":"Sun"},{"query":"Sun","tool":[]}]""");

        EvalSet set = await ReadAsync();

        EvalRecord record = set.Records.Should().ContainSingle().Which;
        set.Problems.Select(problem => (problem.Line, problem.Kind)).Should().Equal((2, RecordProblemKind.Broken), (3, RecordProblemKind.Broken));
        Mistake(record, "Radio", "Weather").Should().BeNull();
        Mistake(record, "Radio").Should().Be("count 1!=2");
    }

    [Fact]
    public async Task ReadAsync_TasksOfSeveralRounds_TakeAFirstStepOfTheirTools()
    {
        WriteTasks("annotated_data/all_annotations.json", "tools/LiveMCPTool/tools.json");

        EvalSet set = await ReadAsync("annotated_data");

        EvalRecord record = set.Records.Should().ContainSingle().Which;
        (record.Id, record.Category, record.Check).Should().Be(("t1", "livemcpbench_office", EvalCheck.SomeTools));
        record.Expected.Select(call => call.Name).Should().Equal("news", "files__write_file", "desk__write_file");
        record.Tools.Should().HaveCount(13);
        record.Tools[0].InputSchema.GetProperty("required")[0].GetString().Should().Be("day");
        set.Problems.Select(problem => (problem.Line, problem.Kind)).Should().Equal((2, RecordProblemKind.Contradictory), (3, RecordProblemKind.Broken));
        set.Problems[0].Message.Should().Contain("'fly'");
        Mistake(record, "news").Should().BeNull();
        Mistake(record, "desk__write_file", "news").Should().BeNull();
        Mistake(record, "news", "other1").Should().Be("wrong_name");
        Mistake(record).Should().Be("no_call");
    }

    [Fact]
    public async Task Of_RecordsThatNameTools_AreQuestionsOverTheWholeCatalog()
    {
        WriteTasks("tasks.json", "tools.json");
        EvalSet set = await ReadAsync();

        RetrievalSet found = RetrievalSet.Of(set.Records).Should().ContainSingle().Which;

        found.Tools.Should().HaveCount(13);
        RetrievalQuery query = found.Queries.Should().ContainSingle().Which;
        (query.Text, query.Kind).Should().Be(("Write the news down.", "livemcpbench_office"));
        query.Relevant.Should().Equal("news", "files__write_file", "desk__write_file");
    }

    [Fact]
    public async Task ByToolChoice_OfASummary_CountsWhatWasScoredSo()
    {
        EvalRecord choice = await OneAsync("""{"id":"a","messages":[{"role":"user","content":"x"}],"tools":[{"name":"bell"}],"check":"tools","expected":[{"name":"bell"}]}""");
        EvalRecord none = await OneAsync("""{"id":"b","messages":[{"role":"user","content":"x"}],"tools":[],"expected":[]}""");

        EvalSummary summary = EvalSummary.Of("c", 2, [(choice, Calls("a", "bell")), (none, Calls("b"))]);

        (summary.ByToolChoice, summary.All.Right).Should().Be((1, 2));
        Bridge.Evaluation.Reports.EvalFacts.Of(summary).Should().Contain(("scored by choice of tools alone", "1 of 2 answers"));
    }

    [Theory]
    [InlineData("strange.json", """{"a":1}""")]
    [InlineData("strange.json", "[]")]
    [InlineData("strange.json", "text")]
    [InlineData("strange.csv", "Question,Answer\n")]
    public async Task ReadAsync_UnknownForm_NamesTheForms(string name, string text)
    {
        string file = _folder.Write(name, text);

        (await FluentActions.Awaiting(() => EvalFiles.ReadAsync([file])).Should().ThrowAsync<InvalidDataException>())
            .WithMessage("*no known form*docs/evaluation.md*ACEBench*MetaTool*LiveMCPBench*");
        FluentActions.Invoking(() => EvalFiles.Find(_folder.Path)).Should().Throw<FileNotFoundException>().WithMessage("*no file of records*ACEBench*MetaTool*LiveMCPBench*");
    }

    [Theory]
    [InlineData("all.csv", "Query,Tool\nPlay,Radio\n", "plugin_des.json")]
    [InlineData("multi.json", """[{"query":"Sun","tool":["Weather"]}]""", "plugin_des.json")]
    [InlineData("tasks.json", Tasks, "tools.json")]
    public async Task ReadAsync_WithoutTheFileOfTools_NamesIt(string name, string text, string absent)
    {
        string file = _folder.Write($"deep/deeper/{name}", text);

        (await FluentActions.Awaiting(() => EvalFiles.ReadAsync([file])).Should().ThrowAsync<FileNotFoundException>()).WithMessage($"*'{absent}'*no such file*");
    }

    [Theory]
    [InlineData("plugin_des.json", """["Weather"]""", "object of names and descriptions")]
    [InlineData("plugin_des.json", "{", "not JSON")]
    [InlineData("tools.json", """[{"tools":[]}]""", "list of servers")]
    [InlineData("tools.json", """[{"tools":{"files":{"tools":[{}]}}}]""", "no name")]
    public async Task ReadAsync_FileOfToolsOfAnotherForm_NamesIt(string name, string text, string said)
    {
        _folder.Write(name, text);
        string file = name == "tools.json" ? _folder.Write("tasks.json", Tasks) : _folder.Write("all.csv", "Query,Tool\nPlay,Radio\n");

        (await FluentActions.Awaiting(() => EvalFiles.ReadAsync([file])).Should().ThrowAsync<InvalidDataException>()).WithMessage($"*{name}*{said}*");
    }

    private void WriteTasks(string tasks, string tools)
    {
        _folder.Write(tasks, Tasks);
        string others = string.Join(',', Enumerable.Range(0, 10).Select(number => $$"""{"name":"other{{number}}","description":"Other"}"""));
        _folder.Write(tools, $$$"""
            [
              {"name":"News","tools":{"news":{"tools":[{"name":"news","description":"News","inputSchema":{"type":"object","required":["day"],"properties":{"day":{"type":"string"} } } }]} } },
              {"name":"Files","tools":{"files":{"tools":[{"name":"write_file"},{{{others}}} ]},"desk":{"tools":[{"name":"write_file"}]} } }
            ]
            """);
    }

    private async Task<EvalSet> ReadAsync(string folder = "") =>
        await EvalFiles.ReadAsync(EvalFiles.Find(Path.Combine(_folder.Path, folder)), TestContext.Current.CancellationToken);

    private static async Task<EvalRecord> OneAsync(string line) => await Records.RecordLines.OneAsync(line);

    private static string? Mistake(EvalRecord record, params string[] tools) => CallRules.Mistake(record, Calls(record.Id, tools));

    private static Prediction Calls(string id, params string[] tools) =>
        new(id, [.. tools.Select(tool => new PredictedCall(tool, JsonElement.Parse("{}")))]);
}
