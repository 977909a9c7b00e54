using System.Text;

namespace Bridge.EndToEnd.Tests.Running;

/// <summary>Reads what a process says, so that it never waits for a reader, and waits for lines of it.</summary>
internal sealed class ProcessLines
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly StringBuilder _text = new();
    private readonly List<(string Part, TaskCompletionSource<string> Seen)> _wanted = [];
    private readonly Task _reading;

    public ProcessLines(StreamReader reader) => _reading = ReadAsync(reader);

    /// <summary>Waits for a line, also one that came already.</summary>
    public async Task<string> WaitForAsync(string part)
    {
        var seen = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_text)
        {
            if (_text.ToString().Split('\n').FirstOrDefault(line => line.Contains(part, StringComparison.Ordinal)) is { } line)
            {
                return line;
            }

            _wanted.Add((part, seen));
        }

        await Task.WhenAny(seen.Task, _reading).WaitAsync(s_patience);
        return seen.Task.IsCompleted ? await seen.Task : throw new InvalidOperationException($"The process ended without saying '{part}': {_text}");
    }

    /// <summary>Everything, once the process has ended.</summary>
    public async Task<string> AllAsync()
    {
        await _reading.WaitAsync(s_patience);
        return _text.ToString();
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_text)
            {
                _text.Append(line).Append('\n');
                foreach ((string part, TaskCompletionSource<string> seen) in _wanted)
                {
                    if (line.Contains(part, StringComparison.Ordinal))
                    {
                        seen.TrySetResult(line);
                    }
                }
            }
        }
    }
}
