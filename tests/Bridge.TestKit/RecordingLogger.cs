using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Bridge.TestKit;

/// <summary>A log the test can read.</summary>
public sealed class RecordingLogger<T> : ILogger<T>
{
    /// <summary>What was logged, in order.</summary>
    public ConcurrentQueue<(LogLevel Level, EventId Event, string Message, Exception? Error)> Entries { get; } = new();

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Entries.Enqueue((logLevel, eventId, formatter(state, exception), exception));
}
