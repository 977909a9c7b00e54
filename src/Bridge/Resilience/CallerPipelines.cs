using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Bridge.Calling;
using Bridge.Profiles;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Bridge.Resilience;

/// <summary>The resilience of each tool caller, built once from its profile: total time, attempts, circuit breaker, time of one attempt.</summary>
/// <remarks>Only proposing is repeated; executions never pass here. The circuit of a model is shared by all prompts.</remarks>
/// <typeparam name="TAttempt">What one attempt gives.</typeparam>
/// <param name="isUsable">Whether an attempt needs no successor.</param>
/// <param name="time">The clock.</param>
internal sealed class CallerPipelines<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TAttempt>(
    Func<TAttempt, bool> isUsable, TimeProvider time)
{
    private const int MaxPipelines = 1024;

    private static readonly TimeSpan s_baseDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_maxDelay = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(ModelName, ModelProfile), ResiliencePipeline<TAttempt>> _endpoints = new();
    private readonly ConcurrentDictionary<(ModelName, ModelProfile, int), ResiliencePipeline<TAttempt>> _pipelines = new();

    /// <summary>The pipeline for one model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="profile">How to treat it.</param>
    /// <param name="attempts">How often to propose at the most.</param>
    public ResiliencePipeline<TAttempt> For(ModelName model, ModelProfile profile, int attempts)
    {
        if (_pipelines.Count >= MaxPipelines)
        {
            _pipelines.Clear(); // clients name models as they like; circuits start closed again
            _endpoints.Clear();
        }

        return _pipelines.GetOrAdd((model, profile, attempts), key => Build(key.Item1, key.Item2, key.Item3));
    }

    private ResiliencePipeline<TAttempt> Build(ModelName model, ModelProfile profile, int attempts)
    {
        var builder = new ResiliencePipelineBuilder<TAttempt> { TimeProvider = time };
        builder.AddTimeout(profile.TotalTimeout);
        if (attempts > 1)
        {
            builder.AddRetry(new RetryStrategyOptions<TAttempt>
            {
                MaxRetryAttempts = attempts - 1,
                ShouldHandle = args => ValueTask.FromResult(ShouldRetry(args.Outcome, profile)),
                DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(DelayBefore(args.Outcome.Exception, args.AttemptNumber)),
            });
        }

        return builder.AddPipeline(_endpoints.GetOrAdd((model, profile), key => BuildEndpoint(key.Item2))).Build();
    }

    private ResiliencePipeline<TAttempt> BuildEndpoint(ModelProfile profile)
    {
        var builder = new ResiliencePipelineBuilder<TAttempt> { TimeProvider = time };
        if (profile.CircuitFailures > 0)
        {
            builder.AddCircuitBreaker(new CircuitBreakerStrategyOptions<TAttempt>
            {
                FailureRatio = 1,
                MinimumThroughput = Math.Max(profile.CircuitFailures, 2),
                SamplingDuration = TimeSpan.FromTicks(Math.Max(profile.CircuitBreak.Ticks, TimeSpan.TicksPerSecond)),
                BreakDuration = profile.CircuitBreak,
                ShouldHandle = args => ValueTask.FromResult(IsEndpointFailure(args.Outcome.Exception)),
            });
        }

        return builder.AddTimeout(profile.AttemptTimeout).Build();
    }

    private bool ShouldRetry(Outcome<TAttempt> outcome, ModelProfile profile) => outcome.Exception switch
    {
        null => !isUsable(outcome.Result!),
        ToolCallerException { IsTransient: true, RetryAfter: var wait } => wait is null || wait < profile.TotalTimeout,
        TimeoutRejectedException => true,
        _ => false,
    };

    private static bool IsEndpointFailure(Exception? error) =>
        error is TimeoutRejectedException or ToolCallerException { IsTransient: true };

    private static TimeSpan DelayBefore(Exception? error, int attempt)
    {
        if (error is null)
        {
            return TimeSpan.Zero; // the endpoint is well, only its answer was not
        }

        if (error is ToolCallerException { RetryAfter: { } asked })
        {
            return asked;
        }

        double factor = Math.Pow(2, attempt) * (0.5 + Random.Shared.NextDouble());
        return TimeSpan.FromTicks((long)Math.Min(s_baseDelay.Ticks * factor, s_maxDelay.Ticks));
    }
}
