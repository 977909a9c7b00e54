using System.Text.Json;
using Bridge.Evaluation.Records;
using Bridge.Evaluation.Traffic;
using Bridge.TestKit;
using Bridge.Traffic;

namespace Bridge.Evaluation.Tests.Traffic;

public class TrafficExportTests
{
    private const string Tools = """[{"name":"add","id":"math/add","description":"Add numbers","inputSchema":{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer"}},"required":["a","b"]}}]""";

    [Fact]
    public async Task ToRecords_CallsThatSucceeded_AreRecordsThatCanBeScored()
    {
        TrafficRecords records = Export(Kept("Add 2 and 3", """{"a":2,"b":3}"""), Kept("Add 1 and 1", """{"a":1,"b":1}"""));

        records.Lines.Should().HaveCount(2);
        using var folder = new TemporaryFolder();
        EvalSet set = await EvalFiles.ReadAsync([folder.Write("mine.jsonl", string.Join('\n', records.Lines))]);
        set.Problems.Should().BeEmpty();
        set.Notes.Should().BeEmpty();
        EvalRecord first = set.Records[0];
        (first.Category, first.Check, first.Prompt.UserText).Should().Be(("traffic", EvalCheck.Calls, "Add 2 and 3"));
        first.Expected.Single().Arguments.Select(argument => argument.Accepted.Single().GetRawText()).Should().Equal("2", "3");
    }

    [Fact]
    public void ToRecords_TheSameAgain_IsThereOnce()
    {
        string[] kept = [Kept("Add 2 and 3", """{"a":2,"b":3}"""), Kept("Add 2 and 3", """{"b":3,"a":2}""")];

        Export(kept).Lines.Should().ContainSingle();
        Export(kept).Lines.Should().Equal(Export(kept[0]).Lines, "ids do not depend on how often it came");
    }

    [Fact]
    public void ToRecords_TheSameWordsWithOtherCalls_AreNamedAndLeftOut()
    {
        TrafficRecords records = Export(Kept("Add them", """{"a":2,"b":3}"""), Kept("Add them", """{"a":9,"b":3}"""), Kept("Add 1 and 1", """{"a":1,"b":1}"""));

        records.Lines.Should().ContainSingle();
        records.Contradictions.Single().ToString().Should().Be(
            """'Add them' has several answers: add {"a":2,"b":3} (segment, line 1); add {"a":9,"b":3} (segment, line 2).""");
    }

    [Fact]
    public void ToRecords_TheSameWordsToOtherTools_AreTwoQuestions()
    {
        string other = Kept("Add them", """{"a":9,"b":3}""").Replace("tools\":[", """tools":[{"name":"more","id":"x/more","description":"","inputSchema":{"type":"object"}},""", StringComparison.Ordinal);

        Export(Kept("Add them", """{"a":2,"b":3}"""), other).Lines.Should().HaveCount(2);
    }

    [Fact]
    public void ToRecords_WithoutSuccessOrWithSecrets_AreCountedAndLeftOut()
    {
        TrafficRecords records = Export(
            Kept("a", """{"a":2,"b":3}""", status: "tool_error"),
            Kept("b", """{"a":2,"b":3}""", outcome: "needs_approval"),
            Kept("c", """{"a":"[redacted]","b":3}"""));

        (records.Read, records.Lines.Length, records.Unanswered, records.Redacted).Should().Be((3, 0, 2, 1));
    }

    [Fact]
    public void Add_AForeignLine_IsNamed()
    {
        Action add = () => new TrafficExport().Add(new KeptPrompt("traffic-20260101-1.jsonl, line 4", default, JsonElement.Parse("""{"time":"x"}""")));

        add.Should().Throw<InvalidDataException>().WithMessage("traffic-20260101-1.jsonl, line 4 is no kept prompt*");
    }

    private static TrafficRecords Export(params string[] kept)
    {
        var export = new TrafficExport();
        for (int i = 0; i < kept.Length; i++)
        {
            export.Add(new KeptPrompt($"segment, line {i + 1}", default, JsonElement.Parse(kept[i])));
        }

        return export.ToRecords();
    }

    private static string Kept(string text, string arguments, string status = "succeeded", string outcome = "called") =>
        $$"""{"time":"2026-01-01T00:00:00Z","caller":"embedded","outcome":"{{outcome}}","messages":[{"role":"user","content":"{{text}}"}],"tools":{{Tools}},"calls":[{"name":"add","tool":"math/add","status":"{{status}}","arguments":{{arguments}}}]}""";
}
