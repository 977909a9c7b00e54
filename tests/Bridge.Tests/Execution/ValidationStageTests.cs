using System.Text;
using Bridge.Configuration;
using Bridge.Execution;
using Bridge.Outcomes;
using Bridge.Schemas.Repair;
using Bridge.Tools;

namespace Bridge.Tests.Execution;

public sealed class ValidationStageTests
{
    private const string Add =
        """{"type":"object","properties":{"a":{"type":"number"},"b":{"type":"number"}},"required":["a","b"]}""";

    private readonly DoorFixture _fixture = new();

    public ValidationStageTests() => _fixture.Source.Add("add", "5", Add);

    [Fact]
    public async Task ExecuteAsync_InvalidArguments_NamesEveryErrorAndDoesNotRun()
    {
        CallOutcome outcome = await _fixture.CallAsync("add", """{"a":true}""");

        outcome.Status.Should().Be(CallStatus.Failed);
        outcome.Reason.Kind.Should().Be(ReasonKind.InvalidArguments);
        outcome.Reason.Message.Should().StartWith("The arguments of 'fake/add' do not fit its schema. ");
        foreach (string message in _fixture.Source.Entry("add").Tool.Schema.Validate(Json("""{"a":true}""")).Select(error => error.Message))
        {
            outcome.Reason.Message.Should().Contain(message);
        }

        _fixture.Source.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task ExecuteAsync_VeryManyErrors_NamesTheFirstAndCountsTheRest()
    {
        _fixture.Source.Add("list", schema: """{"type":"object","additionalProperties":{"type":"number"}}""");
        string arguments = $"{{{string.Join(',', Enumerable.Range(0, 50).Select(number => $"\"p{number}\":true"))}}}";

        CallOutcome outcome = await _fixture.CallAsync("list", arguments);

        outcome.Reason.Message.Should().EndWith("There are 30 more errors.");
    }

    [Fact]
    public async Task ExecuteAsync_RepairAllowed_TheRepairedBytesAreSentHashedAndReported()
    {
        Tool tool = _fixture.Source.Entry("add").Tool;
        Assert.SkipWhen(
            ArgumentRepair.Repair(tool.Schema, Json("""{"a":"2","b":3}""")).Repairs.IsEmpty, "Nothing is repaired: a number in a string should be.");

        CallOutcome outcome = await RunAsync(allow: true);

        outcome.Status.Should().Be(CallStatus.Succeeded);
        outcome.Repairs.Should().NotBeEmpty();
        ToolCall sent = _fixture.Source.Calls.Single();
        sent.ParseArguments().GetProperty("a").GetDouble().Should().Be(2);
        sent.Arguments.ToArray().Should().Equal(outcome.Call.Arguments.ToArray());
        _fixture.Records.Should().HaveCount(2).And.OnlyContain(record => record.ArgumentsSha256 == sent.HashArguments());
    }

    [Theory]
    [InlineData(false, null, CallOrigin.Prompt)]
    [InlineData(true, false, CallOrigin.Prompt)]
    [InlineData(true, null, CallOrigin.Gateway)]
    public async Task ExecuteAsync_RepairForbiddenByAnyone_TheCallIsRefused(bool allow, bool? configured, CallOrigin origin)
    {
        _fixture.Options.Tools["fake/*"] = new ToolOptions { Repair = configured };

        CallOutcome outcome = await RunAsync(allow, origin);

        outcome.Reason.Kind.Should().Be(ReasonKind.InvalidArguments);
        outcome.Repairs.Should().BeEmpty();
        _fixture.Source.Calls.Should().BeEmpty();
    }

    [Theory]
    [InlineData("""{"a":"2"}""")]
    [InlineData("""{"a":[],"b":{}}""")]
    public async Task ExecuteAsync_RepairIsNotEnough_TheCallIsRefused(string arguments)
    {
        CallOutcome outcome = await RunAsync(allow: true, arguments: arguments);

        outcome.Reason.Kind.Should().Be(ReasonKind.InvalidArguments);
        outcome.Call.Arguments.ToArray().Should().Equal(Encoding.UTF8.GetBytes(arguments));
    }

    [Fact]
    [Trait("Attack", "R4")]
    public async Task ExecuteAsync_StructuredResultBreaksItsSchema_IsFlaggedInTheText()
    {
        _fixture.Source.Add(
            "sum",
            (_, _, _) => Task.FromResult(new ToolResult { Structured = Json("""{"sum":"five"}""") }),
            outputSchema: """{"type":"object","properties":{"sum":{"type":"number"}}}""");

        ToolResult result = (await _fixture.CallAsync("sum")).Result!;

        result.ToText().Should().StartWith("""{"sum":"five"}""").And.Contain("does not fit the schema that the tool 'fake/sum' declares");
        result.Structured!.Value.GetRawText().Should().Be("""{"sum":"five"}""");
    }

    [Fact]
    public async Task ExecuteAsync_VeryManyErrorsInTheResult_NamesTheFirst()
    {
        string structured = $"{{{string.Join(',', Enumerable.Range(0, 8).Select(number => $"\"p{number}\":true"))}}}";
        _fixture.Source.Add(
            "sum",
            (_, _, _) => Task.FromResult(new ToolResult { Structured = Json(structured) }),
            outputSchema: """{"type":"object","additionalProperties":{"type":"number"}}""");

        (await _fixture.CallAsync("sum")).Result!.ToText().Should().EndWith("There are 3 more errors.]");
    }

    [Fact]
    public async Task ExecuteAsync_OutputSchemaIsBroken_BindsNobody()
    {
        _fixture.Source.Add("odd", (_, _, _) => Task.FromResult(ToolResult.FromText("ok")), outputSchema: """{"type":"no such type"}""");

        (await _fixture.CallAsync("odd")).Result!.ToText().Should().Be("ok");
    }

    private static System.Text.Json.JsonElement Json(string json) => System.Text.Json.JsonDocument.Parse(json).RootElement;

    private Task<CallOutcome> RunAsync(
        bool allow, CallOrigin origin = CallOrigin.Prompt, string arguments = """{"a":"2","b":3}""") =>
        _fixture.Door.ExecuteAsync(
            new CallRequest("c1", _fixture.Source.Entry("add"), Encoding.UTF8.GetBytes(arguments)) { AllowRepair = allow, Origin = origin },
            CallContext.Local,
            default);
}
