using Bridge.Configuration;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Messages;
using Microsoft.Extensions.Options;

namespace Bridge.Mcp.Tasks;

/// <summary>The tasks of clients, each found by the client alone whose it is. Thread-safe.</summary>
/// <param name="options">How many there may be, and how long.</param>
/// <param name="time">The clock.</param>
internal sealed class TaskDirectory(IOptionsMonitor<BridgeOptions> options, TimeProvider time) : IDisposable
{
    // What ends with its time can still be read for a moment.
    private static readonly TimeSpan s_grace = TimeSpan.FromMinutes(1), s_least = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<string, GatewayTask>> _owners = new(StringComparer.Ordinal);
    private long _last;

    /// <summary>How many tasks a client may have.</summary>
    public int Most => options.CurrentValue.Gateway.MaxTasks;

    /// <summary>Makes room for a task of a request. Nobody finds it before it is published.</summary>
    /// <param name="request">The request.</param>
    /// <param name="asked">How long the client wants it to last; <see langword="null"/> for as long as allowed.</param>
    /// <returns>The task; <see langword="null"/> when the client has as many as allowed.</returns>
    public GatewayTask? TryOpen(GatewayRequest request, TimeSpan? asked)
    {
        TimeSpan most = options.CurrentValue.Gateway.TaskTtl;
        TimeSpan ttl = asked is { } wanted && wanted < most ? (wanted < s_least ? s_least : wanted) : most;
        lock (_gate)
        {
            string owner = request.Session.Identity.Id;
            if (!_owners.TryGetValue(owner, out Dictionary<string, GatewayTask>? tasks))
            {
                _owners[owner] = tasks = new(StringComparer.Ordinal);
            }

            // The client has what came of them: they go before a new one is refused.
            if (tasks.Count >= Most && tasks.Values.Where(task => task.IsOver && (task.IsFetched || task.IsCancelled)).MinBy(task => task.Number) is { } oldest)
            {
                tasks.Remove(oldest.Id);
                oldest.Dispose();
            }

            if (tasks.Count >= Most)
            {
                return null;
            }

            var task = new GatewayTask(request, ++_last, ttl, time);
            tasks.Add(task.Id, task);
            return task;
        }
    }

    /// <summary>Lets the client find a task until its time is over.</summary>
    /// <param name="request">The request that began it.</param>
    /// <param name="task">The task.</param>
    public void Publish(GatewayRequest request, GatewayTask task)
    {
        string owner = request.Session.Identity.Id;
        lock (_gate)
        {
            task.IsOpen = true;
            task.Expiry = time.CreateTimer(_ => Remove(owner, task), null, task.Limit + s_grace, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Forgets a task that was not published: its call is over.</summary>
    /// <param name="request">The request that made room for it.</param>
    /// <param name="task">The task.</param>
    public void Discard(GatewayRequest request, GatewayTask task) => Remove(request.Session.Identity.Id, task);

    /// <summary>Finds the task a request names.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The task.</returns>
    /// <exception cref="RpcException">There is none, or it is somebody else's, or the client did not say that it takes tasks.</exception>
    public GatewayTask Find(GatewayRequest request)
    {
        Demand(request);
        string id = request.Require("taskId");
        return Find(request.Session, id)
            ?? throw new RpcException(RpcCodes.InvalidParams, $"There is no task '{id}' of this client, or not any more: tasks are kept for the time that they say.");
    }

    /// <summary>Finds a task of a client.</summary>
    /// <param name="session">The client.</param>
    /// <param name="id">The task's id.</param>
    /// <returns>The task; <see langword="null"/> when it has none of that id.</returns>
    public GatewayTask? Find(GatewaySession session, string id)
    {
        lock (_gate)
        {
            return _owners.TryGetValue(session.Identity.Id, out Dictionary<string, GatewayTask>? tasks) && tasks.TryGetValue(id, out GatewayTask? task)
                && task.IsOpen && task.View == session.View ? task : null;
        }
    }

    /// <summary>The tasks of a client.</summary>
    /// <param name="session">The client.</param>
    /// <returns>The tasks, in the order made.</returns>
    public IReadOnlyList<GatewayTask> Of(GatewaySession session)
    {
        lock (_gate)
        {
            return _owners.TryGetValue(session.Identity.Id, out Dictionary<string, GatewayTask>? tasks)
                ? [.. tasks.Values.Where(task => task.IsOpen && task.View == session.View).OrderBy(task => task.Number)]
                : [];
        }
    }

    /// <summary>Refuses what is only for clients that say they take tasks.</summary>
    /// <param name="request">The request.</param>
    /// <exception cref="RpcException">The client did not say so.</exception>
    public static void Demand(GatewayRequest request)
    {
        if (request.Session.Profile is { IsStateless: true, TakesTasks: false })
        {
            throw new RpcException(
                RpcCodes.MissingCapability,
                $"Tasks are for clients that declare the extension '{TaskWords.Extension}'.",
                details: new System.Text.Json.Nodes.JsonObject { ["requiredCapabilities"] = new System.Text.Json.Nodes.JsonObject { ["extensions"] = TaskWords.Extensions } });
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        GatewayTask[] left;
        lock (_gate)
        {
            left = [.. _owners.Values.SelectMany(tasks => tasks.Values)];
            _owners.Clear();
        }

        foreach (GatewayTask task in left)
        {
            task.Dispose();
        }
    }

    private void Remove(string owner, GatewayTask task)
    {
        lock (_gate)
        {
            if (_owners.TryGetValue(owner, out Dictionary<string, GatewayTask>? tasks) && tasks.Remove(task.Id) && tasks.Count == 0)
            {
                _owners.Remove(owner);
            }
        }

        task.Dispose();
    }
}
