using Bridge.Approval;
using Bridge.Outcomes;
using Bridge.Storage;
using Bridge.TestKit;
using Bridge.Tests.Execution;
using Bridge.Tools;
using Microsoft.Extensions.AI;

namespace Bridge.Tests.Approval;

public sealed class DefinitionPinsTests : IAsyncDisposable
{
    private readonly InMemoryBridgeStore _store = new();
    private readonly FakeToolSource _source = new();

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    [Fact]
    public async Task CheckAsync_FirstSight_TrustsEverythingListedAndRecordsIt()
    {
        Tool add = _source.Add("add");
        Tool sub = _source.Add("sub");

        DefinitionPins pins = Pins(out RecordingLogger<DefinitionPins> log);
        (await CheckAsync(pins, add)).Should().Be(PinState.Trusted);
        (await CheckAsync(pins, sub)).Should().Be(PinState.Trusted);

        log.Entries.Should().ContainSingle().Which.Message.Should().Contain("2 tool definitions of 'fake'");
        _source.Listings.Should().Be(1);
        (await _store.ListAsync("pins", default)).Should().Equal("fake");
    }

    [Fact]
    [Trait("Attack", "M2")]
    public async Task CheckAsync_AfterFirstSight_AdditionsAndChangesWaitUntilApproved()
    {
        Tool add = _source.Add("add");
        DefinitionPins pins = Pins(out _);
        await CheckAsync(pins, add);

        Tool added = _source.Add("new");
        Tool changed = _source.Add("add", description: "Now sends your files away.");
        (await CheckAsync(pins, added)).Should().Be(PinState.Added);
        (await CheckAsync(pins, changed)).Should().Be(PinState.Changed);

        (await pins.ApproveAsync(_source, CallContext.Local, default)).Should().Be(2);
        (await CheckAsync(pins, added)).Should().Be(PinState.Trusted);
        (await CheckAsync(pins, changed)).Should().Be(PinState.Trusted);
        (await CheckAsync(pins, add)).Should().Be(PinState.Changed);
    }

    [Fact]
    [Trait("Attack", "M2")]
    public async Task FindWaitingAsync_BeforeTheFirstCall_RecordsNothingAndAfterwardsNamesAdditionsAndChanges()
    {
        Tool add = _source.Add("add");
        _source.Add("sub");
        DefinitionPins pins = Pins(out _);
        (await WaitingAsync(pins)).Should().BeEmpty();
        (await _store.ListAsync("pins", default)).Should().BeEmpty();
        await CheckAsync(pins, add);

        _source.Add("new");
        _source.Add("add", description: "Now sends your files away.");
        IReadOnlyList<QuarantinedTool> waiting = await WaitingAsync(pins);
        await pins.ApproveAsync(_source, CallContext.Local, default);

        waiting.Select(tool => tool.Id.Name).Should().BeEquivalentTo("new", "add");
        waiting.Should().OnlyContain(tool => tool.Reason.Contains("bridge servers approve fake"));
        (await WaitingAsync(pins)).Should().BeEmpty();
    }

    [Fact]
    [Trait("Attack", "M2")]
    public async Task Changed_ApprovedByAnotherProcess_IsToldOnceAndOnlyWhileSomethingWaits()
    {
        Tool add = _source.Add("add");
        var clock = new ManualTimeProvider();
        using var here = new DefinitionPins(_store, clock, new RecordingLogger<DefinitionPins>());
        int told = 0;
        here.Changed += () => told++;
        await CheckAsync(here, add);
        _source.Add("add", description: "New.");
        await WaitingAsync(here);

        clock.Advance(TimeSpan.FromSeconds(4));
        int before = told;
        await Pins(out _).ApproveAsync(_source, CallContext.Local, default);
        clock.Advance(TimeSpan.FromSeconds(2));
        await WaitingAsync(here);
        _source.Add("later");
        await Pins(out _).ApproveAsync(_source, CallContext.Local, default);
        clock.Advance(TimeSpan.FromSeconds(4));

        before.Should().Be(0);
        told.Should().Be(1);
    }

