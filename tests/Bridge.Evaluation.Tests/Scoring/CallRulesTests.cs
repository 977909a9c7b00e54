using System.Text.Json;
using Bridge.Evaluation.Predictions;
using Bridge.Evaluation.Records;
using Bridge.Evaluation.Scoring;
using Bridge.Evaluation.Tests.Records;
using Bridge.TestKit;

namespace Bridge.Evaluation.Tests.Scoring;

public class CallRulesTests(ITestOutputHelper output)
{
    public static TheoryData<string> Kinds => [.. Mutations.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Mistake_PublicRecords_IsWhatThePublishedRulesFind(string kind)
    {
        string gold = TestData.Require("eval/bfcl-dev");
        PythonCheck.RequirePython();
        EvalSet set = await EvalFiles.ReadAsync(EvalFiles.Find(gold), TestContext.Current.CancellationToken);
        set.Problems.Should().BeEmpty();
        set.Records.Should().HaveCountGreaterThan(1000);
        var random = new Random(17);
        (EvalRecord Record, Prediction Prediction)[] answers = [.. set.Records.Select(record => (record, Mutations.All[kind](record, random)))];

        Dictionary<string, string> expected = await PythonCheck.MistakesAsync(gold, answers.Select(answer => answer.Prediction));
        Dictionary<string, string> found = answers
            .Select(answer => (answer.Record.Id, Mistake: CallRules.Mistake(answer.Record, answer.Prediction)))
            .Where(answer => answer.Mistake is not null)
            .ToDictionary(answer => answer.Id, answer => answer.Mistake!);

        output.WriteLine($"{kind}: {found.Count} of {answers.Length} wrong");
        found.Should().Equal(expected);
        if (kind == "right")
        {
            found.Should().HaveCountLessThan(5, "a reference of the wrong type is one of a few mistakes of the data");
        }
    }

    [Theory]
    [InlineData("""{"city":"new york"}""", null)]
    [InlineData("""{"city":"New-York.","days":3}""", null)]
    [InlineData("""{"city":"Boston"}""", "value:city")]
    [InlineData("""{"city":5}""", "type:city")]
    [InlineData("""{"days":3}""", "missing_required:city")]
    [InlineData("""{"city":"New York","days":3.0}""", "type:days")]
    [InlineData("""{"city":"New York","days":4}""", "value:days")]
    [InlineData("""{"city":"New York","unit":"c"}""", "unexpected:unit")]
    [InlineData("[]", "arguments_not_object")]
    public async Task Mistake_OneCall_NamesTheFirstThingWrong(string arguments, string? mistake)
    {
        EvalRecord record = await RecordLines.OneAsync("""
            {"id":"a","messages":[{"role":"user","content":"Weather in New York for three days"}],"tools":[{"name":"weather","inputSchema":{"type":"object","properties":{"city":{"type":"string"},"days":{"type":"integer"}},"required":["city"]}}],"check":"calls","expected":[{"name":"weather","arguments":{"city":["New York"],"days":[3,""]}}]}
            """);

        CallRules.Mistake(record, new Prediction("a", [new PredictedCall("weather", JsonElement.Parse(arguments))])).Should().Be(mistake);
    }
}
