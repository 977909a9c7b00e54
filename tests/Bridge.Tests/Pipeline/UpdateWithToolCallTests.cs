using Bridge.Calling;
using Bridge.Configuration;
using Bridge.Hosting;
using Bridge.Outcomes;
using Bridge.Pipeline;
using Bridge.Profiles;
using Bridge.Prompts;
using Bridge.TestKit;
using Bridge.Tools;
using Microsoft.Extensions.AI;
using static Bridge.Tests.Pipeline.BridgeFixture;

namespace Bridge.Tests.Pipeline;

public class UpdateWithToolCallTests
{
    [Fact]
    public async Task ValidProposal_IsExecutedAndWrittenIntoThePrompt()
    {
        FakeToolSource source = Calculator();
        await using ToolCallBridge bridge = await CreateAsync(source, new ScriptedToolCaller(AddTwoAndThree));
        Prompt prompt = Prompt.Create().System("Use tools.").User("Add 2 to 3.");

        Prompt updated = await bridge.UpdateWithToolCall(prompt);

        prompt.Messages.Should().HaveCount(2, "the prompt that came in is never changed");
        updated.ToolCalling!.Outcome.Should().Be(PromptOutcome.Called);
        CallOutcome call = updated.ToolCalling.Calls.Should().ContainSingle().Subject;
        call.Status.Should().Be(CallStatus.Succeeded);
        call.Call.Tool.Id.ToString().Should().Be("math/add");
        updated.ToolCalling.Attempts.Should().ContainSingle().Which.Result.Should().Be(AttemptResult.Valid);
        updated.ToolCalling.CatalogVersion.Should().NotBeEmpty();

        List<ChatMessage> messages = updated.ToChatMessages();
        messages.Select(message => message.Role.Value).Should().Equal("system", "user", "assistant", "tool");
        var written = (FunctionCallContent)messages[2].Contents[0];
        written.Name.Should().Be("add");
        written.Arguments!["a"]!.ToString().Should().Be("2");
        var result = (FunctionResultContent)messages[3].Contents[0];
        result.CallId.Should().Be(written.CallId);
        result.Result.Should().Be("5");
    }

    [Fact]
    public async Task NoCall_LeavesTheMessagesAlone()
    {
        await using ToolCallBridge bridge = await CreateAsync(Calculator(), new ScriptedToolCaller(Proposal.NoCall with { Confidence = 0.9, Explanation = "Nothing fits." }));

        Prompt updated = await bridge.UpdateWithToolCall("What is love?");

        updated.Messages.Should().ContainSingle();
        updated.ToolCalling!.Outcome.Should().Be(PromptOutcome.NoCall);
        updated.ToolCalling.Reason.Should().Be(new Reason(ReasonKind.NothingProposed, "Nothing fits."));
        updated.ToolCalling.Confidence.Should().Be(0.9);
    }

    [Fact]
    public async Task InvalidArguments_AreProposedAgainWithHints()
    {
        var caller = new ScriptedToolCaller(ScriptedToolCaller.Call("add", """{"a":2}"""), AddTwoAndThree);
        FakeToolSource source = Calculator();
        await using ToolCallBridge bridge = await CreateAsync(source, caller);

        Prompt updated = await bridge.UpdateWithToolCall("Add 2 to 3.");

        updated.ToolCalling!.Outcome.Should().Be(PromptOutcome.Called);
        updated.ToolCalling.Attempts.Select(attempt => attempt.Result).Should().Equal(AttemptResult.Invalid, AttemptResult.Valid);
        updated.ToolCalling.Attempts[0].Errors.Should().ContainSingle().Which.Should().Contain("'b'");
        updated.ToolCalling.Attempts.Select(attempt => attempt.Temperature).Should().Equal(0, 0.2);
        caller.Requests.Last().Rejected.Should().ContainSingle().Which.Hints.Should().ContainSingle().Which.Should().Contain("b");
        source.Calls.Should().ContainSingle();
    }

