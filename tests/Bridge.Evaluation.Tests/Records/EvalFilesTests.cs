using System.IO.Compression;
using System.Text;
using Bridge.Evaluation.Records;
using Bridge.TestKit;

namespace Bridge.Evaluation.Tests.Records;

public class EvalFilesTests
{
    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("[]", "JSON object")]
    [InlineData("""{"category":"x"}""", "needs an 'id'")]
    [InlineData("""{"id":"b"}""", "needs 'messages'")]
    [InlineData("""{"id":"b","messages":[]}""", "messages")]
    [InlineData("""{"id":"b","messages":[{"role":"user","content":"x"}]}""", "needs 'tools'")]
    [InlineData("""{"id":"b","messages":[{"role":"user","content":"x"}],"tools":[{}]}""", "with a 'name'")]
    [InlineData("""{"id":"b","messages":[{"role":"user","content":"x"}],"tools":[],"check":"some"}""", "'check' must be")]
    [InlineData("""{"id":"b","messages":[{"role":"user","content":"x"}],"tools":[],"expected":{}}""", "'expected' must be")]
    public async Task ReadAsync_BrokenLine_IsNamedAndTheOthersAreRead(string line, string said)
    {
        EvalSet set = await RecordLines.ReadAsync(RecordLines.Record("a"), line, RecordLines.Record("c"));

        set.Records.Select(record => record.Id).Should().Equal("a", "c");
        RecordProblem problem = set.Problems.Should().ContainSingle().Which;
        (problem.Line, problem.Kind).Should().Be((2, RecordProblemKind.Broken));
        problem.ToString().Should().Contain("sums.jsonl, line 2").And.Contain(said);
    }

    [Fact]
    public async Task ReadAsync_Contradiction_IsLeftOut()
    {
        EvalSet set = await RecordLines.ReadAsync(
            RecordLines.Record("a", check: "no_call"),
            RecordLines.Record("b", check: "any_call"),
            RecordLines.Record("c", expected: "[]"),
            RecordLines.Record("d", expected: """[{"name":"subtract","arguments":{}}]"""),
            RecordLines.Record("e", expected: """[{"name":"add","arguments":{}}]"""),
            RecordLines.Record("f"),
            RecordLines.Record("f"));

        set.Records.Should().ContainSingle().Which.Id.Should().Be("f");
        set.Problems.Should().AllSatisfy(problem => problem.Kind.Should().Be(RecordProblemKind.Contradictory));
        set.Problems.Select(problem => problem.Id).Should().Equal("a", "b", "c", "d", "e", "f");
    }

    [Fact]
    public async Task ReadAsync_OddTools_AreNotedAndTheRecordCounts()
    {
        EvalSet set = await RecordLines.ReadAsync(
            RecordLines.Record("a", tools: """{"name":"add"}"""),
            RecordLines.Record("b", check: "no_call", expected: "[]", tools: """{"name":"odd","inputSchema":{"type":17}}"""),
            RecordLines.Record("c", tools: $"{RecordLines.Add},{RecordLines.Add}", more: ""","colour":"red" """),
            RecordLines.Record("d", more: ""","colour":"blue" """));

        set.Records.Select(record => record.Tools.Length).Should().Equal(1, 0, 1, 1);
        set.Problems.Should().BeEmpty();
        set.Notes.Should().HaveCount(4).And.Contain(note => note.Contains("'colour' is not known here") && note.Contains("(2 times)"));
    }

    [Fact]
    public async Task ReadAsync_WithoutCheckAndDeclaredTypes_FollowsExpectedAndSchema()
    {
        EvalRecord none = await RecordLines.OneAsync("""{"id":"a","messages":[{"role":"user","content":"x"}],"tools":[],"expected":[]}""");
        EvalRecord some = await RecordLines.OneAsync(RecordLines.Record("b").Replace("\"check\":\"calls\",", "", StringComparison.Ordinal));

        none.Check.Should().Be(EvalCheck.NoCall);
        (some.Check, some.Category).Should().Be((EvalCheck.Calls, "sums"));
        some.Declared["add"].Types["a"].Name.Should().Be("float");
        some.Declared["add"].Required.Should().Equal("a");
    }

    [Fact]
    public async Task ReadAsync_CompressedFile_IsReadTheSame()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "sums.jsonl.gz");
        using (var stream = new GZipStream(File.Create(path), CompressionMode.Compress))
        {
            stream.Write(Encoding.UTF8.GetBytes(RecordLines.Record("a") + "\n\n" + RecordLines.Record("b") + "\n"));
        }

        EvalSet set = await EvalFiles.ReadAsync(EvalFiles.Find(folder.Path), TestContext.Current.CancellationToken);

        set.Records.Select(record => record.Id).Should().Equal("a", "b");
    }

    [Fact]
    public async Task ReadAsync_RecordsThatNameServices_FindTheirToolsBesideThem()
    {
        using var folder = new TemporaryFolder();
        folder.Write("sgd_tools_dev.jsonl", RecordLines.Add.Replace("{\"name\"", "{\"server\":\"Sums\",\"name\"", StringComparison.Ordinal) + "\n");
        folder.Write("sgd_dev.jsonl", """
            {"id":"a","services":["Sums"],"messages":[{"role":"user","content":"Add 1."}],"expected":[{"name":"add","arguments":{"a":1}}]}
            {"id":"b","services":["Sums"],"messages":[{"role":"user","content":"Hello."}],"expected":[]}
            {"id":"c","services":["Other"],"messages":[{"role":"user","content":"Hello."}],"expected":[]}
            """);

        EvalSet set = await EvalFiles.ReadAsync(EvalFiles.Find(folder.Path), TestContext.Current.CancellationToken);

        set.Records.Select(record => (record.Id, record.Check, record.Tools.Single().Id.Name)).Should().Equal(("a", EvalCheck.Calls, "add"), ("b", EvalCheck.NoCall, "add"));
        set.Records[0].Expected[0].Arguments[0].Accepted.Should().ContainSingle().Which.GetRawText().Should().Be("1");
        set.Problems.Should().ContainSingle().Which.ToString().Should().Contain("line 3 ('c')").And.Contain("'Other'");
    }

    [Fact]
    public void Find_NothingThere_SaysWhatIsMissing()
    {
        using var folder = new TemporaryFolder();

        FluentActions.Invoking(() => EvalFiles.Find(folder.Path)).Should().Throw<FileNotFoundException>().WithMessage("*holds no file of records*");
        FluentActions.Invoking(() => EvalFiles.Find(Path.Combine(folder.Path, "absent"))).Should().Throw<FileNotFoundException>().WithMessage("*no file and no folder*");
    }
}