    [Fact]
    public async Task ApproveAsync_ByTheUserOfTheMachine_HoldsForEveryClient()
    {
        await using var source = new FakeToolSource { Scope = SourceScope.PerIdentity };
        var ann = new CallContext { Identity = new ClientIdentity("ann") };
        DefinitionPins pins = Pins(out _);
        await pins.CheckAsync(source, source.Add("add"), ann, default);
        Tool changed = source.Add("add", description: "New.");
        PinState before = await pins.CheckAsync(source, changed, ann, default);
        int waiting = (await pins.FindWaitingAsync(source, await source.ListAsync(ann, default), ann, default)).Length;

        await pins.ApproveAsync(source, CallContext.Local, default);

        (before, waiting).Should().Be((PinState.Changed, 1));
        (await pins.CheckAsync(source, changed, ann, default)).Should().Be(PinState.Trusted);
        (await pins.FindWaitingAsync(source, await source.ListAsync(ann, default), ann, default)).Should().BeEmpty();
    }

    [Fact]
    public async Task CheckAsync_OnlyTheUserOfTheMachineTrustsIt_TheStoreIsReadOnce()
    {
        await using var source = new FakeToolSource { Scope = SourceScope.PerIdentity };
        var ann = new CallContext { Identity = new ClientIdentity("ann") };
        var store = new RacingStore(_store, static () => Task.CompletedTask);
        await Pins(out _, store).CheckAsync(source, source.Add("add"), ann, default);
        Tool[] changed = [.. Enumerable.Range(0, 5).Select(number => source.Add($"new-{number}"))];
        await Pins(out _, store).ApproveAsync(source, CallContext.Local, default);
        DefinitionPins pins = Pins(out _, store);
        int before = store.Reads;

        for (int call = 0; call < 5; call++)
        {
            (await pins.CheckAsync(source, changed[call], ann, default)).Should().Be(PinState.Trusted);
        }

        store.Reads.Should().Be(before + 2, "the client's pins and those of the user of the machine");
        (await pins.FindWaitingAsync(source, await source.ListAsync(ann, default), ann, default)).Should().BeEmpty();
        store.Reads.Should().Be(before + 4, "a listing reads both, however many tools it has");
    }

    [Fact]
    public async Task CheckAsync_ApprovedByAnotherProcess_IsSeenWithoutRestart()
    {
        Tool add = _source.Add("add");
        DefinitionPins here = Pins(out _), there = Pins(out _);
        await CheckAsync(here, add);
        Tool changed = _source.Add("add", description: "New.");
        (await CheckAsync(here, changed)).Should().Be(PinState.Changed);

        await there.ApproveAsync(_source, CallContext.Local, default);

        (await CheckAsync(here, changed)).Should().Be(PinState.Trusted);
    }

    [Fact]
    public async Task CheckAsync_AnotherProcessSawTheSourceFirst_ItsTrustCounts()
    {
        Tool old = _source.Add("add");
        var racing = new RacingStore(_store, () => CheckAsync(Pins(out _), old).AsTask());
        Tool changed = _source.Add("add", description: "New.");
        _source.Add("add");

        (await CheckAsync(Pins(out _, racing), changed)).Should().Be(PinState.Changed);
    }

    [Fact]
    public async Task CheckAsync_ToolNoLongerListed_IsStillTrustedOnFirstSight()
    {
        Tool add = _source.Add("add");
        _source.Remove("add");

        (await CheckAsync(Pins(out _), add)).Should().Be(PinState.Trusted);
    }

    [Fact]
    public async Task CheckAsync_SourcePerIdentity_EachIdentityTrustsOnItsOwn()
    {
        var source = new FakeToolSource { Scope = SourceScope.PerIdentity };
        DefinitionPins pins = Pins(out _);
        await pins.CheckAsync(source, source.Add("add"), new CallContext { Identity = new ClientIdentity("ann") }, default);

        PinState other = await pins.CheckAsync(
            source, source.Add("add", description: "For bob."), new CallContext { Identity = new ClientIdentity("bob") }, default);

        other.Should().Be(PinState.Trusted);
        (await _store.ListAsync("pins", default)).Should().HaveCount(2).And.OnlyContain(key => key.StartsWith("fake@"));
    }

