using System.Threading.RateLimiting;
using Bridge.Configuration;
using Microsoft.Extensions.Options;

namespace Bridge.Http.Guards;

/// <summary>How many prompts run at once: <c>Bridge:Http:ConcurrentPrompts</c>, and as many wait in line.</summary>
/// <remarks>The number is that of the start of the process.</remarks>
internal sealed class PromptGate : IDisposable
{
    private readonly ConcurrencyLimiter _limiter;

    public PromptGate(IOptionsMonitor<BridgeOptions> options)
    {
        int permits = Math.Max(1, options.CurrentValue.Http.ConcurrentPrompts);
        _limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = permits,
            QueueLimit = permits,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
        Permits = permits;
    }

    /// <summary>How many run at once.</summary>
    public int Permits { get; }

    /// <summary>How many wait in line.</summary>
    public int Waiting => (int)(_limiter.GetStatistics()?.CurrentQueuedCount ?? 0);

    /// <summary>Waits for a place; not acquired when the line is full.</summary>
    public ValueTask<RateLimitLease> EnterAsync(CancellationToken cancellationToken) => _limiter.AcquireAsync(1, cancellationToken);

    public void Dispose() => _limiter.Dispose();
}
