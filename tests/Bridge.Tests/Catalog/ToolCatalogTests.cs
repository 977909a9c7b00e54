using System.Collections.Immutable;
using Bridge.Catalog;
using Bridge.TestKit;
using Bridge.Tools;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.Tests.Catalog;

public class ToolCatalogTests
{
    [Fact]
    public async Task GetAsync_UnchangedSources_GivesTheSameSnapshot()
    {
        var source = new FakeToolSource();
        source.Add("add");
        using ToolCatalog catalog = CatalogOf(new FixedSources([source]));

        CatalogSnapshot first = await catalog.GetAsync(CallContext.Local, default);
        CatalogSnapshot second = await catalog.GetAsync(CallContext.Local, default);

        second.Should().BeSameAs(first);
        source.Listings.Should().Be(1);
        first.Sources.Should().Equal(new CatalogSource("fake", SourceStatus.Ready, 1));
    }

    [Fact]
    public async Task GetAsync_AfterASourceChanged_GivesANewVersion()
    {
        var source = new FakeToolSource();
        source.Add("add");
        using ToolCatalog catalog = CatalogOf(new FixedSources([source]));
        CatalogSnapshot first = await catalog.GetAsync(CallContext.Local, default);
        int changes = 0;
        catalog.Changed += () => changes++;

        source.Add("subtract");
        CatalogSnapshot second = await catalog.GetAsync(CallContext.Local, default);

        changes.Should().Be(1);
        second.Version.Should().NotBe(first.Version);
        second.Tools.Select(tool => tool.Id.Name).Should().Equal("add", "subtract");
    }

    [Fact]
    public async Task GetAsync_OfTwoIdentities_ListsForEach()
    {
        var source = new FakeToolSource { Scope = SourceScope.PerIdentity };
        source.Add("add");
        using ToolCatalog catalog = CatalogOf(new FixedSources([source]));

        await catalog.GetAsync(CallContext.Local, default);
        await catalog.GetAsync(CallContext.Local with { Identity = new ClientIdentity("ann") }, default);

        source.Listings.Should().Be(2);
    }

    [Fact]
    public async Task GetAsync_OneSourceFails_KeepsTheOthers()
    {
        var good = new FakeToolSource("good");
        good.Add("add");
        using ToolCatalog catalog = CatalogOf(new FixedSources([new BrokenSource(), good]));

        CatalogSnapshot snapshot = await catalog.GetAsync(CallContext.Local, default);

        snapshot.Tools.Should().ContainSingle();
        snapshot.Sources[0].Status.State.Should().Be(SourceState.Failed);
        snapshot.Sources[0].Status.Detail.Should().Contain("wires are cut");
    }

    [Fact]
    public async Task GetAsync_ProviderChangesItsSources_FollowsTheNewOnes()
    {
        var first = new FakeToolSource("first");
        var second = new FakeToolSource("second");
        second.Add("add");
        var provider = new ChangingSources(first);
        using ToolCatalog catalog = CatalogOf(provider);
        (await catalog.GetAsync(CallContext.Local, default)).Tools.Should().BeEmpty();

        provider.Become(second);
        (await catalog.GetAsync(CallContext.Local, default)).Tools.Should().ContainSingle();
        second.Add("subtract");
        (await catalog.GetAsync(CallContext.Local, default)).Tools.Should().HaveCount(2);
        first.Add("ignored");
        (await catalog.GetAsync(CallContext.Local, default)).Tools.Should().HaveCount(2);
    }

    [Fact]
    public async Task GetAsync_ManyIdentities_StaysBounded()
    {
        using ToolCatalog catalog = CatalogOf(new FixedSources([]));
        for (int i = 0; i < 2_000; i++)
        {
            await catalog.GetAsync(CallContext.Local with { Identity = new ClientIdentity($"client-{i}") }, default);
        }

        (await catalog.GetAsync(CallContext.Local, default)).Tools.Should().BeEmpty();
    }

    [Fact]
    public void Sources_OfTheSameId_TheFirstWins()
    {
        var first = new FakeToolSource("twin");
        using ToolCatalog catalog = CatalogOf(new FixedSources([first]), new FixedSources([new FakeToolSource("twin")]));

        catalog.Sources.Should().ContainSingle().Which.Should().BeSameAs(first);
    }

    private static ToolCatalog CatalogOf(params IToolSourceProvider[] providers) => new(providers, NullLogger<ToolCatalog>.Instance);

    private sealed class ChangingSources(IToolSource source) : IToolSourceProvider
    {
        public event Action? Changed;

        public ImmutableArray<IToolSource> Sources { get; private set; } = [source];

        public Task WaitUntilSettledAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Become(IToolSource other)
        {
            Sources = [other];
            Changed?.Invoke();
        }
    }

    private sealed class BrokenSource : IToolSource
    {
        public event Action? Changed
        {
            add { }
            remove { }
        }

        public string Id => "broken";

        public SourceScope Scope => SourceScope.Shared;

        public SourceStatus Status => SourceStatus.Ready;

        public Task<ToolListing> ListAsync(CallContext context, CancellationToken cancellationToken) =>
            Task.FromException<ToolListing>(new IOException("The wires are cut."));

        public Task<ToolResult> CallAsync(ToolCall call, CallContext context, CancellationToken cancellationToken) =>
            throw new ToolSourceException("no", sent: false);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
