using System.Collections.Concurrent;
using System.Globalization;
using Bridge.Tools;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Connections;

/// <summary>The calls a session is waiting for: whom progress belongs to, and whom a server's question may reach.</summary>
internal sealed class ActiveCalls
{
    private readonly ConcurrentDictionary<string, ActiveCall> _calls = new(StringComparer.Ordinal);
    private long _last;

    public int Count => _calls.Count;

    /// <summary>Registers a call until the result is disposed.</summary>
    public Registration Begin(ToolCall call, CallContext context)
    {
        string token = string.Create(CultureInfo.InvariantCulture, $"b{Interlocked.Increment(ref _last)}");
        _calls[token] = new ActiveCall(call, context);
        return new Registration(this, token);
    }

    /// <summary>Hands progress to the call it belongs to; progress that goes backwards was overtaken and is dropped.</summary>
    public void Report(ProgressNotificationParams notification)
    {
        if (notification.ProgressToken.Token is string token && _calls.TryGetValue(token, out ActiveCall? active))
        {
            active.Report(notification.Progress.Progress, notification.Progress.Total, notification.Progress.Message);
        }
    }

    /// <summary>The person behind the calls.</summary>
    /// <returns><see langword="null"/> when nobody can be asked, or when calls of several people run and the question does not say whose it is.</returns>
    public IUserInteraction? FindInteraction()
    {
        CallContext[] contexts = [.. _calls.Values.Select(call => call.Context)];
        bool onePerson = contexts.Select(context => context.Identity.Id).Distinct(StringComparer.Ordinal).Count() == 1
            && contexts.Select(context => context.Interaction).Distinct().Count() == 1;
        return onePerson ? contexts[0].Interaction : null;
    }

    internal readonly struct Registration(ActiveCalls owner, string token) : IDisposable
    {
        public string Token => token;

        public void Dispose() => owner._calls.TryRemove(token, out _);
    }

    private sealed class ActiveCall(ToolCall call, CallContext context)
    {
        private readonly Lock _gate = new();
        private double _reached = double.NegativeInfinity;

        public CallContext Context => context;

        public void Report(double progress, double? total, string? message)
        {
            lock (_gate)
            {
                if (progress > _reached)
                {
                    _reached = progress;
                    context.Progress?.Report(new ToolProgress(call.Id, call.Tool.Id, progress, total, message));
                }
            }
        }
    }
}
