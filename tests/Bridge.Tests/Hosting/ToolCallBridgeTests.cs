using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Calling;
using Bridge.Catalog;
using Bridge.Hosting;
using Bridge.Outcomes;
using Bridge.Pipeline;
using Bridge.Profiles;
using Bridge.Prompts;
using Bridge.Responding;
using Bridge.Schemas.Signatures;
using Bridge.TestKit;
using Bridge.Tools;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Bridge.Tests.Hosting;

public class ToolCallBridgeTests
{
    [Fact]
    public async Task CreateAsync_FunctionsAlone_NeedsNoModel()
    {
        await using ToolCallBridge bridge = await ToolCallBridge.CreateAsync(builder => builder
            .WithTool("add", "A tool to add two numbers", (double a, double b) => a + b)
            .WithTool("shout", "Makes a text loud", (string text) => text.ToUpperInvariant()));

        Prompt updated = await bridge.UpdateWithToolCall("Add 2 to 3 using available tools.");

        updated.ToolCalling!.Outcome.Should().Be(PromptOutcome.Called);
        updated.ToolCalling.Calls.Single().Call.Tool.Id.ToString().Should().Be("code/add");
        IChatClient responder = bridge.Services.GetRequiredService<ResponderSource>().Find(null)!;
        (await responder.RespondAsync(updated)).Text.Should().Contain("5");
    }

    [Fact]
    public async Task CreateAsync_ToolDeclaredByItsParameters_IsValidatedAndRun()
    {
        await using ToolCallBridge bridge = await ToolCallBridge.CreateAsync(builder => builder
            .WithTool(
                "weather", "Weather of a city",
                [
                    ToolParameter.String("city", "The city", required: true),
                    ToolParameter.Integer("days", "How many days", min: 1, max: 7, @default: 3),
                ],
                async (arguments, cancellationToken) =>
                {
                    await Task.Delay(1, cancellationToken);
                    return new { sky = $"sunny in {arguments.GetProperty("city").GetString()}" };
                })
            .WithTool("now", "The time", [], _ => "noon"));
        CatalogSnapshot catalog = await bridge.Services.GetRequiredService<ToolCatalog>().GetAsync(CallContext.Local, default);
        Tool weather = catalog.Tools.Single(tool => tool.Id.Name == "weather");

        Prompt updated = await bridge.UpdateWithToolCall("What is the weather of the city Rome?");

        updated.ToolCalling!.Calls.Single().Result!.ToText().Should().Be("""{"sky":"sunny in Rome"}""");
        weather.Schema.Validate(JsonElement.Parse("""{"city":"Rome","days":9}""")).Single().Pointer.Should().Be("/days");
    }

    [Fact]
    public async Task CreateAsync_ChatClientAsToolCaller_ReadsItsFunctionCalls()
    {
        using var client = new OneCallClient();
        await using ToolCallBridge bridge = await ToolCallBridge.CreateAsync(builder => builder
            .WithTool("add", "Adds", (double a, double b) => a + b)
            .ToolCaller(client, new ModelProfile { Attempts = 1 }));

        Prompt updated = await bridge.UpdateWithToolCall("Add 2 to 3.");

        updated.ToolCalling!.Calls.Single().Result!.ToText().Should().Be("5");
    }

    [Fact]
    public async Task CreateAsync_StartsAndStopsWorkers()
    {
        var worker = new Worker();
        await using (ToolCallBridge bridge = await ToolCallBridge.CreateAsync(builder => builder.Services.AddSingleton<IHostedService>(worker)))
        {
            worker.Running.Should().BeTrue();
            await bridge.DisposeAsync();
        }

        worker.Running.Should().BeFalse();
    }

    [Fact]
    public async Task CreateAsync_WorkerFails_ThrowsAndDisposes()
    {
        Func<Task> create = () => ToolCallBridge.CreateAsync(builder => builder.Services.AddSingleton<IHostedService>(new Worker { Fails = true }));
        await create.Should().ThrowAsync<IOException>();
    }

    [Fact]
    public async Task CreateAsync_SourcesThatNeverSettle_AreNotWaitedForLongerThanConfigured()
    {
        await using ToolCallBridge bridge = await ToolCallBridge.CreateAsync(builder =>
        {
            builder.Services.AddSingleton<IToolSourceProvider, SlowSources>();
            builder.Configure(options => options.StartTimeout = TimeSpan.FromMilliseconds(20));
        });
        (await bridge.UpdateWithToolCall("Add.")).ToolCalling!.Reason.Kind.Should().Be(ReasonKind.NoTools);
    }

    [Fact]
    public async Task AddBridge_InAHost_GivesTheBridge()
    {
        var services = new ServiceCollection();
        services.AddBridge().WithToolSource(new FakeToolSource());
        await using ServiceProvider provider = services.BuildServiceProvider();

        IToolCallBridge bridge = provider.GetRequiredService<IToolCallBridge>();

        (await bridge.UpdateWithToolCall("Hi")).ToolCalling!.Reason.Kind.Should().Be(ReasonKind.NoTools);
        ((ToolCallBridge)bridge).Invoking(hosted => hosted.Services).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public async Task AddBridge_ServiceRegisteredBefore_Wins()
    {
        var services = new ServiceCollection();
        var clock = new ManualTimeProvider();
        services.AddSingleton<TimeProvider>(clock);
        services.AddBridge();
        await using ServiceProvider provider = services.BuildServiceProvider();
        provider.GetRequiredService<TimeProvider>().Should().BeSameAs(clock);
    }

    [Fact]
    public async Task ResponderSource_NamesThatAreServed_AreKeptAndOthersUnknown()
    {
        await using ToolCallBridge bridge = await ToolCallBridge.CreateAsync(_ => { });
        ResponderSource responders = bridge.Services.GetRequiredService<ResponderSource>();
        responders.Find("template").Should().BeSameAs(responders.Find(null));
        responders.Find("nobody/model").Should().BeNull();
        responders.Find("embedded").Should().BeNull("it proposes calls and writes no answers");
        responders.DefaultName.Should().Be("template");
    }

    [Fact]
    public async Task Providers_ThatShipWithBridge_AreAlwaysAvailable()
    {
        await using ToolCallBridge bridge = await ToolCallBridge.CreateAsync(builder => builder.ToolCaller(new ScriptedToolCaller(Proposal.NoCall)));
        foreach (IModelProvider provider in bridge.Services.GetServices<IModelProvider>())
        {
            (await provider.ProbeAsync(new ModelName("any", ""), default)).Available.Should().BeTrue();
        }
    }

    private sealed class OneCallClient : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken) =>
            Task.FromResult(new ChatResponse(new ChatMessage(
                ChatRole.Assistant, [new FunctionCallContent("1", "add", new Dictionary<string, object?> { ["a"] = 2, ["b"] = 3 })])));

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey) => null;

        public void Dispose()
        {
        }
    }

    private sealed class Worker : IHostedService
    {
        public bool Running { get; private set; }

        public bool Fails { get; init; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            Running = true;
            return Fails ? Task.FromException(new IOException("no")) : Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            Running = false;
            return Task.CompletedTask;
        }
    }

    private sealed class SlowSources : IToolSourceProvider
    {
        public event Action? Changed
        {
            add { }
            remove { }
        }

        public ImmutableArray<IToolSource> Sources => [];

        public Task WaitUntilSettledAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);
    }
}
