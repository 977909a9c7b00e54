using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Outcomes;
using Bridge.Pipeline;
using Bridge.Profiles;
using Bridge.TestKit;
using Bridge.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Tests.Pipeline;

public class ToolProposerTests
{
    private static readonly ImmutableArray<Tool> s_tools = [Tool.Create(new ToolId("given", "add"), "Add", JsonElement.Parse(BridgeFixture.Numbers))];

    [Fact]
    public async Task ProposeAsync_InvalidThenValid_TellsBothAttemptsAndRunsNothing()
    {
        FakeToolSource source = BridgeFixture.Calculator();
        var caller = new ScriptedToolCaller(ScriptedToolCaller.Call("add", """{"a":2}"""), BridgeFixture.AddTwoAndThree);
        await using var bridge = await BridgeFixture.CreateAsync(source, caller);

        ToolCalling calling = await Proposer(bridge).ProposeAsync("Add 2 to 3.", s_tools);

        calling.Outcome.Should().Be(PromptOutcome.Proposed);
        calling.Attempts.Select(attempt => attempt.Result).Should().Equal(AttemptResult.Invalid, AttemptResult.Valid);
        CallOutcome call = calling.Calls.Should().ContainSingle().Which;
        (call.Status, call.Call.Tool.Id.ToString(), call.Call.ParseArguments().GetRawText()).Should().Be((CallStatus.Skipped, "given/add", """{"a":2,"b":3}"""));
        source.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task ProposeAsync_BelowTheThreshold_IsNoCall()
    {
        var caller = new ScriptedToolCaller(ScriptedToolCaller.Call("add", """{"a":2,"b":3}""", confidence: 0.4));
        await using var bridge = await BridgeFixture.CreateAsync(BridgeFixture.Calculator(), caller, new ModelProfile { Threshold = 0.5 });

        ToolCalling calling = await Proposer(bridge).ProposeAsync("Add 2 to 3.", s_tools);

        (calling.Outcome, calling.Reason.Kind, calling.Confidence).Should().Be((PromptOutcome.NoCall, ReasonKind.BelowThreshold, 0.4));
    }

    [Fact]
    public async Task ProposeAsync_WithoutTools_AsksNobody()
    {
        var caller = new ScriptedToolCaller(BridgeFixture.AddTwoAndThree);
        await using var bridge = await BridgeFixture.CreateAsync(BridgeFixture.Calculator(), caller);

        ToolCalling calling = await Proposer(bridge).ProposeAsync("Add 2 to 3.", []);

        (calling.Outcome, calling.Reason.Kind).Should().Be((PromptOutcome.NoCall, ReasonKind.NoTools));
        caller.Requests.Should().BeEmpty();
    }

    private static ToolProposer Proposer(Bridge.Hosting.ToolCallBridge bridge) => bridge.Services.GetRequiredService<ToolProposer>();
}
