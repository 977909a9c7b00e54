using Microsoft.Extensions.Logging;

namespace Bridge.Llama.Workers;

/// <summary>What a worker writes to standard error: logged, and remembered for the message of its death. Thread-safe.</summary>
/// <param name="model">The model's name.</param>
/// <param name="logger">The log.</param>
internal sealed class WorkerErrors(string model, ILogger logger)
{
    private const int LongestLine = 300;

    private static readonly string[] s_telling = ["ASSERT", "what():", "Fatal error", "CUDA error", "out of memory"];

    private readonly Lock _lock = new();
    private string? _last;
    private string? _telling;

    /// <summary>The line that says most about the end, as the rest of a sentence; empty when nothing was said.</summary>
    public string LastWords
    {
        get
        {
            lock (_lock)
            {
                return (_telling ?? _last) is { } line ? $" after it had said '{line}'" : "";
            }
        }
    }

    /// <summary>Reads to the end.</summary>
    public async Task PumpAsync(StreamReader reader)
    {
        try
        {
            while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                Take(line.Trim());
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The process is gone.
        }
    }

    private void Take(string line)
    {
        if (line.Length == 0)
        {
            return;
        }

        WorkerLog.StandardError(logger, model, line);
        string kept = line.Length > LongestLine ? line[..LongestLine] : line;
        lock (_lock)
        {
            _last = kept;
            _telling ??= s_telling.Any(part => line.Contains(part, StringComparison.Ordinal)) ? kept : null;
        }
    }
}
