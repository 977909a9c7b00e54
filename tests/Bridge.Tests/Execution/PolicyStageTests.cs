using Bridge.Configuration;
using Bridge.Outcomes;
using Bridge.Policy;
using Bridge.Tools;

namespace Bridge.Tests.Execution;

public sealed class PolicyStageTests
{
    private readonly DoorFixture _fixture = new();

    public PolicyStageTests() => _fixture.Source.Add("add");

    [Fact]
    public async Task ExecuteAsync_NoIdentity_IsRefused()
    {
        CallOutcome outcome = await _fixture.CallAsync("add", context: new() { Identity = new ClientIdentity(" ") });

        outcome.Reason.Kind.Should().Be(ReasonKind.PolicyDenied);
        outcome.Reason.Message.Should().Contain("no identity");
        _fixture.Records.Should().ContainSingle().Which.Event.Should().Be("refused");
    }

    [Fact]
    public async Task ExecuteAsync_ConfigurationDenies_PoliciesAreNotAsked()
    {
        var policy = new FakePolicy(PolicyDecision.Allow);
        _fixture.Policies.Add(policy);
        _fixture.Options.Tools["fake/add"] = new ToolOptions { Deny = true };

        CallOutcome outcome = await _fixture.CallAsync("add", "not json: refused before it is read");

        outcome.Reason.Kind.Should().Be(ReasonKind.PolicyDenied);
        outcome.Reason.Message.Should().Contain("Configuration forbids the tool 'fake/add'");
        policy.Seen.Should().BeEmpty();
    }

    [Fact]
    public async Task ExecuteAsync_EveryPolicyAllows_Runs()
    {
        var policy = new FakePolicy(PolicyDecision.Allow);
        _fixture.Policies.AddRange([policy, policy]);

        (await _fixture.CallAsync("add", context: new() { Depth = 2 })).Status.Should().Be(CallStatus.Succeeded);

        policy.Seen.Should().HaveCount(2).And.OnlyContain(request =>
            request.Tool.Id == new ToolId("fake", "add") && request.Identity.Id == "local" && request.Depth == 2);
    }

    [Fact]
    public async Task ExecuteAsync_OnePolicyDenies_IsRefusedWithItsReason()
    {
        var last = new FakePolicy(PolicyDecision.Allow);
        _fixture.Policies.AddRange([new FakePolicy(PolicyDecision.Allow), new FakePolicy(PolicyDecision.Deny("Not on Fridays.")), last]);

        CallOutcome outcome = await _fixture.CallAsync("add");

        outcome.Status.Should().Be(CallStatus.Failed);
        outcome.Reason.Should().Be(new Reason(ReasonKind.PolicyDenied, "Not on Fridays."));
        last.Seen.Should().BeEmpty();
        _fixture.Source.Calls.Should().BeEmpty();
    }

    [Fact]
    public async Task ExecuteAsync_PolicyGivesNoReason_OneIsMade()
    {
        _fixture.Policies.Add(new FakePolicy(default(PolicyDecision)));

        CallOutcome outcome = await _fixture.CallAsync("add");

        outcome.Reason.Message.Should().Be("The policy 'FakePolicy' forbids the tool 'fake/add' and gives no reason.");
    }

    [Fact]
    public async Task ExecuteAsync_PolicyThrows_DeniesAndTellsOnlyTheLog()
    {
        _fixture.Policies.Add(new FakePolicy(new InvalidOperationException("secret")));

        CallOutcome outcome = await _fixture.CallAsync("add");

        outcome.Reason.Kind.Should().Be(ReasonKind.PolicyDenied);
        outcome.Reason.Message.Should().NotContain("secret");
        _fixture.PolicyLog.Entries.Should().ContainSingle().Which.Error.Should().BeOfType<InvalidOperationException>();
    }

    [Fact]
    public async Task ExecuteAsync_CancelledWhileAPolicyDecides_IsCancelled()
    {
        using var cancel = new CancellationTokenSource();
        _fixture.Policies.Add(new FakePolicy(cancel));

        (await _fixture.CallAsync("add", cancellationToken: cancel.Token)).Status.Should().Be(CallStatus.Cancelled);
    }