    [Fact]
    [Trait("Attack", "Z6")]
    public async Task OnlyInvalidProposals_FailAndRunNothing()
    {
        FakeToolSource source = Calculator();
        var caller = new ScriptedToolCaller(ScriptedToolCaller.Calls(("add", """{"a":2,"b":3}"""), ("multiply", """{"a":"two"}""")));
        await using ToolCallBridge bridge = await CreateAsync(source, caller);

        Prompt updated = await bridge.UpdateWithToolCall("Add 2 to 3.", new ToolCallOptions { Attempts = 2 });

        updated.ToolCalling!.Outcome.Should().Be(PromptOutcome.Failed);
        updated.ToolCalling.Reason.Kind.Should().Be(ReasonKind.CallerMisbehaved);
        updated.ToolCalling.Attempts.Should().HaveCount(2);
        updated.ToolCalling.Calls.Select(call => call.Status).Should().Equal(CallStatus.Skipped, CallStatus.Failed);
        updated.ToolCalling.Calls[1].Reason.Kind.Should().Be(ReasonKind.InvalidArguments);
        updated.Messages.Should().ContainSingle("nothing was executed");
        source.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task UnknownTool_IsToldToTheModel()
    {
        var caller = new ScriptedToolCaller(ScriptedToolCaller.Call("sum", "{}"), AddTwoAndThree);
        await using ToolCallBridge bridge = await CreateAsync(Calculator(), caller);

        Prompt updated = await bridge.UpdateWithToolCall("Add 2 to 3.");

        updated.ToolCalling!.Outcome.Should().Be(PromptOutcome.Called);
        caller.Requests.Last().Rejected[0].Hints.Should().Equal("there is no tool `sum`; choose one of add, multiply");
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"a":1,"a":2,"b":3}""")]
    public async Task AmbiguousJson_IsNotExecuted(string arguments)
    {
        FakeToolSource source = Calculator();
        await using ToolCallBridge bridge = await CreateAsync(source, new ScriptedToolCaller(ScriptedToolCaller.Call("add", arguments)));

        Prompt updated = await bridge.UpdateWithToolCall("Add.", new ToolCallOptions { Attempts = 1 });

        updated.ToolCalling!.Outcome.Should().Be(PromptOutcome.Failed);
        updated.ToolCalling.Attempts[0].Errors[0].Should().Contain("strict JSON");
        source.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task LosslessRepair_SavesAnAttempt()
    {
        FakeToolSource source = Calculator();
        await using ToolCallBridge bridge = await CreateAsync(source, new ScriptedToolCaller(ScriptedToolCaller.Call("add", """{"a":"2","b":3}""")));

        Prompt updated = await bridge.UpdateWithToolCall("Add 2 to 3.");

        updated.ToolCalling!.Attempts.Should().ContainSingle();
        updated.ToolCalling.Calls[0].Repairs.Should().ContainSingle();
        source.Calls.Single().ParseArguments().GetProperty("a").GetInt32().Should().Be(2);
    }

    [Fact]
    public async Task LosslessRepair_OffForTheModel_SpendsAnAttempt()
    {
        var caller = new ScriptedToolCaller(ScriptedToolCaller.Call("add", """{"a":"2","b":3}"""), AddTwoAndThree);
        await using ToolCallBridge bridge = await CreateAsync(Calculator(), caller, new ModelProfile { Repair = false });
        (await bridge.UpdateWithToolCall("Add 2 to 3.")).ToolCalling!.Attempts.Should().HaveCount(2);
    }

    [Fact]
    public async Task LosslessRepair_OffForTheTool_SpendsAnAttempt()
    {
        var caller = new ScriptedToolCaller(ScriptedToolCaller.Call("add", """{"a":"2","b":3}"""), AddTwoAndThree);
        await using ToolCallBridge bridge = await CreateAsync(
            Calculator(), caller, null, builder => builder.Configure(options => options.Tools["math/add"] = new ToolOptions { Repair = false }));
        Prompt updated = await bridge.UpdateWithToolCall("Add 2 to 3.");
        updated.ToolCalling!.Attempts.Should().HaveCount(2);
        updated.ToolCalling.Calls.Single().Repairs.Should().BeEmpty();
    }

    [Fact]
    public async Task SeveralCalls_AllReachThePromptInOrder()
    {
        FakeToolSource source = Calculator();
        var caller = new ScriptedToolCaller(ScriptedToolCaller.Calls(("add", """{"a":2,"b":3}"""), ("multiply", """{"a":2,"b":3}""")));
        await using ToolCallBridge bridge = await CreateAsync(source, caller);

        Prompt updated = await bridge.UpdateWithToolCall("Add and multiply.");

        updated.ToChatMessages()[1].Contents.Cast<FunctionCallContent>().Select(call => call.Name).Should().Equal("add", "multiply");
        updated.ToChatMessages().Skip(2).Select(message => ((FunctionResultContent)message.Contents[0]).Result).Should().Equal("5", "6");
    }

    [Fact]
    public async Task MoreCallsThanAllowed_AreSkippedAndSaid()
    {
        FakeToolSource source = Calculator();
        var caller = new ScriptedToolCaller(ScriptedToolCaller.Calls(("add", """{"a":2,"b":3}"""), ("multiply", """{"a":2,"b":3}""")));
        await using ToolCallBridge bridge = await CreateAsync(source, caller);

        Prompt updated = await bridge.UpdateWithToolCall("Add and multiply.", new ToolCallOptions { MaxCalls = 1 });

        updated.ToolCalling!.Outcome.Should().Be(PromptOutcome.Called);
        updated.ToolCalling.Calls[1].Status.Should().Be(CallStatus.Skipped);
        updated.ToolCalling.Calls[1].Reason.Kind.Should().Be(ReasonKind.LimitReached);
        source.Calls.Should().ContainSingle();
    }

    [Fact]
    public async Task ToolError_IsAResultTheResponderCanRead()
    {
        var source = new FakeToolSource("math");
        source.Add("divide", (_, _, _) => Task.FromResult(ToolResult.FromText("Division by zero.", isError: true)));
        await using ToolCallBridge bridge = await CreateAsync(source, new ScriptedToolCaller(ScriptedToolCaller.Call("divide", "{}")));

        Prompt updated = await bridge.UpdateWithToolCall("Divide 1 by 0.");

        updated.ToolCalling!.Outcome.Should().Be(PromptOutcome.Called);
        updated.ToolCalling.Calls[0].Status.Should().Be(CallStatus.ToolError);
        updated.Messages[^1].ToChatMessage().Contents.OfType<FunctionResultContent>().Single().Result.Should().Be("Division by zero.");
    }

    [Fact]
    public async Task ImageResult_FollowsAsAnAttachment()
    {
        var source = new FakeToolSource("art");
        source.Add("draw", (_, _, _) => Task.FromResult(new ToolResult { Content = [new TextContent("Here."), new DataContent(new byte[] { 1 }, "image/png")] }));
        await using ToolCallBridge bridge = await CreateAsync(source, new ScriptedToolCaller(ScriptedToolCaller.Call("draw", "{}")));

        List<ChatMessage> messages = (await bridge.UpdateWithToolCall("Draw.")).ToChatMessages();

        messages.Select(message => message.Role.Value).Should().Equal("user", "assistant", "tool", "user");
        messages[3].Contents.OfType<DataContent>().Should().ContainSingle().Which.MediaType.Should().Be("image/png");
    }

    [Fact]
    public async Task SourceFails_IsAnOutcomeAndTheMessagesStay()
    {
        var source = new FakeToolSource("math");
        source.Add("add", (_, _, _) => throw new ToolSourceException("The server is down.", sent: false));
        await using ToolCallBridge bridge = await CreateAsync(source, new ScriptedToolCaller(ScriptedToolCaller.Call("add", "{}")));

        Prompt updated = await bridge.UpdateWithToolCall("Add.");

        updated.ToolCalling!.Outcome.Should().Be(PromptOutcome.Failed);
        updated.ToolCalling.Reason.Kind.Should().Be(ReasonKind.SourceUnavailable);
        updated.Messages.Should().ContainSingle();
    }

    [Fact]
    public async Task AnswerLost_IsSaidInThePrompt()
    {
        var source = new FakeToolSource("math");
        source.Add("add", (_, _, _) => throw new ToolSourceException("The connection broke.", sent: true));
        await using ToolCallBridge bridge = await CreateAsync(source, new ScriptedToolCaller(ScriptedToolCaller.Call("add", "{}")));

        Prompt updated = await bridge.UpdateWithToolCall("Add.");

        updated.ToolCalling!.Reason.Kind.Should().Be(ReasonKind.OutcomeUnknown);
        updated.Messages.Should().HaveCount(3, "the responder must know that the tool may have run");
        source.Calls.Should().ContainSingle("an execution is never repeated");
    }

    [Fact]
    [Trait("Attack", "Z8")]
    public async Task DestructiveTool_NeedsApproval()
    {
        var source = new FakeToolSource("files");
        source.Add("delete", "gone", annotations: new ToolAnnotations { Destructive = true, ReadOnly = true });
        await using ToolCallBridge bridge = await CreateAsync(source, new ScriptedToolCaller(ScriptedToolCaller.Call("delete", "{}")));

        (await bridge.UpdateWithToolCall("Delete it.")).ToolCalling!.Outcome.Should().Be(PromptOutcome.NeedsApproval);
        source.Calls.Should().BeEmpty();

        var context = new CallContext { Interaction = FakeUserInteraction.Answering(true) };
        (await bridge.UpdateWithToolCall("Delete it.", context: context)).ToolCalling!.Outcome.Should().Be(PromptOutcome.Called);
        source.Calls.Should().ContainSingle();
    }

    [Fact]
    public async Task ExecuteFalse_Proposes()
    {
        FakeToolSource source = Calculator();
        await using ToolCallBridge bridge = await CreateAsync(source, new ScriptedToolCaller(AddTwoAndThree));

        Prompt updated = await bridge.UpdateWithToolCall("Add 2 to 3.", new ToolCallOptions { Execute = false });

        updated.ToolCalling!.Outcome.Should().Be(PromptOutcome.Proposed);
        updated.ToolCalling.Calls.Single().Status.Should().Be(CallStatus.Skipped);
        updated.Messages.Should().ContainSingle();
        source.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task ChoiceNone_AsksNobody()
    {
        var caller = new ScriptedToolCaller(AddTwoAndThree);
        await using ToolCallBridge bridge = await CreateAsync(Calculator(), caller);
        (await bridge.UpdateWithToolCall("Add.", new ToolCallOptions { Choice = ToolChoice.None })).ToolCalling!.Outcome.Should().Be(PromptOutcome.NoCall);
        caller.Requests.Should().BeEmpty();
    }

    [Fact]
    [Trait("Attack", "Z6")]
    public async Task ChoiceRequired_NoCall_FailsLoudly()
    {
        await using ToolCallBridge bridge = await CreateAsync(Calculator(), new ScriptedToolCaller(Proposal.NoCall with { Explanation = "I know it." }));
        Prompt updated = await bridge.UpdateWithToolCall("Add.", new ToolCallOptions { Choice = ToolChoice.Required, Attempts = 2 });
        updated.ToolCalling!.Outcome.Should().Be(PromptOutcome.Failed);
        updated.ToolCalling.Reason.Message.Should().Contain("required").And.Contain("I know it.");
        updated.ToolCalling.Attempts.Should().HaveCount(2);
    }

    [Fact]
    public async Task ChoiceNamed_ShowsThatToolAlone()
    {
        var caller = new ScriptedToolCaller(Proposal.NoCall);
        await using ToolCallBridge bridge = await CreateAsync(Calculator(), caller);
        Prompt updated = await bridge.UpdateWithToolCall("Add.", new ToolCallOptions { Choice = ToolChoice.Named("add"), Attempts = 1 });
        caller.Requests.Single().Shortlist.Tools.Should().ContainSingle().Which.WireName.Should().Be("add");
        updated.ToolCalling!.Reason.Message.Should().Contain("'add'");
    }

    [Theory]
    [InlineData("subtract", "", ReasonKind.UnknownTool)]
    [InlineData("add", "multiply", ReasonKind.UnknownTool)]
    public async Task ChoiceNamed_ToolNotThere_FailsLoudly(string named, string allowed, ReasonKind kind)
    {
        await using ToolCallBridge bridge = await CreateAsync(Calculator(), new ScriptedToolCaller(AddTwoAndThree));
        var options = new ToolCallOptions { Choice = ToolChoice.Named(named), AllowedTools = allowed.Length > 0 ? [allowed] : [] };
        Prompt updated = await bridge.UpdateWithToolCall("Add.", options);
        updated.ToolCalling!.Outcome.Should().Be(PromptOutcome.Failed);
        updated.ToolCalling.Reason.Kind.Should().Be(kind);
    }

    [Theory]
    [InlineData(ToolChoiceMode.Auto, PromptOutcome.NoCall)]
    [InlineData(ToolChoiceMode.Required, PromptOutcome.Failed)]
    public async Task NoTools_IsSaid(ToolChoiceMode mode, PromptOutcome outcome)
    {
        await using ToolCallBridge bridge = await CreateAsync(new FakeToolSource(), new ScriptedToolCaller(AddTwoAndThree));
        Prompt updated = await bridge.UpdateWithToolCall("Add.", new ToolCallOptions { Choice = new ToolChoice(mode) });
        updated.ToolCalling!.Outcome.Should().Be(outcome);
        updated.ToolCalling.Reason.Kind.Should().Be(ReasonKind.NoTools);
    }

    [Theory]
    [InlineData("nobody/model")]
    [InlineData("/model")]
    public async Task UnknownCaller_IsAnOutcome(string name)
    {
        await using ToolCallBridge bridge = await CreateAsync(Calculator(), new ScriptedToolCaller(AddTwoAndThree));
        Prompt updated = await bridge.UpdateWithToolCall("Add.", new ToolCallOptions { Caller = name });
        updated.ToolCalling!.Outcome.Should().Be(PromptOutcome.Failed);
        updated.ToolCalling.Reason.Kind.Should().Be(ReasonKind.UnknownModel);
    }

    [Fact]
    public async Task CallIds_AlreadyInThePrompt_AreNotUsedAgain()
    {
        await using ToolCallBridge bridge = await CreateAsync(Calculator(), new ScriptedToolCaller(ScriptedToolCaller.Call("add", """{"a":2,"b":3}""", id: "call_1")));
        Prompt first = await bridge.UpdateWithToolCall("Add 2 to 3.");
        Prompt second = await bridge.UpdateWithToolCall(first.User("Again."));
        first.ToolCalling!.Calls[0].Call.Id.Should().Be("call_1");
        second.ToolCalling!.Calls[0].Call.Id.Should().StartWith("call_").And.NotBe("call_1");
    }
}
