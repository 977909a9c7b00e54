using System.Text;
using Microsoft.Extensions.Logging;

namespace Bridge.Mcp.Processes;

/// <summary>Reads a process's standard error for ever and keeps its last lines.</summary>
internal sealed class ErrorTail(string name, ILogger logger)
{
    private const int MaxLines = 50;
    private const int MaxLineLength = 1000;

    private readonly Queue<string> _lines = new();
    private readonly StringBuilder _line = new();

    /// <summary>The last lines, oldest first.</summary>
    public string Text
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _line.Length == 0 ? _lines : _lines.Append(_line.ToString()));
            }
        }
    }

    public async Task PumpAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        var buffer = new char[4096];
        try
        {
            for (int read; (read = await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
            {
                Take(buffer.AsSpan(0, read));
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The process is gone, or we stopped listening.
        }
    }

    private void Take(ReadOnlySpan<char> text)
    {
        lock (_lines)
        {
            foreach (char c in text)
            {
                if (c == '\n')
                {
                    EndLine();
                }
                else if (c != '\r' && _line.Length < MaxLineLength) // the rest of a long line is dropped
                {
                    _line.Append(c);
                }
            }
        }
    }

    private void EndLine()
    {
        string line = _line.ToString();
        _line.Clear();
        ProcessLog.StandardError(logger, name, line);
        _lines.Enqueue(line);
        if (_lines.Count > MaxLines)
        {
            _lines.Dequeue();
        }
    }
}
