using System.Threading.RateLimiting;
using Bridge.Http.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bridge.Http.Guards;

/// <summary>Lets only so many prompts run at once; the rest wait in a short line or are told when to come back.</summary>
internal sealed class PromptGuard(RequestDelegate next, PromptGate gate, TimeProvider time, ILogger<PromptGuard> logger)
{
    /// <summary>How long a request waits in line: a client is better told to come back than kept in the dark.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(2);

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<PromptWorkMetadata>() is null)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        using RateLimitLease? lease = await EnterAsync(context.RequestAborted).ConfigureAwait(false);
        if (lease is { IsAcquired: true })
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        GuardLog.Overloaded(logger, context.TraceIdentifier, gate.Permits, gate.Waiting);
        await ErrorWriter.WriteAsync(context, new ApiError(
            StatusCodes.Status503ServiceUnavailable,
            "overloaded",
            $"{gate.Permits} prompts run already and too many wait; try again, or raise 'Bridge:Http:ConcurrentPrompts'.")
        {
            RetryAfter = s_retryAfter,
        }).ConfigureAwait(false);
    }

    private async ValueTask<RateLimitLease?> EnterAsync(CancellationToken aborted)
    {
        using var patience = new CancellationTokenSource(MaxWait, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(aborted, patience.Token);
        try
        {
            return await gate.EnterAsync(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            return null;
        }
    }
}
