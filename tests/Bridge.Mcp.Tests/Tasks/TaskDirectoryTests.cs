using System.Text.Json;
using Bridge.Configuration;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Messages;
using Bridge.Mcp.Tasks;
using Bridge.TestKit;
using Bridge.Tools;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Tests.Tasks;

public sealed class TaskDirectoryTests : IDisposable
{
    private readonly BridgeOptions _options = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly TaskDirectory _tasks;

    public TaskDirectoryTests() => _tasks = new TaskDirectory(new ChangingOptions<BridgeOptions>(_options), _clock);

    public void Dispose() => _tasks.Dispose();

    [Fact]
    public async Task Find_WhenItsTimeIsOver_KnowsTheTaskNoMoreAndItsCallIsCancelled()
    {
        GatewayRequest request = Request("ann");
        GatewayTask task = Open(request, TimeSpan.FromMinutes(5))!;
        task.Start(async stop =>
        {
            await Task.Delay(Timeout.Infinite, stop).ContinueWith(static _ => { }, TaskScheduler.Default);
            return Rpc.Result(new RequestId(1), new System.Text.Json.Nodes.JsonObject());
        });

        _clock.Advance(TimeSpan.FromMinutes(5));
        GatewayTask? atItsTime = _tasks.Find(request.Session, task.Id);
        _clock.Advance(TimeSpan.FromMinutes(1));

        atItsTime.Should().BeSameAs(task, "it is never gone before its time");
        _tasks.Find(request.Session, task.Id).Should().BeNull();
        await task.Running.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void TryOpen_TimeOfTheClient_IsAtMostTheConfiguredOne()
    {
        _options.Gateway.TaskTtl = TimeSpan.FromMinutes(10);

        Open(Request("ann"), TimeSpan.FromDays(1))!.Limit.Should().Be(TimeSpan.FromMinutes(10));
        Open(Request("ann"), TimeSpan.FromMinutes(1))!.Limit.Should().Be(TimeSpan.FromMinutes(1));
        Open(Request("ann"), null)!.Limit.Should().Be(TimeSpan.FromMinutes(10));
    }

    [Fact]
    [Trait("Attack", "R3")]
    public void TryOpen_AsManyAsAllowed_IsRefusedToThisClientAlone()
    {
        _options.Gateway.MaxTasks = 2;
        GatewayRequest ann = Request("ann");

        GatewayTask? first = Open(ann), second = Open(ann), third = Open(ann), other = Open(Request("bob"));
        _tasks.Discard(ann, first!);

        ((object?[])[second, third, other]).Select(task => task is not null).Should().Equal(true, false, true);
        Open(ann).Should().NotBeNull("there is room again");
    }

    [Fact]
    public void TryOpen_AsManyAsAllowed_DropsTheOldestWhoseResultTheClientHas()
    {
        _options.Gateway.MaxTasks = 2;
        GatewayRequest ann = Request("ann");
        GatewayTask kept = Open(ann)!, fetched = Open(ann)!;
        foreach (GatewayTask task in (GatewayTask[])[kept, fetched])
        {
            task.Start(_ => Task.FromResult<JsonRpcMessage>(Rpc.Result(new RequestId(1), new System.Text.Json.Nodes.JsonObject())));
        }

        fetched.IsFetched = true;
        GatewayTask? next = Open(ann);

        next.Should().NotBeNull();
        _tasks.Of(ann.Session).Should().Equal(kept, next!);
        Open(ann).Should().BeNull("nobody has fetched the others");
    }

    [Fact]
    [Trait("Attack", "S1")]
    public void Find_TaskOfAnotherClientOrAnotherAddress_IsUnknown()
    {
        GatewayTask task = Open(Request("ann"))!;

        _tasks.Find(Request("ann").Session, task.Id).Should().BeSameAs(task);
        _tasks.Find(Request("bob").Session, task.Id).Should().BeNull();
        _tasks.Find(Request("ann", GatewayView.All with { Server = "fixture" }).Session, task.Id).Should().BeNull();
        _tasks.Of(Request("bob").Session).Should().BeEmpty();
    }

    private GatewayTask? Open(GatewayRequest request, TimeSpan? ttl = null)
    {
        GatewayTask? task = _tasks.TryOpen(request, ttl);
        if (task is not null)
        {
            _tasks.Publish(request, task);
        }

        return task;
    }

    private static GatewayRequest Request(string user, GatewayView? view = null)
    {
        var session = new GatewaySession(
            new ClientIdentity(user), view ?? GatewayView.All, new MethodTable([], [], NullLogger<MethodTable>.Instance), static _ => { }, static _ => { });
        return new GatewayRequest(session, new RpcMessage { Id = new RequestId(1), Method = McpMethods.ToolsCall, Params = JsonElement.Parse("{}") }, new MessageQueue());
    }
}
