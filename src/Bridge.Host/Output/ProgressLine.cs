using Bridge.Host.Terminal;
using Bridge.Pipeline;

namespace Bridge.Host.Output;

/// <summary>One line on a terminal's error output that says what happens, redrawn in place and gone at the end.</summary>
/// <param name="environment">The process.</param>
internal sealed class ProgressLine(CommandEnvironment environment) : IProgress<string>, IDisposable
{
    private const string Blank = "\r\u001b[2K";

    public void Show(BridgeEvent next)
    {
        string? text = next switch
        {
            AttemptMade made => $"{made.Attempt.Caller}: attempt {made.Attempt.Number} {made.Attempt.Result.ToString().ToLowerInvariant()}",
            CallStarted started => $"{started.Call.Tool.Id} …",
            CallProgressed progressed => $"{progressed.Progress.Tool} {progressed.Progress.Progress:0.##}{(progressed.Progress.Total is { } total ? $"/{total:0.##}" : "")} {progressed.Progress.Message}",
            _ => null,
        };
        if (text is not null)
        {
            Show(text);
        }
    }

    public void Show(string text)
    {
        if (environment.ErrorIsTerminal)
        {
            environment.Error.Write(Blank + PlainText.Line(text.ReplaceLineEndings(" ")));
        }
    }

    /// <inheritdoc/>
    void IProgress<string>.Report(string value) => Show(value);

    /// <summary>Takes the line away, so that others can be written.</summary>
    public void Clear()
    {
        if (environment.ErrorIsTerminal)
        {
            environment.Error.Write(Blank);
        }
    }

    public void Dispose() => Clear();
}
