using Bridge.Configuration;
using Bridge.Hosting;
using Bridge.Outcomes;
using Bridge.Profiles;
using Bridge.TestKit;
using Bridge.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Tests.Pipeline;

public class SideEffectThresholdTests
{
    private static readonly ModelProfile s_profile = new() { Threshold = 0.3, SideEffectThreshold = 0.8 };

    [Theory]
    [InlineData(false, null, null, PromptOutcome.NoCall)]
    [InlineData(false, true, null, PromptOutcome.NoCall)] // a server's word lowers nothing
    [InlineData(true, null, null, PromptOutcome.Called)]
    [InlineData(true, true, null, PromptOutcome.Called)]
    [InlineData(true, false, null, PromptOutcome.NoCall)] // and raises
    [Trait("Attack", "Z2")]
    public async Task Call_AboveOneThresholdOnly_CountsForToolsThatChangeNothing(bool configured, bool? hint, bool? destructive, PromptOutcome outcome) =>
        (await AskAsync(0.5, configured, new ToolAnnotations { ReadOnly = hint, Destructive = destructive }, s_profile)).Outcome.Should().Be(outcome);

    [Fact]
    public async Task Call_BelowTheHigherThreshold_NamesThatOne()
    {
        ToolCalling calling = await AskAsync(0.5, configured: false, ToolAnnotations.None, s_profile);

        calling.Reason.Kind.Should().Be(ReasonKind.BelowThreshold);
        calling.Reason.Message.Should().Contain("0.50").And.Contain("below its threshold of 0.80");
    }

    [Fact]
    public async Task Call_AboveBoth_Counts() =>
        (await AskAsync(0.8, configured: false, ToolAnnotations.None, s_profile)).Outcome.Should().Be(PromptOutcome.Called);

    [Fact]
    public async Task Call_LowerSideEffectThreshold_LowersNothing() =>
        (await AskAsync(0.2, configured: false, ToolAnnotations.None, new ModelProfile { Threshold = 0.3, SideEffectThreshold = 0.1 })).Outcome.Should().Be(PromptOutcome.NoCall);

    private static async Task<ToolCalling> AskAsync(double confidence, bool configured, ToolAnnotations annotations, ModelProfile profile)
    {
        var source = new FakeToolSource("math");
        source.Add("add", "5", BridgeFixture.Numbers, annotations);
        var caller = new ScriptedToolCaller(ScriptedToolCaller.Call("add", """{"a":2,"b":3}""", confidence));
        await using ToolCallBridge bridge = await BridgeFixture.CreateAsync(source, caller, profile, builder =>
            builder.Services.Configure<BridgeOptions>(options => options.Tools["math/add"] = new ToolOptions { ReadOnly = configured }));
        return (await bridge.UpdateWithToolCall("Add 2 and 3.")).ToolCalling!;
    }
}