    [Fact]
    public async Task ExecuteAsync_RuleOnArguments_SeesThemAsTheyWillBeSent()
    {
        _fixture.Source.Add("pay", schema: """{"type":"object","properties":{"amount":{"type":"integer"}},"required":["amount"]}""");
        _fixture.PolicyRules.Replace(PolicyFile.Parse("policy.json", """
            { "rules": [ { "tool": "fake/pay", "when": { "/amount": { "type": "integer", "maximum": 100 } }, "effect": "allow" }, { "tool": "fake/pay", "effect": "deny" } ] }
            """).Rules!);

        Task<CallOutcome> Pay(string arguments) => _fixture.Door.ExecuteAsync(
            _fixture.Request("pay", arguments) with { AllowRepair = true }, CallContext.Local, CancellationToken.None);
        CallOutcome little = await Pay("""{"amount":"7"}"""), much = await Pay("""{"amount":"700"}"""), invalid = await Pay("""{"amount":{}}""");

        little.Status.Should().Be(CallStatus.Succeeded, "the text was repaired to a number, and the number is what counts");
        much.Reason.Kind.Should().Be(ReasonKind.PolicyDenied);
        much.Reason.Message.Should().Contain("policy.json: rules[1]");
        invalid.Reason.Kind.Should().Be(ReasonKind.InvalidArguments);
        _fixture.Source.Calls.Should().ContainSingle();
        _fixture.Records.Should().Contain(entry => entry.Event == "refused" && entry.Reason == "policy_denied" && entry.Tool == "fake/pay");
    }

    [Fact]
    public async Task ExecuteAsync_RuleOnModels_FitsWhatTheyProposed()
    {
        _fixture.PolicyRules.Replace(PolicyFile.Parse("policy.json", """
            { "rules": [ { "tool": "fake/*", "models": "ollama/*", "effect": "deny" } ] }
            """).Rules!);

        CallOutcome proposed = await _fixture.Door.ExecuteAsync(
            _fixture.Request("add") with { Caller = "ollama/qwen3:0.6b", Origin = CallOrigin.Prompt }, CallContext.Local, CancellationToken.None);

        proposed.Reason.Kind.Should().Be(ReasonKind.PolicyDenied);
        (await _fixture.CallAsync("add")).Status.Should().Be(CallStatus.Succeeded);
    }

    [Fact]
    public async Task ExecuteAsync_PolicyInCode_SeesModelAndArguments()
    {
        var policy = new ArgumentPolicy();
        _fixture.Policies.Add(policy);

        CallOutcome outcome = await _fixture.Door.ExecuteAsync(
            _fixture.Request("add", """{"a":1}""") with { Caller = "embedded" }, CallContext.Local, CancellationToken.None);

        outcome.Reason.Message.Should().Be("Not this one.");
        policy.Seen.Select(request => (request.Model, request.Arguments?.GetRawText())).Should().Equal(("embedded", null), ("embedded", """{"a":1}"""));
    }

    private sealed class ArgumentPolicy : IToolPolicy
    {
        public List<PolicyRequest> Seen { get; } = [];

        public ValueTask<PolicyDecision> DecideAsync(PolicyRequest request, CancellationToken cancellationToken)
        {
            Seen.Add(request);
            return new(PolicyDecision.Allow);
        }

        public ValueTask<PolicyDecision> DecideOnArgumentsAsync(PolicyRequest request, CancellationToken cancellationToken)
        {
            Seen.Add(request);
            return new(PolicyDecision.Deny("Not this one."));
        }
    }

    private sealed class FakePolicy : IToolPolicy
    {
        private readonly Func<CancellationToken, PolicyDecision> _decide;

        public FakePolicy(PolicyDecision decision) => _decide = _ => decision;

        public FakePolicy(Exception error) => _decide = _ => throw error;

        public FakePolicy(CancellationTokenSource cancel) => _decide = token =>
        {
            cancel.Cancel();
            token.ThrowIfCancellationRequested();
            return PolicyDecision.Allow;
        };

        public List<PolicyRequest> Seen { get; } = [];

        public async ValueTask<PolicyDecision> DecideAsync(PolicyRequest request, CancellationToken cancellationToken)
        {
            await Task.Yield();
            Seen.Add(request);
            return _decide(cancellationToken);
        }
    }
}