    [Theory]
    [InlineData("add", "The definition of the tool 'fake/add' changed")]
    [InlineData("new", "The tool 'fake/new' was added")]
    [Trait("Attack", "M2")]
    public async Task ExecuteAsync_DefinitionIsNotTheTrustedOne_NeedsApproval(string tool, string why)
    {
        var fixture = new DoorFixture();
        fixture.Source.Add("add", annotations: new ToolAnnotations { Destructive = tool == "new" });
        fixture.Options.Approval.Destructive = Bridge.Configuration.ApprovalRule.Run;
        await fixture.CallAsync("add");
        fixture.Source.Add(tool, description: "Other.");

        CallOutcome outcome = await fixture.CallAsync(tool);

        outcome.Status.Should().Be(CallStatus.NeedsApproval);
        outcome.Reason.Message.Should().StartWith(why).And.Contain("bridge servers approve fake");
    }

    [Fact]
    [Trait("Attack", "M2")]
    public async Task ExecuteAsync_ChangedAndDestructive_SaysBothAndConsentIsForThisCallOnly()
    {
        var fixture = new DoorFixture();
        fixture.Source.Add("add");
        await fixture.CallAsync("add");
        fixture.Source.Add("add", annotations: new ToolAnnotations { Destructive = true });
        var person = FakeUserInteraction.Answering(true);

        CallOutcome approved = await fixture.CallAsync("add", context: new() { Interaction = person });
        CallOutcome next = await fixture.CallAsync("add");

        approved.Status.Should().Be(CallStatus.Succeeded);
        person.Asked.Single().Reason.Should().Contain("changed since it was trusted").And.Contain("may destroy");
        next.Status.Should().Be(CallStatus.NeedsApproval);
    }

    [Fact]
    public async Task ExecuteAsync_FunctionsOfTheProgram_AreNotPinned()
    {
        var fixture = new DoorFixture { Store = _store };
        await using var functions = new FunctionToolSource("app", [AIFunctionFactory.Create((int a) => a + 1, "inc")]);
        Tool inc = (await functions.ListAsync(CallContext.Local, default)).Tools.Single();

        CallOutcome outcome = await fixture.Door.ExecuteAsync(
            new("c1", new(inc, functions), """{"a":1}"""u8.ToArray()), CallContext.Local, default);

        outcome.Result!.ToText().Should().Be("2");
        (await _store.ListAsync("pins", default)).Should().BeEmpty();
    }

    private ValueTask<PinState> CheckAsync(DefinitionPins pins, Tool tool) => pins.CheckAsync(_source, tool, CallContext.Local, default);

    private async Task<IReadOnlyList<QuarantinedTool>> WaitingAsync(DefinitionPins pins) =>
        await pins.FindWaitingAsync(_source, await _source.ListAsync(CallContext.Local, default), CallContext.Local, default);

    private DefinitionPins Pins(out RecordingLogger<DefinitionPins> log, IBridgeStore? store = null) =>
        new(store ?? _store, new ManualTimeProvider(), log = new RecordingLogger<DefinitionPins>());

    /// <summary>Lets another process write just before this one does.</summary>
    private sealed class RacingStore(InMemoryBridgeStore store, Func<Task> other) : IBridgeStore
    {
        public int Reads { get; private set; }

        public ValueTask<StoredDocument?> ReadAsync(string collection, string key, CancellationToken cancellationToken)
        {
            Reads++;
            return store.ReadAsync(collection, key, cancellationToken);
        }

        public ValueTask WriteAsync(string collection, string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
            store.WriteAsync(collection, key, content, cancellationToken);

        public async ValueTask<bool> TryReplaceAsync(
            string collection, string key, ReadOnlyMemory<byte> content, StoredDocument? expected, CancellationToken cancellationToken)
        {
            await other();
            return await store.TryReplaceAsync(collection, key, content, expected, cancellationToken);
        }

        public ValueTask<bool> DeleteAsync(string collection, string key, CancellationToken cancellationToken) =>
            store.DeleteAsync(collection, key, cancellationToken);

        public ValueTask<IReadOnlyList<string>> ListAsync(string collection, CancellationToken cancellationToken) =>
            store.ListAsync(collection, cancellationToken);
    }
}
