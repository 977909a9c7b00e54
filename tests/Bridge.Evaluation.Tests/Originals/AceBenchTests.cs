using System.Text.Json;
using Bridge.Evaluation.Predictions;
using Bridge.Evaluation.Records;
using Bridge.Evaluation.Scoring;
using Bridge.TestKit;

namespace Bridge.Evaluation.Tests.Originals;

public sealed class AceBenchTests : IDisposable
{
    private const string Ferry = """{"name":"ferry.book","description":"Book a ferry","parameters":{"type":"dict","required":["to","seats"],"properties":{"to":{"type":"string"},"seats":{"type":"int"},"deck":{"type":"string"},"extras":{"type":"list","items":{"type":"str"}},"price":{"type":"float"}}}}""";
    private const string Bell = """{"name":"bell","description":"Ring","arguments":{"type":"object","properties":{"times":{"type":"integer"}}},"results":{"type":"object"}}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ReadAsync_Conversation_IsMessagesWithToolsOfJsonSchema()
    {
        EvalSet set = await ReadAsync(
            """{"id":"normal_atom_list_3_1","question":"user: A ferry, please.\nsystem: Where to?\nuser: To Oslo:\n- two seats\n","function":[$F,$B],"time":"Today is Monday."}""",
            """{"id":"normal_atom_list_3_1","ground_truth":{"ferry.book":{"to":"Oslo","seats":2,"deck":"top"}}}""");

        EvalRecord record = set.Records.Should().ContainSingle().Which;
        (record.Id, record.Category, record.Check).Should().Be(("normal_atom_list_3_1", "normal_atom_list", EvalCheck.Calls));
        record.Prompt.Messages.Select(message => (message.Role.Value, message.Text)).Should().Equal(
            ("system", "Today is Monday."), ("user", "A ferry, please."), ("assistant", "Where to?"), ("user", "To Oslo:\n- two seats"));
        record.Tools.Select(tool => tool.Id.Name).Should().Equal("ferry.book", "bell");
        JsonElement properties = record.Tools[0].InputSchema.GetProperty("properties");
        properties.EnumerateObject().Select(property => property.Value.GetProperty("type").GetString()).Should().Equal("string", "integer", "string", "array", "number");
        properties.GetProperty("extras").GetProperty("items").GetProperty("type").GetString().Should().Be("string");
        record.Tools[1].InputSchema.GetProperty("properties").TryGetProperty("times", out _).Should().BeTrue("'arguments' is read like 'parameters'");

        Mistake(record, ("ferry.book", """{"to":"oslo","seats":2,"deck":"top"}""")).Should().BeNull();
        Mistake(record, ("ferry.book", """{"to":"Oslo","seats":2}""")).Should().BeNull("what the tool can do without may be left out");
        Mistake(record, ("ferry.book", """{"to":"Oslo","seats":2,"deck":"low"}""")).Should().Be("value:deck");
        Mistake(record, ("ferry.book", """{"to":"Oslo"}""")).Should().Be("missing_required:seats");
    }

    [Fact]
    public async Task ReadAsync_CountedNames_AreSeveralCallsOfOneTool()
    {
        EvalSet set = await ReadAsync(
            """{"id":"a_0","question":"user: Two ferries","function":[$F]}""",
            """{"id":"a_0","ground_truth":{"ferry.book_1":{"to":"Oslo","seats":2},"ferry.book_2":{"to":"Bergen","seats":1}}}""");

        EvalRecord record = set.Records.Should().ContainSingle().Which;
        record.Expected.Select(call => call.Name).Should().Equal("ferry.book", "ferry.book");
        Mistake(record, ("ferry.book", """{"to":"Bergen","seats":1}"""), ("ferry.book", """{"to":"Oslo","seats":2}""")).Should().BeNull();
        Mistake(record, ("ferry.book", """{"to":"Bergen","seats":1}""")).Should().Be("count 1!=2");
    }

    [Fact]
    public async Task ReadAsync_ListOfAnswers_AcceptsTheArgumentsOfEach()
    {
        EvalSet set = await ReadAsync(
            """{"id":"a_0","question":"user: Ring","function":[$F]}""",
            """{"id":"a_0","ground_truth":[{"ferry.book":{"to":"Oslo","seats":2}},{"ferry.book":{"to":"Oslo, Norway","seats":2}}]}""");

        EvalRecord record = set.Records.Should().ContainSingle().Which;
        Mistake(record, ("ferry.book", """{"to":"Oslo","seats":2}""")).Should().BeNull();
        Mistake(record, ("ferry.book", """{"to":"Oslo, Norway","seats":2}""")).Should().BeNull();
        Mistake(record, ("ferry.book", """{"to":"Bergen","seats":2}""")).Should().Be("value:to");
    }

    [Theory]
    [InlineData("\"Due to the limitations of the function, I cannot solve this problem.\"")]
    [InlineData("""{"ferry.book":["to","seats"]}""")]
    [InlineData("""{"seats":["many"]}""")]
    public async Task ReadAsync_AnswerWithoutCalls_ExpectsNoCall(string truth)
    {
        EvalSet set = await ReadAsync("""{"id":"special_0","question":"user: A ferry","function":[$F]}""", $$"""{"id":"special_0","ground_truth":{{truth}}}""");

        set.Records.Should().ContainSingle().Which.Check.Should().Be(EvalCheck.NoCall);
    }

    [Theory]
    [InlineData("{", """{"id":"x","ground_truth":"none"}""", RecordProblemKind.Broken, "not JSON")]
    [InlineData("""{"question":"user: a","function":[]}""", """{"id":"x","ground_truth":"none"}""", RecordProblemKind.Broken, "needs an 'id'")]
    [InlineData("""{"id":"x","question":"user: a","function":{}}""", """{"id":"x","ground_truth":"none"}""", RecordProblemKind.Broken, "'function', a list")]
    [InlineData("""{"id":"x","question":"user: a","function":[$F]}""", """{"id":"y","ground_truth":"none"}""", RecordProblemKind.Broken, "no answer with this id")]
    [InlineData("""{"id":"x","question":"user: a","function":[$F]}""", """{"id":"x","ground_truth":7}""", RecordProblemKind.Broken, "'ground_truth' must be")]
    [InlineData("""{"id":"x","question":"user: a","function":[$F]}""", "{\"id\":\"x\",\"ground_truth\":\"none\"}\n{\"id\":\"x\",\"ground_truth\":{\"bell\":{}}}", RecordProblemKind.Contradictory, "they differ")]
    [InlineData("""{"id":"x","question":"user: a","function":[$F]}""", """{"id":"x","ground_truth":{"bell":{}}}""", RecordProblemKind.Contradictory, "'bell' is right, and that tool is not offered")]
    [InlineData("""{"id":"x","question":"user: a","function":[$F]}""", """{"id":"x","ground_truth":{"ferry.book":{"to":"Oslo","seats":1,"wine":2}}}""", RecordProblemKind.Contradictory, "takes no such argument")]
    [InlineData("""{"id":"x","question":"user: a","function":[$F]}""", """{"id":"x","ground_truth":{"ferry.book":{"to":"Oslo"}}}""", RecordProblemKind.Contradictory, "no value for 'seats'")]
    [InlineData("""{"id":"x","question":"user: a","function":[$F,$B]}""", """{"id":"x","ground_truth":[{"ferry.book":{"to":"Oslo","seats":1}},{"bell":{}}]}""", RecordProblemKind.Contradictory, "different tools")]
    public async Task ReadAsync_WhatCannotBeScored_IsNamedAndTheOthersAreRead(string question, string answer, RecordProblemKind kind, string said)
    {
        EvalSet set = await ReadAsync(
            """{"id":"good_0","question":"user: Ring","function":[$B]}""" + "\n" + question,
            """{"id":"good_0","ground_truth":{"bell":{}}}""" + "\n" + answer);

        set.Records.Should().ContainSingle().Which.Id.Should().Be("good_0");
        RecordProblem problem = set.Problems.Should().ContainSingle().Which;
        (problem.Line, problem.Kind).Should().Be((2, kind));
        problem.Message.Should().Contain(said);
    }

    [Fact]
    public async Task ReadAsync_TasksThatAreSimulated_AreLeftAsideWithANote()
    {
        EvalSet set = await ReadAsync(
            """{"id":"agent_0","question":"I am Eve.","initial_config":{},"function":[$F]}""" + "\n" + """{"id":"good_0","question":"Ring","function":[$B]}""",
            """{"id":"agent_0","ground_truth":[{}]}""" + "\n" + """{"id":"good_0","ground_truth":{"bell":{}}}""");

        set.Records.Should().ContainSingle().Which.Prompt.UserText.Should().Be("Ring");
        set.Notes.Should().ContainSingle().Which.Should().Contain("1 tasks of 'data_ferries.json'").And.Contain("left aside");
    }

    [Fact]
    public async Task ReadAsync_AnswersThatAreAbsentOrBroken_EndsWithTheirPlace()
    {
        string file = _folder.Write("data_ferries.json", """{"id":"x","question":"user: a","function":[]}""");

        (await FluentActions.Awaiting(() => EvalFiles.ReadAsync([file])).Should().ThrowAsync<FileNotFoundException>()).WithMessage("*possible_answer*no such file*");
        _folder.Write("possible_answer/data_ferries.json", "{\"id\":\"x\"}");
        (await FluentActions.Awaiting(() => EvalFiles.ReadAsync([file])).Should().ThrowAsync<InvalidDataException>()).WithMessage("*line 1*'ground_truth'*");
    }

    private async Task<EvalSet> ReadAsync(string questions, string answers)
    {
        _folder.Write("data_ferries.json", questions.Replace("$F", Ferry, StringComparison.Ordinal).Replace("$B", Bell, StringComparison.Ordinal) + "\n");
        _folder.Write("possible_answer/data_ferries.json", answers + "\n");
        return await EvalFiles.ReadAsync(EvalFiles.Find(_folder.Path), TestContext.Current.CancellationToken);
    }

    private static string? Mistake(EvalRecord record, params (string Name, string Arguments)[] calls) =>
        CallRules.Mistake(record, new Prediction(record.Id, [.. calls.Select(call => new PredictedCall(call.Name, JsonElement.Parse(call.Arguments)))]));
}
