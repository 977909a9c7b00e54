using System.Collections.Immutable;
using Bridge.Configuration;
using Bridge.Outcomes;
using Bridge.Prompts;
using Bridge.Shortlisting;
using Bridge.Tools;
using Bridge.Traffic;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bridge.Experience;

/// <summary>Earlier requests and the tools that served them: those of this process, and those that were kept. Thread-safe.</summary>
/// <remarks>Knows nothing unless <c>Bridge:Shortlisting:Experience</c> is set. Kept requests are read once, behind the first prompt.</remarks>
/// <param name="traffic">The kept requests.</param>
/// <param name="options">Whether it is wanted.</param>
/// <param name="logger">Hears what could not be read.</param>
internal sealed partial class EarlierRequests(ITrafficLog traffic, IOptionsMonitor<BridgeOptions> options, ILogger<EarlierRequests> logger)
    : IEarlierRequests, IDisposable
{
    /// <summary>So many requests are remembered, the newest: about a mebibyte.</summary>
    internal const int Capacity = 4_096;

    private readonly RequestMemory _memory = new(Capacity);
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private List<(string Text, ToolId[] Tools)>? _early = [];
    private Task? _reading;

    /// <summary>The reading of kept requests; <see langword="null"/> before it has begun.</summary>
    internal Task? Reading => _reading;

    /// <summary>Learns from a prompt all of whose calls succeeded; of others nothing is learned.</summary>
    /// <param name="finished">The prompt at its end.</param>
    public void Learn(FinishedPrompt finished)
    {
        ImmutableArray<CallOutcome> calls = finished.Calling.Calls;
        if (!options.CurrentValue.Shortlisting.Experience || calls.IsEmpty || !calls.All(call => call.Status == CallStatus.Succeeded))
        {
            return;
        }

        Begin();
        ToolId[] tools = [.. calls.Select(call => call.Call.Tool.Id)];
        lock (_lock)
        {
            // What was kept is older than what comes in while it is read.
            if (_early is { } early)
            {
                early.Add((finished.Prompt.UserText, tools));
                return;
            }
        }

        _memory.Add(finished.Prompt.UserText, tools);
    }

    /// <inheritdoc/>
    public bool TryWeigh(Prompt prompt, ImmutableArray<Tool> tools, Span<float> weights)
    {
        if (!options.CurrentValue.Shortlisting.Experience)
        {
            return false;
        }

        Begin();
        Dictionary<ToolId, float> recalled = _memory.Recall(prompt.UserText);
        if (recalled.Count == 0)
        {
            return false;
        }

        for (int i = 0; i < tools.Length; i++)
        {
            weights[i] = recalled.GetValueOrDefault(tools[i].Id);
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    private void Begin()
    {
        if (_reading is null)
        {
            lock (_lock)
            {
                CancellationToken end = _end.Token;
                _reading ??= Task.Run(() => ReadAsync(end));
            }
        }
    }

    private async Task ReadAsync(CancellationToken end)
    {
        try
        {
            await foreach (KeptPrompt kept in traffic.ReadAsync(end).ConfigureAwait(false))
            {
                if (kept.Served() is { IsEmpty: false } tools)
                {
                    _memory.Add(kept.UserText(), tools);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Bridge ends.
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogUnread(error.Message);
        }

        lock (_lock)
        {
            foreach ((string text, ToolId[] tools) in _early!)
            {
                _memory.Add(text, tools);
            }

            _early = null;
        }
    }

    [LoggerMessage(EventId = 1361, EventName = "ExperienceNotRead", Level = LogLevel.Warning,
        Message = "Kept prompts cannot be read; tools are picked without those of earlier runs. {Reason}")]
    private partial void LogUnread(string reason);
}
