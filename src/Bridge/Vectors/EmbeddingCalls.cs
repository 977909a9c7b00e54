using System.Diagnostics;
using Bridge.Calling;
using Bridge.Telemetry;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Bridge.Vectors;

/// <summary>Asks for embeddings, never longer than allowed; an endpoint that failed is left alone for a while. Thread-safe.</summary>
/// <param name="model">Who makes them.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Hears of failures.</param>
internal sealed partial class EmbeddingCalls(EmbeddingModel model, TimeProvider time, ILogger<EmbeddingCalls> logger)
{
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(30);

    private long _restsUntil = long.MinValue;

    /// <summary>Whether the endpoint failed a moment ago.</summary>
    public bool IsResting => time.GetUtcNow().UtcTicks < Volatile.Read(ref _restsUntil);

    /// <summary>Asks for the vectors of texts.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="limit">The most time it may take.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <returns>A vector of length 1 for each text; <see langword="null"/> where there are none in time.</returns>
    /// <exception cref="OperationCanceledException">The token ended the asking.</exception>
    public async Task<float[][]?> TryAsync(IReadOnlyList<string> texts, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (IsResting)
        {
            Count("resting");
            return null;
        }

        using var deadline = new CancellationTokenSource(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            if (model.Find() is not { } generator)
            {
                return null;
            }

            // Also where the generator does not listen.
            GeneratedEmbeddings<Embedding<float>> made = await generator.GenerateAsync(texts, cancellationToken: both.Token).WaitAsync(both.Token).ConfigureAwait(false);
            float[][] vectors = [.. made.Select(embedding => Unit(embedding.Vector.Span))];
            if (vectors.Length != texts.Count || vectors.Any(vector => vector.Length == 0 || vector.Length != vectors[0].Length || vector.Any(value => !float.IsFinite(value))))
            {
                throw new ToolCallerException(Outcomes.ReasonKind.CallerMisbehaved, $"The answer for {texts.Count} texts is not as many vectors of one length.");
            }

            Count("ok");
            return vectors;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception error)
        {
            bool late = deadline.IsCancellationRequested;
            Count(late ? "timed_out" : "failed");
            Volatile.Write(ref _restsUntil, (time.GetUtcNow() + s_rest).UtcTicks);
            LogFailed(model.Name, late ? $"It took longer than {limit.TotalMilliseconds:0} ms." : error.Message, (int)s_rest.TotalSeconds);
            return null;
        }
    }

    private static float[] Unit(ReadOnlySpan<float> vector)
    {
        double length = Math.Sqrt(VectorMath.Dot(vector, vector));
        float[] unit = new float[vector.Length];
        for (int i = 0; i < unit.Length; i++)
        {
            unit[i] = length > 0 ? (float)(vector[i] / length) : 0;
        }

        return unit;
    }

    private static void Count(string result) => ShortlistMetrics.Embeddings.Add(1, new TagList { { "result", result } });

    [LoggerMessage(EventId = 1350, EventName = "EmbeddingsFailed", Level = LogLevel.Warning,
        Message = "'{Model}' gave no embeddings, and tools are ranked by their words: {Why} It is asked again in {Seconds} s.")]
    private partial void LogFailed(string? model, string why, int seconds);
}
