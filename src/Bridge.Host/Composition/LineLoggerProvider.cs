using Bridge.Host.Terminal;
using Bridge.Redaction;
using Microsoft.Extensions.Logging;

namespace Bridge.Host.Composition;

/// <summary>Writes logs as lines to standard error, from a level on.</summary>
/// <param name="writer">Standard error.</param>
/// <param name="least">The level.</param>
/// <param name="clock">The time of each line.</param>
/// <param name="secrets">Patterns of secrets beside the known ones, which are never written.</param>
[ProviderAlias("Line")]
internal sealed class LineLoggerProvider(TextWriter writer, LogLevel least, TimeProvider clock, IEnumerable<string> secrets) : ILoggerProvider
{
    private readonly SecretRedactor _redactor = new(secrets);

    public ILogger CreateLogger(string categoryName) => new LineLogger(this, categoryName);

    public void Dispose()
    {
        // The writer is the process's.
    }

    private void Write(LogLevel level, string category, string message, Exception? error)
    {
        // What a server says may be in it: it must not drive the terminal, nor look like a line of its own.
        string text = PlainText.Lines(_redactor.Redact($"{message}{(error is null ? "" : $" {error}")}")).Replace("\n", "\n  ", StringComparison.Ordinal);
        string line = $"{clock.GetUtcNow():HH:mm:ss.fff} {NameOf(level)} {category}: {text}";
        lock (writer)
        {
            writer.WriteLine(line);
        }
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info ",
        LogLevel.Warning => "warn ",
        _ => "error",
    };

    private sealed class LineLogger(LineLoggerProvider provider, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= provider.LeastOf(category);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                provider.Write(logLevel, category, formatter(state, exception), exception);
            }
        }
    }

    // The framework tells much that only its own authors need.
    private LogLevel LeastOf(string category) =>
        category.StartsWith("Bridge", StringComparison.Ordinal) || least > LogLevel.Warning ? least : LogLevel.Warning;
}
